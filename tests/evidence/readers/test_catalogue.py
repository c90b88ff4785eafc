"""locale/: every code that a reader or an engine can give has words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from evidence.media.errors import ReadingError
from evidence.readers import errors
from evidence.readers.record import DIRECTIONS, KINDS
from evidence.readers.registry import formats

ROOT = Path(__file__).parents[3]


def keys(language: str, file: str = "readers.ftl") -> set[str]:
    text = (ROOT / "locale" / language / file).read_text(encoding="utf-8")
    resource = FluentParser().parse(text)
    assert not [entry for entry in resource.body if isinstance(entry, ast.Junk)]
    return {entry.id.name for entry in resource.body if isinstance(entry, ast.Message)}


def codes(parent: type[ReadingError]) -> set[str]:
    return {parent.code}.union(*(codes(child) for child in parent.__subclasses__()))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_reason_kind_and_direction_has_words(language):
    assert errors.EncryptedError.code in codes(ReadingError)

    wanted = codes(ReadingError)
    wanted |= {f"record-{kind}" for kind in KINDS}
    wanted |= {f"direction-{direction}" for direction in (*DIRECTIONS, "none")}

    files = (ROOT / "locale" / language).glob("*.ftl")
    assert wanted <= set().union(*(keys(language, file.name) for file in files))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_warning_of_a_reader_has_words(language):
    sources = (ROOT / "evidence/readers").rglob("*.py")
    given = re.compile(r"""warn\(\s*"(\w+)"|warnings \+= \("(\w+)",\)|doubts = \("(\w+)",\)""")
    found = {
        f"warning-{''.join(groups)}"
        for source in sources
        for groups in given.findall(source.read_text(encoding="utf-8"))
    }

    assert "warning-member_encrypted" in found
    assert found <= keys(language)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_format_that_is_recognised_has_words(language):
    without_a_reader = {"unknown", "pdf", "executable", "sqlite_log", "html", "svg", "avi"}
    wanted = {f"format-{each}" for each in formats().keys() | without_a_reader}

    assert keys(language, "formats.ftl") == wanted


def test_both_languages_have_the_same_keys():
    assert keys("zh-CN") == keys("en")
