"""A case that its borrower opened to review, and the desks that look at it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from complaints.models import Complaint
from complaints.stages import drafting
from evidence import cases
from evidence.custody import Actor
from evidence.models import Case, EvidenceItem
from tests import make


@pytest.fixture
def opened(borrower: User, vault: Path) -> Case:
    """A case with one export, read and confirmed, opened to review."""
    case = make.confirmed_case(borrower)
    cases.open_to_review(case, by=borrower)
    return case


@pytest.fixture
def complaint(opened: Case) -> Complaint:
    """Its complaint, finished by the borrower."""
    made = make.complaint(opened)
    return drafting.finish(made, actor=Actor.of(opened.borrower))


@pytest.fixture
def export(opened: Case) -> EvidenceItem:
    return opened.items.get()


@dataclass
class Desk:
    """One member of staff at the console, past the second factor."""

    person: User
    browser: Client

    @classmethod
    def of(cls, role: Role) -> Desk:
        person = make.user(role)
        return cls(person, make.signed_in(person))

    def get(self, name: str, query: str = "", /, **ids: object) -> HttpResponse:
        return self.browser.get(reverse(f"console:{name}", kwargs=ids) + query)

    def post(
        self, name: str, fields: dict[str, str] | None = None, /, **ids: object
    ) -> HttpResponse:
        return self.browser.post(reverse(f"console:{name}", kwargs=ids), fields or {})

    def told(self, response: HttpResponse) -> str:
        """The page that an act leads to, as a person reads it."""
        assert response.status_code == 302, response.content[:500]
        return read(self.browser.get(response.headers["Location"]))


def read(response: HttpResponse) -> str:
    assert response.status_code == 200, response.content[:500]
    return html.unescape(response.content.decode())


@pytest.fixture
def desk(db: None) -> Desk:
    """A reviewer's."""
    return Desk.of(Role.REVIEWER)


@pytest.fixture
def second_desk(db: None) -> Desk:
    """An approver's."""
    return Desk.of(Role.APPROVER)


@pytest.fixture
def holding(desk: Desk, opened: Case) -> Desk:
    """A reviewer's, who has the case in hand."""
    desk.post("claim", case_id=opened.pk)
    return desk
