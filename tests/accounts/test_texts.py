"""accounts/texts.py: the legal texts, readable before anybody signs up."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts import language, texts

ALL = [(name, lang) for name in texts.Text for lang in language.LANGUAGES]


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_every_text_names_the_operator(name, lang, settings):
    settings.OPERATOR_NAME = "测试互助会"
    settings.OPERATOR_CONTACT = "desk@example.org"

    written = texts.read(name, lang)

    assert "测试互助会" in written
    assert "desk@example.org" in written
    assert "$" not in written


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_an_operator_who_is_not_named_is_said_to_be_missing(lang, settings):
    settings.OPERATOR_NAME = ""

    assert texts.NOT_NAMED[lang] in texts.read(texts.Text.PRIVACY, lang)


@pytest.mark.parametrize("name", list(texts.Text))
def test_both_languages_have_the_same_sections(name):
    zh, en = (
        re.findall(r"^#+ ", texts.read(name, lang), re.MULTILINE) for lang in language.LANGUAGES
    )

    assert zh == en


def test_the_notice_says_that_the_operator_can_read_what_is_stored():
    assert "技术上能够读取" in texts.read(texts.Text.PRIVACY, "zh-CN")
    assert "technically able to read" in texts.read(texts.Text.PRIVACY, "en")


@pytest.mark.django_db
def test_a_stranger_reads_a_text_in_the_language_of_the_browser():
    answer = Client().get("/api/texts/terms/", headers={"accept-language": "en"})

    assert answer.status_code == 200
    assert answer.json()["language"] == "en"
    assert answer.json()["markdown"].startswith("# Terms of use")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nothing", "privacy.md"])
def test_no_other_file_can_be_asked_for(name):
    answer = Client().get(f"/api/texts/{name}/")

    assert answer.status_code == 404
