"""complaints/console/access.py: roles and views; nothing before the second factor."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from complaints.models import Complaint
from evidence import cases
from evidence.models import Case, EvidenceItem
from tests import make
from tests.complaints.console.conftest import Desk

pytestmark = pytest.mark.django_db

READS = {Role.REVIEWER, Role.APPROVER, Role.AUDITOR}
STAFF = READS | {Role.OPERATOR}
SEEN_BY = {
    "queue": READS,
    "case": READS,
    "numbers": READS,
    "item": READS,
    "original": READS,
    "complaint": READS,
    "operations": STAFF,
}
DONE_BY = {
    "claim": {Role.REVIEWER},
    "release": {Role.REVIEWER},
    "tags": {Role.REVIEWER},
    "decide": {Role.REVIEWER, Role.APPROVER},
    "check": READS,
    "retry": {Role.OPERATOR},
}


@pytest.fixture
def paths(complaint: Complaint, export: EvidenceItem) -> dict[str, str]:
    case = {"case_id": complaint.case_id}
    item = {**case, "item_id": export.pk}
    ids = {
        "queue": {},
        "operations": {},
        "case": case,
        "numbers": case,
        "claim": case,
        "release": case,
        "tags": case,
        "item": item,
        "original": item,
        "check": item,
        "complaint": {**case, "complaint_id": complaint.pk},
        "decide": {**case, "complaint_id": complaint.pk},
        "retry": {"job_id": uuid.uuid4()},
    }
    return {name: reverse(f"console:{name}", kwargs=each) for name, each in ids.items()}


def allowed(status: int) -> bool:
    """The guard let the person in; what the view then made of it is another test's matter."""
    return status not in {401, 403}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_and_does_what_is_its_own(role: Role, paths: dict[str, str]) -> None:
    browser = make.signed_in(make.user(role))

    seen = {name for name in SEEN_BY if allowed(browser.get(paths[name]).status_code)}
    done = {name for name in DONE_BY if allowed(browser.post(paths[name]).status_code)}

    if role == Role.BORROWER:
        assert (seen, done) == (set(), set())
    else:
        assert seen == {name for name, roles in SEEN_BY.items() if role in roles}
        assert done == {name for name, roles in DONE_BY.items() if role in roles}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_without_the_second_factor_in_this_session_see_nothing(
    role: Role, paths: dict[str, str]
) -> None:
    person = make.user(role)
    make.TotpDevice.of(person)
    browser = make.signed_in(person, second_factor=False)

    for path in (paths[name] for name in SEEN_BY):
        assert browser.get(path).headers["Location"].startswith("/console/second-factor/")
    for path in (paths[name] for name in DONE_BY):
        assert browser.post(path).headers["Location"].startswith("/console/second-factor/")


def test_a_stranger_is_sent_to_sign_in(paths: dict[str, str]) -> None:
    for path in paths.values():
        assert Client().get(path).headers["Location"].startswith("/console/sign-in/")


def test_a_case_that_was_never_opened_is_not_there(
    desk: Desk, borrower: User, vault: object
) -> None:
    closed = make.case(borrower)
    item = make.item(closed)

    for name, ids in (
        ("case", {"case_id": closed.pk}),
        ("item", {"case_id": closed.pk, "item_id": item.pk}),
        ("original", {"case_id": closed.pk, "item_id": item.pk}),
    ):
        assert desk.get(name, **ids).status_code == 404
    assert desk.post("claim", case_id=closed.pk).status_code == 404


def test_a_case_that_was_closed_again_is_gone_even_for_who_holds_it(
    holding: Desk, complaint: Complaint, export: EvidenceItem
) -> None:
    case = complaint.case
    cases.close_to_review(case, by=case.borrower)

    assert holding.get("case", case_id=case.pk).status_code == 404
    assert holding.get("item", case_id=case.pk, item_id=export.pk).status_code == 404
    decided = holding.post(
        "decide", {"decision": "approved"}, case_id=case.pk, complaint_id=complaint.pk
    )
    assert decided.status_code == 404


def test_an_item_of_another_case_is_not_reached_through_an_opened_one(
    desk: Desk, opened: Case, stranger: User
) -> None:
    foreign = make.item(make.case(stranger))

    assert desk.get("item", case_id=opened.pk, item_id=foreign.pk).status_code == 404


def test_acts_want_post_and_the_csrf_token(desk: Desk, opened: Case) -> None:
    path = reverse("console:claim", kwargs={"case_id": opened.pk})
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.browser.cookies

    assert desk.browser.get(path).status_code == 405
    assert strict.post(path).status_code == 403
    assert not hasattr(Case.objects.get(), "review_claim")


def test_no_page_allows_inline_script_or_style(desk: Desk, paths: dict[str, str]) -> None:
    for name in SEEN_BY:
        page = desk.browser.get(paths[name])
        if page.status_code == 200:
            policy = page.headers["Content-Security-Policy"]
            assert "unsafe" not in policy
            assert b" style=" not in page.content
            assert b"<script>" not in page.content
