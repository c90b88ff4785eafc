"""Every endpoint, called by those who may not: strangers, the signed-out, forgers, staff too early.

The paths come from the URL configuration, so an endpoint that is added tomorrow is tried, too.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from accounts.models import Role
from evidence import cases
from tests import make
from tests.road import endpoints
from tests.road.endpoints import UNSAFE, Endpoint
from tests.road.victim import MARKER, Victim, make_victim

# Answered to anybody: words of law, the schema, and what a lost passphrase needs.
PUBLIC = {"api/schema/", "api/docs/", "api/texts/<slug:name>/"}
RECOVER = "api/recover/"
# A capability opens these instead of a session; without it there is no such upload or link.
BY_CAPABILITY = {
    "api/uploads/<uuid:upload_id>/",
    "api/uploads/<uuid:upload_id>/receipt/",
    "api/witness/",
    "api/witness/bind/",
    "api/witness/statement/",
    "api/witness/pictures/",
}
# What staff do before they have used their second factor, and the way out.
BEFORE_SECOND_FACTOR = {
    f"console/{path}/"
    for path in ("sign-in", "second-factor", "enrol", "recovery-codes", "join", "sign-out")
} | {"console/language/", "console/accounts/login/", "console/accounts/logout/"}
# Never told by an id of one's own in the path.
UNCOUNTED = {"Session", "Migration", "ContentType", "Permission"}
JSON = "application/json"


@pytest.fixture
def victim(db: None, vault: Any) -> Victim:
    return make_victim()


def call(browser: Client, endpoint: Endpoint, method: str, victim: Victim, **headers: str) -> Any:
    body = victim.bodies(endpoint.route)
    more = {"Tus-Resumable": "1.0.0"} if "uploads" in endpoint.route else {}
    return browser.generic(
        method.upper(),
        endpoint.path(victim.values),
        json.dumps(body) if method in UNSAFE else b"",
        content_type=JSON,
        headers=more | headers,
    )


def tries(root: str, *, methods: frozenset[str] | None = None, with_ids: bool = False) -> list[Any]:
    return [
        pytest.param(endpoint, method, id=f"{method} {endpoint.route}")
        for endpoint in endpoints.all_of(root)
        for method in endpoint.methods
        if (methods is None or method in methods) and (endpoint.parameters or not with_ids)
    ]


def each(root: str, **chosen: Any) -> list[tuple[Endpoint, str]]:
    return [(one.values[0], one.values[1]) for one in tries(root, **chosen)]


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model.__name__ not in UNCOUNTED and not model._meta.proxy
    }


def content_of(answer: Any) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(raw.decode("utf-8", errors="replace"))


def is_problem(answer: Any, code: str) -> bool:
    return bool(answer.json()["code"] == code) if answer.status_code >= 400 else False


def told_nothing(answer: Any) -> bool:
    return MARKER not in content_of(answer) and MARKER[:20] not in content_of(answer)


def test_an_id_of_somebody_else_is_404_everywhere_and_nothing_is_written(victim, stranger):
    browser = make.signed_in(stranger)
    own = {"api/consents/<str:purpose>/", "api/texts/<slug:name>/"}  # no ids: names of purposes
    before = rows()
    wrong = []
    for endpoint, method in each("api/", with_ids=True):
        if endpoint.route in own:
            continue
        answer = call(browser, endpoint, method, victim)
        if answer.status_code != 404 or (method != "head" and not is_problem(answer, "not_found")):
            wrong.append((endpoint.route, method, answer.status_code))

    assert wrong == []
    assert rows() == before


def test_the_owner_finds_all_of_it_so_the_404_above_means_something(victim):
    browser = make.signed_in(victim.person)
    wrong = []
    for endpoint, method in each("api/", with_ids=True):
        if method in UNSAFE or endpoint.route in BY_CAPABILITY or "derivatives" in endpoint.route:
            continue  # an export has no derivative; an upload is nobody's without its capability
        path = {"name": "privacy"} if "texts" in endpoint.route else {}
        query = {"agency": "R12321"} if "/short" in endpoint.route else {}
        answer = browser.get(endpoint.path(victim.values | path), query)
        if answer.status_code >= 400 and not is_problem(answer, "package_not_offered"):
            wrong.append((endpoint.route, method, answer.status_code, content_of(answer)[:200]))

    known = [("api/cases/<uuid:case_id>/routing/", "get", 400)]  # it asks for a lender type
    assert [one[:3] for one in wrong] == known


def test_ids_of_somebody_else_in_a_body_are_refused(victim, stranger):
    browser = make.signed_in(stranger)
    own = make.case(stranger)
    mine = make.complaint(own)
    before = rows()
    tag, item = str(victim.tag.pk), str(victim.item.pk)

    bulk = browser.post(
        f"/api/cases/{own.pk}/decisions/", [{"tag": tag, "decision": "rejected"}], JSON
    )
    exhibit = browser.post(
        f"/api/complaints/{mine.pk}/exhibits/", {"item": item, "group": "B", "purpose": "x"}, JSON
    )

    assert is_problem(bulk, "not_found")
    assert is_problem(exhibit, "not_found")
    assert rows() == before


def test_the_signed_out_are_asked_to_sign_in_everywhere(victim):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/_allauth/browser/v1/config")
    token = {"X-CSRFToken": browser.cookies[settings.CSRF_COOKIE_NAME].value}
    before = rows()
    wrong = []
    for endpoint, method in each("api/"):
        if endpoint.route in PUBLIC | {RECOVER}:
            continue
        answer = call(browser, endpoint, method, victim, **token)
        expected = 404 if endpoint.route in BY_CAPABILITY else 401
        if answer.status_code != expected or not told_nothing(answer):
            wrong.append((endpoint.route, method, answer.status_code))

    assert wrong == []
    assert rows() == before


@pytest.mark.parametrize("who", ["owner", "nobody"])
def test_an_unsafe_call_without_the_csrf_token_is_refused_everywhere(victim, who):
    owner = make.signed_in(victim.person, enforce_csrf_checks=True)
    browser = owner if who == "owner" else Client(enforce_csrf_checks=True)
    before = rows()
    wrong = []
    for endpoint, method in each("api/", methods=UNSAFE):
        if endpoint.route in PUBLIC | BY_CAPABILITY:
            continue
        answer = call(browser, endpoint, method, victim)
        if not is_problem(answer, "csrf_failed"):
            wrong.append((endpoint.route, method, answer.status_code))

    assert wrong == []
    assert rows() == before


def test_a_form_of_the_console_without_the_csrf_token_is_refused_everywhere(victim, reviewer):
    cases.open_to_review(victim.case, by=victim.person)
    browser = make.signed_in(reviewer, enforce_csrf_checks=True)
    before = rows()
    wrong = []
    for endpoint, method in each("console/", methods=frozenset({"post"})):
        answer = browser.post(endpoint.path(victim.values), {})
        if answer.status_code != 403 and not _is_method_refused(answer):
            wrong.append((endpoint.route, method, answer.status_code))

    assert wrong == []
    assert rows() == before


def _is_method_refused(answer: Any) -> bool:
    return answer.status_code == 405


def looks(browser: Client, victim: Victim, *, but: set[str]) -> list[tuple[str, str, int]]:
    """Where a caller who may see nothing is answered with success, or with somebody's words."""
    found = []
    for root in endpoints.ROOTS:
        for endpoint, method in each(root):
            if endpoint.route in but | PUBLIC | {RECOVER}:
                continue
            answer = call(browser, endpoint, method, victim)
            if answer.status_code < 300 or answer.status_code >= 500 or not told_nothing(answer):
                found.append((endpoint.route, method, answer.status_code))
    return found


