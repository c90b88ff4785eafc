"""accounts/invitations.py and `manage.py invite`: how staff come in, and who does not."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import invitations
from accounts.errors import InvitationRefusedError
from accounts.models import Invitation, Role

pytestmark = pytest.mark.django_db


def test_the_command_prints_a_code_that_works_and_keeps_only_its_digest(borrower):
    out = StringIO()

    call_command("invite", "approver", stdout=out)

    code = out.getvalue().splitlines()[2].strip()
    assert code not in str(Invitation.objects.values().get())
    assert invitations.accept(code, borrower) == Role.APPROVER


def test_nobody_is_invited_to_be_a_borrower():
    with pytest.raises(CommandError):
        call_command("invite", "borrower", stderr=StringIO())
    with pytest.raises(ValueError, match="not a staff role"):
        invitations.make(Role.BORROWER)


def test_an_invitation_is_used_once(borrower, stranger):
    code = invitations.make(Role.REVIEWER)
    invitations.accept(code, borrower)

    with pytest.raises(InvitationRefusedError):
        invitations.accept(code, stranger)

    stranger.refresh_from_db()
    assert stranger.role == Role.BORROWER


def test_an_old_invitation_is_refused(borrower):
    code = invitations.make(Role.REVIEWER)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(InvitationRefusedError):
        invitations.accept(code, borrower)


def test_a_guess_is_refused(borrower):
    invitations.make(Role.REVIEWER)

    with pytest.raises(InvitationRefusedError):
        invitations.accept("0000-0000", borrower)
