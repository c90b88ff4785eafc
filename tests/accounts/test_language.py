"""accounts/language.py: one catalogue, Chinese first, and no text that is silently missing."""

from __future__ import annotations

import pytest
from fluent.runtime import FluentBundle, FluentResource

from accounts import language


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "zh-CN"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW,en;q=0.9", "zh-CN"),
        ("en;q=0.5, zh-CN", "zh-CN"),
        ("de-DE, en;q=0.3", "en"),
        ("fr", "zh-CN"),
        ("*", "zh-CN"),
        ("en;q=0", "zh-CN"),
        (";;;,,,q=9", "zh-CN"),
    ],
)
def test_the_language_follows_the_browser(header, chosen):
    assert language.of_header(header) == chosen


def test_a_text_takes_its_values():
    written = language.text("quota_spent.detail", "en", which="open_uploads", used=50, limit=50)

    assert "50" in written


@pytest.mark.parametrize("key", ["no_such_key", "not_found.no_attribute"])
def test_a_missing_text_is_an_error_and_not_its_key(key):
    with pytest.raises(language.TextMissingError):
        language.text(key, "en")


def test_a_missing_value_is_an_error():
    with pytest.raises(language.TextMissingError):
        language.text("quota_spent.detail", "en", which="bytes")


def test_an_unknown_language_is_an_error():
    with pytest.raises(language.TextMissingError):
        language.text("not_found", "fr")


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_a_text_read_by_itself_says_what_its_whole_file_says(lang):
    catalogue = language._Catalogue(lang)
    for file in sorted((language.LOCALE_DIR / lang).glob("*.ftl")):
        resource = FluentResource(file.read_text("utf-8"))
        whole = FluentBundle([lang], use_isolating=False)
        whole.add_resource(resource)
        for entry in resource.body:
            if not hasattr(entry, "id"):
                continue
            there, here = whole.get_message(entry.id.name), catalogue.message(entry.id.name)
            assert list(here.attributes) == list(there.attributes)
            for one, other in zip(patterns(here), patterns(there), strict=True):
                said = catalogue.bundle.format_pattern(one, {})[0]
                assert said == whole.format_pattern(other, {})[0]


def patterns(message):
    return [each for each in (message.value, *message.attributes.values()) if each is not None]


def test_a_text_brings_those_that_it_refers_to(tmp_path, monkeypatch):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.ftl").write_text("greeting = Hello, { -place } { ending }\n", "utf-8")
    (tmp_path / "en" / "b.ftl").write_text("-place = there\n\nending = and on.\n", "utf-8")
    monkeypatch.setattr(language, "LOCALE_DIR", tmp_path)
    catalogue = language._Catalogue("en")

    written, mistakes = catalogue.bundle.format_pattern(catalogue.message("greeting").value, {})

    assert (written, mistakes) == ("Hello, there and on.", [])