# One's own account, and words of law: they tell nothing of anybody.
OWN = {
    "api/me/",
    "api/account/recovery-code/",
    "api/consents/",
    "api/consents/<str:purpose>/",
    "api/kinds/",
    "api/lender-types/",
    "api/agencies/",
}


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.AUDITOR, Role.OPERATOR])
def test_staff_without_a_second_factor_see_nothing_anywhere(victim, role):
    cases.open_to_review(victim.case, by=victim.person)
    browser = make.signed_in(make.user(role), second_factor=False)

    assert looks(browser, victim, but=OWN | BEFORE_SECOND_FACTOR) == []


def without_lists(found: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Lists and pages of the house itself may be empty instead of refused."""
    empty = {"api/cases/", "console/", "console/queue/", "console/operations/"}
    return [one for one in found if one[0] not in empty and not _is_admin(one[0])]


def _is_admin(route: str) -> bool:
    return route.startswith("console/accounts/")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.AUDITOR])
def test_staff_see_nothing_of_a_case_that_was_not_opened_to_review(victim, role):
    browser = make.signed_in(make.user(role))

    assert without_lists(looks(browser, victim, but=OWN | BEFORE_SECOND_FACTOR)) == []


def test_an_operator_sees_no_evidence_of_an_opened_case(victim, operator):
    cases.open_to_review(victim.case, by=victim.person)
    browser = make.signed_in(operator)
    found = looks(browser, victim, but=OWN | BEFORE_SECOND_FACTOR)

    assert without_lists(found) == []
    for path in ("/console/operations/", "/console/accounts/accounts/user/"):
        assert told_nothing(browser.get(path))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.APPROVER])
def test_who_only_looks_decides_nothing(victim, role):
    """An auditor reads; an approver approves complaints. Neither writes into the evidence."""
    cases.open_to_review(victim.case, by=victim.person)
    browser = make.signed_in(make.user(role))
    wrong = []
    for endpoint, method in each("api/", methods=UNSAFE):
        if endpoint.route in OWN | PUBLIC | BY_CAPABILITY | {RECOVER}:
            continue
        answer = call(browser, endpoint, method, victim)
        if answer.status_code not in (403, 404):
            wrong.append((endpoint.route, method, answer.status_code))

    assert wrong == []
