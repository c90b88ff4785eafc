"""accounts/language.py: one catalogue, Chinese first, and no text that is silently missing."""

from __future__ import annotations

import pytest

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
