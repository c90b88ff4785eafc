"""accounts/consents.py: consent is given by purpose and wording, once, and can be taken back."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts import consents
from accounts.models import Consent

pytestmark = pytest.mark.django_db


def test_consent_holds_for_the_purposes_that_were_given(borrower):
    consents.give(borrower, ["process_evidence"], "v1")

    assert consents.missing(borrower, ["process_evidence", "sensitive_data"], "v1") == [
        "sensitive_data"
    ]


def test_consent_given_twice_is_one_consent(borrower):
    consents.give(borrower, ["sensitive_data", "sensitive_data"], "v1")

    assert consents.give(borrower, ["sensitive_data"], "v1") == []
    assert Consent.objects.count() == 1


def test_new_words_end_the_consent_to_the_old_ones(borrower):
    consents.give(borrower, ["sensitive_data"], "v1")

    assert consents.missing(borrower, ["sensitive_data"], "v2") == ["sensitive_data"]
    [new] = consents.give(borrower, ["sensitive_data"], "v2")

    assert list(consents.standing(borrower)) == [new]
    assert Consent.objects.get(text_version="v1").withdrawn_at is not None


def test_consent_that_is_taken_back_holds_no_more_and_stays_on_record(borrower):
    consents.give(borrower, ["speech_to_text"], "v1")

    assert consents.withdraw(borrower, "speech_to_text")
    assert not consents.withdraw(borrower, "speech_to_text")
    assert not consents.standing(borrower).exists()
    assert Consent.objects.count() == 1


def test_another_persons_consent_does_not_count(borrower, stranger):
    consents.give(stranger, ["sensitive_data"], "v1")

    assert consents.missing(borrower, ["sensitive_data"], "v1") == ["sensitive_data"]


def test_the_database_refuses_two_standing_consents_to_one_purpose(borrower):
    consents.give(borrower, ["sensitive_data"], "v1")

    with pytest.raises(IntegrityError):
        Consent.objects.create(
            user=borrower, purpose="sensitive_data", text_version="v1", given_at=timezone.now()
        )


def test_a_person_sees_the_consents_that_hold(borrower, borrower_browser):
    consents.give(borrower, ["sensitive_data"], "v1")

    [shown] = borrower_browser.get("/api/me/").json()["consents"]

    assert (shown["purpose"], shown["version"]) == ("sensitive_data", "v1")


def test_a_person_chooses_the_language(borrower, borrower_browser):
    chosen = borrower_browser.patch("/api/me/", {"language": "en"}, content_type="application/json")
    refused = borrower_browser.patch(
        "/api/me/", {"language": "fr", "role": "auditor"}, content_type="application/json"
    )

    borrower.refresh_from_db()
    assert (chosen.status_code, refused.status_code) == (200, 400)
    assert (borrower.language, borrower.role) == ("en", "borrower")


def test_nobody_gives_themselves_a_role(borrower, borrower_browser):
    borrower_browser.patch(
        "/api/me/", {"language": "en", "role": "auditor"}, content_type="application/json"
    )

    borrower.refresh_from_db()
    assert borrower.role == "borrower"
