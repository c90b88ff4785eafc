"""complaints/bundle/language.py: the catalogue as the verifier reads it, with no Fluent there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource

from complaints.bundle import language
from complaints.bundle.errors import LanguageMissingError

ROOM = Path(language.__file__).parent
KEYS = re.compile(r'"((?:proof|first|say|pdf|index)-[a-z0-9-]+[a-z0-9])"')
LEDGER = re.compile(
    r'(passed|changed|missing|cannot|unknown|not_proved)\(\s*(?:Name\.\w+,\s*)?"([a-z0-9-]+)"'
)


def test_both_languages_have_the_same_messages():
    chinese, english = (language.messages(name).keys() for name in language.LANGUAGES)

    assert chinese == english


@pytest.mark.parametrize("name", language.LANGUAGES)
def test_fluent_itself_reads_every_message_the_same_way(name):
    bundle = FluentBundle([name], use_isolating=False)
    for file in language.FILES:
        raw = (language.CATALOGUE / name / file).read_text("utf-8")
        bundle.add_resource(FluentResource(raw))

    for key, message in language.messages(name).items():
        values = {found: f"<{found}>" for found in re.findall(r"\$([a-z_]+)", message)}
        pattern = bundle.get_message(key).value
        said, problems = bundle.format_pattern(pattern, values)
        assert not problems
        assert said == language.text(key, name, **values)


@pytest.mark.parametrize("name", language.LANGUAGES)
def test_every_key_in_the_code_has_a_message(name):
    messages = language.messages(name)
    used = set()
    for file in ROOM.rglob("*.py"):
        source = file.read_text("utf-8")
        if file.parent.name != "verify":
            used |= set(KEYS.findall(source))
            continue
        for method, key in LEDGER.findall(source):
            used.add(f"unproved-{key}" if method == "not_proved" else f"check-{key}")

    assert len(used) > 80
    assert used <= messages.keys()


def test_a_key_that_is_not_there_is_a_named_error():
    with pytest.raises(LanguageMissingError):
        language.text("check-nothing", "en")


def test_a_value_that_is_not_given_is_a_named_error():
    with pytest.raises(LanguageMissingError):
        language.text("say-day", "zh-CN", year=2026)


def test_an_unknown_language_is_a_named_error():
    with pytest.raises(LanguageMissingError):
        language.messages("../en")
