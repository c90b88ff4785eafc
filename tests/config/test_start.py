"""config/management/commands/start.py: up to date before web and worker run, or not at all."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from evidence import guard
from evidence.models import Case
from tests.guard import lift

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def start(**options: Any) -> str:
    out = StringIO()
    call_command("start", stdout=out, **options)
    return out.getvalue()


def test_an_empty_house_stays_empty_unless_a_sample_is_asked_for(settings: Any) -> None:
    settings.DEMO = False
    start()

    assert not User.objects.exists()


def test_a_house_in_use_gets_no_sample(settings: Any, borrower: User) -> None:
    settings.DEMO = True
    start()

    assert list(User.objects.all()) == [borrower]


def test_with_demo_an_empty_house_gets_one_marked_case_and_its_sign_ins(settings: Any) -> None:
    settings.DEMO = True

    said = start()

    assert Case.objects.get().is_sample
    assert all(user.is_sample for user in User.objects.all())
    assert all(user.username in said for user in User.objects.all())


def test_it_does_not_start_when_the_guard_of_the_proof_rows_was_lifted(settings: Any) -> None:
    settings.DEMO = False
    lift()
    assert guard.missing()

    with pytest.raises(CommandError, match="guard"):
        start()
    guard.install()
