"""accounts/recovery.py: a paper code lets a person back in, once, and tells a stranger nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts import codes, recovery
from accounts.errors import PassphraseRefusedError, RecoveryRefusedError
from accounts.models import RecoveryCode
from tests import make

pytestmark = pytest.mark.django_db
NEW = "a new and longer passphrase"


def test_a_code_holds_160_bits_in_groups_of_four(borrower):
    code = recovery.make(borrower)

    groups = code.split("-")
    assert len(groups) == 8
    assert all(len(group) == 4 and set(group) <= set(codes.ALPHABET) for group in groups)


def test_only_an_argon2_hash_is_stored(borrower):
    code = recovery.make(borrower)

    stored = RecoveryCode.objects.get().hashed
    assert stored.startswith("argon2$argon2id$")
    assert codes.normalise(code) not in stored


def test_the_code_sets_a_new_passphrase(borrower):
    code = recovery.make(borrower)

    recovery.recover(borrower.username, code, NEW)

    borrower.refresh_from_db()
    assert borrower.check_password(NEW)


def test_the_code_is_read_as_people_write_it(borrower):
    code = recovery.make(borrower)
    written = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert recovery.recover(borrower.username.upper(), written, NEW) == borrower


def test_a_code_works_once(borrower):
    code = recovery.make(borrower)
    recovery.recover(borrower.username, code, NEW)

    with pytest.raises(RecoveryRefusedError):
        recovery.recover(borrower.username, code, NEW + " again")


def test_a_new_code_ends_the_one_before(borrower):
    old = recovery.make(borrower)
    recovery.make(borrower)

    with pytest.raises(RecoveryRefusedError):
        recovery.recover(borrower.username, old, NEW)


def test_another_persons_code_is_refused(borrower, stranger):
    recovery.make(borrower)
    theirs = recovery.make(stranger)

    with pytest.raises(RecoveryRefusedError):
        recovery.recover(borrower.username, theirs, NEW)


def test_a_weak_new_passphrase_does_not_spend_the_code(borrower):
    code = recovery.make(borrower)

    with pytest.raises(PassphraseRefusedError) as refusal:
        recovery.recover(borrower.username, code, "short")

    assert "password_too_short" in refusal.value.reasons
    assert RecoveryCode.objects.filter(user=borrower).exists()


def test_recovery_ends_every_open_session(borrower, borrower_browser):
    code = recovery.make(borrower)

    recovery.recover(borrower.username, code, NEW)

    assert borrower_browser.get("/api/me/").status_code == 401


def test_an_unknown_name_and_a_wrong_code_are_answered_alike(borrower):
    recovery.make(borrower)
    wrong = codes.make(recovery.BITS)
    body = {"code": wrong, "new_passphrase": NEW}

    unknown = Client().post(
        "/api/recover/", {"username": "nobody", **body}, content_type="application/json"
    )
    known = Client().post(
        "/api/recover/", {"username": borrower.username, **body}, content_type="application/json"
    )

    assert unknown.status_code == known.status_code == 403
    assert unknown.json() == known.json()
    assert known.json()["code"] == "recovery_refused"


def test_an_unknown_name_costs_a_hash_all_the_same(monkeypatch):
    checked = []
    monkeypatch.setattr(recovery, "check_password", lambda *given: checked.append(given) or False)

    with pytest.raises(RecoveryRefusedError):
        recovery.recover("nobody", "0000", NEW)

    assert len(checked) == 1


def test_guessing_is_stopped_after_ten_tries():
    body = {"username": "nobody", "code": "0000", "new_passphrase": NEW}
    browser = Client()
    answers = [
        browser.post("/api/recover/", body, content_type="application/json") for _ in range(11)
    ]

    assert {answer.status_code for answer in answers[:10]} == {403}
    assert answers[10].status_code == 429
    assert answers[10].json()["code"] == "too_many_requests"


def test_recovery_without_the_csrf_token_is_refused():
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post("/api/recover/", {"username": "a"}, content_type="application/json")

    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf_failed"


def test_a_code_is_made_only_for_who_knows_the_passphrase(borrower, borrower_browser):
    def ask(passphrase):
        return borrower_browser.post(
            "/api/account/recovery-code/",
            {"passphrase": passphrase},
            content_type="application/json",
        )

    refused, made = ask("not this one"), ask(make.PASSPHRASE)

    assert (refused.status_code, made.status_code) == (403, 201)
    assert recovery.recover(borrower.username, made.json()["code"], NEW) == borrower
