"""complaints/views/witness_page.py: a witness without an account, by token and secret alone."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from complaints.bundle import third_person
from complaints.models import WitnessItem, WitnessLink, WitnessStatement
from complaints.stages import witnessing
from evidence import custody, release
from evidence.custody import Act, Actor, Subject
from evidence.models import Case, CustodyEvent, EvidenceItem, ItemKey
from tests import make
from tests.complaints import witnessed
from tests.complaints.witnessed import ANSWERS, NAME, PHONE, SAID, Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]
PICTURE = b"\x89PNG\r\n\x1a\n-a-picture"


@pytest.fixture
def case(borrower: User) -> Case:
    return make.case(borrower)


def code(answer: Any) -> str:
    return str(answer.json()["code"])


def acts(link: WitnessLink) -> list[str]:
    return [row.act for row in custody.log_of(Subject.WITNESS_LINK, link.pk)]


def test_the_address_holds_128_bits_in_its_fragment_and_the_house_keeps_only_their_digest(
    case: Case,
) -> None:
    link, url = witnessed.invited(case)

    path, _, token = url.partition("#witness=")
    assert path.endswith("/")
    assert len(token) == 22  # 16 bytes in base64url
    assert link.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert link.expires_at - link.created_at == timedelta(days=7)


def test_opening_the_page_neither_binds_nor_counts(case: Case) -> None:
    link, _ = witnessed.invited(case)

    for path in ("/", "/api/witness/bind/", "/api/witness/"):
        Client().get(path)

    link.refresh_from_db()
    assert link.bound_at is None
    assert acts(link) == [Act.WITNESS_INVITED]


def test_the_first_post_binds_and_whoever_comes_later_is_told_so(case: Case) -> None:
    link, url = witnessed.invited(case)
    page = Page()

    first, second = page.bind(url), Page().bind(url)

    assert first.status_code == 201
    assert first["Cache-Control"] == "no-store"
    assert (second.status_code, code(second)) == (409, "witness_link_bound")
    link.refresh_from_db()
    assert link.secret_sha256 == hashlib.sha256(page.secret.encode()).hexdigest()
    assert len(page.secret) >= 43  # 256 bits
    assert acts(link) == [Act.WITNESS_INVITED, Act.WITNESS_BOUND]


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "\u4f60\u597d"])
def test_a_token_of_no_link_opens_nothing(case: Case, token: str) -> None:
    witnessed.invited(case)
    answer = Page().bind(f"#witness={token}")

    assert answer.status_code in (400, 404)
    assert not WitnessLink.objects.filter(bound_at__isnull=False).exists()


def test_after_seven_days_it_binds_no_more_and_takes_nothing_more(case: Case) -> None:
    _, url = witnessed.invited(case)
    page = Page()
    page.bind(url)
    _, late = witnessed.invited(case)
    WitnessLink.objects.update(expires_at=timezone.now())

    told, bound, shown = page.state(), Page().bind(late), page.standing()

    assert (told.status_code, code(told)) == (410, "witness_link_expired")
    assert (bound.status_code, code(bound)) == (410, "witness_link_expired")
    assert shown.json()["state"] == "expired"
    assert not EvidenceItem.objects.exists()


def test_a_revoked_link_takes_nothing(case: Case) -> None:
    link, url = witnessed.invited(case)
    page = Page()
    page.bind(url)
    witnessing.revoke(link, actor=Actor.of(case.borrower))

    told = page.state()

    assert (told.status_code, code(told)) == (410, "witness_link_revoked")
    assert acts(link)[-1] == Act.WITNESS_REVOKED
    assert not EvidenceItem.objects.exists()


def test_statement_and_consent_are_items_with_digest_receipt_stamp_and_key_of_their_own(
    case: Case,
) -> None:
    link, page = witnessed.answered(case, PICTURE)
    make.go_the_road()

    items = EvidenceItem.objects.filter(case=case)
    assert [str(item.origin) for item in items] == ["witness"] * 3
    assert all(item.uploader_id is None and item.tokens.exists() for item in items)
    assert ItemKey.objects.filter(item__in=items).count() == 3
    receipts = {one["part"]: one["receipt"] for one in page.standing().json()["receipts"]}
    assert {part: one["sha256"] for part, one in receipts.items()} == {
        "statement": link.statement.item.sha256,
        "consent": link.statement.consent.sha256,
        "picture": hashlib.sha256(PICTURE).hexdigest(),
    }
    assert acts(link)[-1] == Act.WITNESS_STATED
    received = custody.log_of(Subject.ITEM, link.statement.item_id).get(act=Act.RECEIVED)
    assert b'"type":"witness"' in bytes(received.raw)


def test_the_statement_names_nobody_and_the_consent_does(case: Case) -> None:
    link, _ = witnessed.answered(case)
    reader = Actor.system("test")

    with release.open_item(link.statement.item, actor=reader) as file:
        statement = file.read()
    with release.open_item(link.statement.consent, actor=reader) as file:
        consent = file.read()

    answers, written = third_person.read_statement(statement)
    assert answers.said == SAID
    assert written.link == str(link.pk)
    assert NAME.encode() not in statement
    assert PHONE.encode() not in statement
    assert third_person.read_consent(consent)[0].name == NAME


def test_who_is_named_nowhere_is_not_asked_so_no_name_is_kept(case: Case) -> None:
    masked = {"police": "masked", "regulator": "masked", "lender": "none"}
    link, _ = witnessed.answered(case, consents=masked)

    told = witnessing.told(link.statement, actor=Actor.system("test"))

    assert (told.consent.name, told.consent.phone) == ("", "")


@pytest.mark.parametrize("words", [f"我是{NAME}，他们打给我", f"打到我的号 {PHONE}"])
def test_words_that_name_a_masked_writer_are_refused_and_nothing_is_kept(
    case: Case, words: str
) -> None:
    _, url = witnessed.invited(case)
    page = Page()
    page.bind(url)

    told = page.state(said=words)

    assert (told.status_code, code(told)) == (400, "witness_named_in_words")
    assert not EvidenceItem.objects.exists()
    assert not WitnessItem.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"agrees": False},
        {"said": ""},
        {"relation": "uncle"},
        {"name": ""},
        {"consents": {"police": "named"}},
        {"when": "x" * 101},
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_kept(
    case: Case, changed: dict[str, Any]
) -> None:
    _, url = witnessed.invited(case)
    page = Page()
    page.bind(url)

    told = page.state(**changed)

    assert (told.status_code, code(told)) == (400, "invalid_input")
    assert not EvidenceItem.objects.exists()


@pytest.mark.parametrize("words", ["\\ud800", "\\u0000", "\\ufdd0\\ud83d"])
@pytest.mark.parametrize("name", ["said", "name", "when"])
def test_words_that_are_no_text_are_refused_and_nothing_is_kept(
    case: Case, name: str, words: str
) -> None:
    _, url = witnessed.invited(case)
    page = Page()
    page.bind(url)

    raw = json.dumps({**ANSWERS, name: "WORDS"}).replace("WORDS", f"ab{words}")
    told = page.browser.post(
        "/api/witness/statement/",
        raw,
        content_type="application/json",
        headers={"Authorization": f"Witness {page.secret}"},
    )

    assert told.status_code == 400
    assert not EvidenceItem.objects.exists()


def test_one_link_is_one_statement_and_pictures_come_after_it(case: Case) -> None:
    _, url = witnessed.invited(case)
    page = Page()
    page.bind(url)

    early = page.picture(PICTURE)
    page.state()
    again = page.state()

    assert (early.status_code, code(early)) == (409, "witness_not_stated")
    assert (again.status_code, code(again)) == (409, "witness_stated_already")
    assert WitnessStatement.objects.count() == 1
    assert EvidenceItem.objects.count() == 2


def test_a_sixth_picture_is_refused(case: Case) -> None:
    _, page = witnessed.answered(case, *(PICTURE + bytes([n]) for n in range(5)))

    sent = page.picture(PICTURE)

    assert (sent.status_code, code(sent)) == (409, "witness_pictures_full")
    assert page.standing().json()["pictures_left"] == 0


def test_a_pictures_own_name_is_not_kept(case: Case) -> None:
    link, _ = witnessed.answered(case, PICTURE)

    assert [item.declared.file_name for item in witnessing.pictures_of(link)] == ["picture"]


def test_witness_bytes_fill_the_borrowers_quota_and_a_witness_is_not_told_how_full_it_is(
    case: Case, settings: Any
) -> None:
    settings.QUOTA_BYTES = 100
    _, url = witnessed.invited(case)
    page = Page()
    page.bind(url)

    told = page.state()

    assert (told.status_code, code(told)) == (409, "witness_no_room")
    assert "100" not in told.content.decode()
    assert not WitnessItem.objects.exists()


def test_a_wrong_secret_opens_nothing(case: Case) -> None:
    witnessed.answered(case)
    page = Page(secret="x" * 43)

    for answer in (page.standing(), page.erase(), page.state(), page.picture(PICTURE)):
        assert (answer.status_code, code(answer)) == (404, "witness_link_unknown")
    assert Page().standing().status_code == 404


def test_no_event_holds_a_word_of_the_witness(case: Case) -> None:
    witnessed.answered(case)

    for event in CustodyEvent.objects.all():
        for secret in (SAID, NAME, PHONE, ANSWERS["when"]):
            assert secret.encode() not in bytes(event.raw)
