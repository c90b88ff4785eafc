"""accounts/policy.py: borrowers see their own; staff see nothing without a second factor."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from accounts import policy
from accounts.errors import SecondFactorNeededError
from accounts.models import Role
from accounts.permissions import MaySeeEvidence
from tests import make

pytestmark = pytest.mark.django_db
BASE = "/_allauth/browser/v1"


def request_of(person, **how):
    """A request in the person's own session."""
    browser = make.signed_in(person, **how)
    request = RequestFactory().get("/")
    request.user = person
    request.session = browser.session
    return request


def test_a_borrower_may_see_evidence(borrower):
    assert policy.may_see_evidence(request_of(borrower))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.AUDITOR])
def test_staff_may_see_evidence_by_a_second_factor_only(role):
    person = make.user(role)

    assert not policy.may_see_evidence(request_of(person, second_factor=False))
    assert policy.may_see_evidence(request_of(person, second_factor=True))


def test_a_second_factor_that_this_session_did_not_use_is_not_enough(reviewer):
    make.TotpDevice.of(reviewer)

    assert not policy.may_see_evidence(request_of(reviewer, second_factor=False))


def test_another_persons_second_factor_does_not_count(reviewer, approver):
    theirs = request_of(approver, second_factor=True)
    make.TotpDevice.of(reviewer)
    theirs.user = reviewer

    assert not policy.may_see_evidence(theirs)


def test_an_operator_sees_no_evidence_at_all(operator):
    assert not policy.may_see_evidence(request_of(operator, second_factor=True))


def test_a_disabled_account_sees_nothing(borrower):
    borrower.is_active = False

    assert not policy.may_see_evidence(request_of(borrower))


def test_the_permission_names_what_staff_lack(reviewer):
    with pytest.raises(SecondFactorNeededError):
        MaySeeEvidence().has_permission(request_of(reviewer, second_factor=False), None)


def test_staff_become_able_to_see_by_signing_in_with_the_code_of_their_telephone():
    person = make.user(Role.REVIEWER, username="shenyue")
    device = make.TotpDevice.of(person)
    browser = Client()

    first = browser.post(
        f"{BASE}/auth/login",
        {"username": "shenyue", "password": make.PASSPHRASE},
        content_type="application/json",
    )
    assert first.status_code == 401
    assert browser.get("/api/me/").status_code == 401
    second = browser.post(
        f"{BASE}/auth/2fa/authenticate", {"code": device.code()}, content_type="application/json"
    )

    assert second.status_code == 200
    me = browser.get("/api/me/").json()
    assert (me["second_factor"], me["second_factor_used"]) == (True, True)


def test_a_wrong_code_opens_nothing():
    person = make.user(Role.REVIEWER, username="shenyue")
    device = make.TotpDevice.of(person)
    browser = Client()
    browser.post(
        f"{BASE}/auth/login",
        {"username": "shenyue", "password": make.PASSPHRASE},
        content_type="application/json",
    )

    answer = browser.post(
        f"{BASE}/auth/2fa/authenticate",
        {"code": device.code(at=0)},
        content_type="application/json",
    )

    assert answer.status_code == 400
    assert browser.get("/api/me/").status_code == 401


def test_setting_up_a_second_factor_stores_no_readable_secret(reviewer):
    browser = make.signed_in(reviewer, second_factor=False)

    browser.post(
        f"{BASE}/auth/reauthenticate",
        {"password": make.PASSPHRASE},
        content_type="application/json",
    )
    secret = browser.get(f"{BASE}/account/authenticators/totp").json()["meta"]["secret"]
    code = make.TotpDevice(secret).code()
    answer = browser.post(
        f"{BASE}/account/authenticators/totp", {"code": code}, content_type="application/json"
    )

    assert answer.status_code == 200
    stored = reviewer.authenticator_set.get(type="totp").data["secret"]
    assert secret not in stored
