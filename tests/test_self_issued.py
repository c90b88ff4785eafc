"""Wherever the house's own stamp is shown, it says that it is self-issued: every such place."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from accounts.language import text
from complaints.bundle import exhibit_pages, layout
from complaints.bundle.wording import Words
from evidence.models import TimeStampToken
from tests import make
from tests.complaints.bundle import forge, make_package

LANGUAGES = ("zh-CN", "en")
WORDS = ("自签", "自行签发", "自己签发", "self-issued")


@pytest.fixture
def item(case):
    made = make.item(case)
    make.go_the_road()
    assert set(TimeStampToken.objects.values_list("is_self_issued", flat=True)) == {True}
    return made


def test_the_api_says_it_of_each_seal_and_shows_no_outside_one(item, borrower, client):
    client.force_login(borrower)

    value = client.get(f"/api/items/{item.pk}/").json()

    assert value["seal"]["is_self_issued"] is True
    assert (value["outside_seal"], value["outside"]["held"]) == (None, 0)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["client-sealed-by-self", "client-state-sealed"])
def test_the_client_s_words_for_our_own_stamp_say_it(lang, key):
    assert any(word in text(key, lang) for word in WORDS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "key",
    ["console-self-issued", "pdf-x-self-issued", "trust-role-embedded_tsa"],
)
def test_console_paper_verdict_and_trust_page_have_a_word_for_it(lang, key):
    assert any(word in text(key, lang) for word in WORDS)


def test_the_trust_page_says_it_in_both_languages(house):
    page = html.unescape(Client().get("/trust/").content.decode())

    assert all(word in page for word in ("自行签发", "self-issued"))


def test_the_verifier_says_it_in_each_line_of_a_stamp_of_ours():
    verdict = forge.verdict_of(forge.files(), trust=make_package.house().fingerprint)

    said = [check.what for check in verdict.checks if "时间戳有效" in check.what]
    assert said
    assert all("自签发" in each and "self-issued" in each for each in said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_paper_says_it_beside_the_printed_time(lang):
    exhibit = make_package.content().exhibits[0]

    assert any(
        word in exhibit_pages._sealed(exhibit, Words(lang, make_package.fonts())) for word in WORDS
    )


def test_both_manifests_say_it_of_each_token():
    exhibits = forge.files()[layout.EXHIBITS]

    assert b'"self_issued":true' in exhibits
    assert exhibits.count(b'"self_issued":') == exhibits.count(b'"self_issued":true')


def test_no_text_file_of_a_package_names_a_stamp_without_it():
    for path, data in forge.files().items():
        if path.endswith(".txt") and not path.startswith("5_PROOF/log"):
            for line in data.decode("utf-8", "replace").splitlines():
                if "时间戳" in line:
                    assert any(word in line for word in WORDS), (path, line)
