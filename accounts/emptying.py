"""Empty an account: the row stays, because proof rows name its id; nothing of the person does."""

from __future__ import annotations

import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import models, transaction

from accounts.models import Consent, ErasureRequest, RecoveryCode, User

OWNED: tuple[type[models.Model], ...] = (  # rows with a `user`
    Consent,
    ErasureRequest,
    RecoveryCode,
    EmailAddress,
    Authenticator,
    LogEntry,
)
NAME = "erased-{}"  # the name is unique and must be one; the id is nobody's word


def lock(user_id: uuid.UUID) -> None:
    """Let the person neither sign in again nor go on where they are signed in."""
    User.objects.filter(pk=user_id).update(is_active=False)
    _end_sessions(user_id)


@transaction.atomic
def empty(user_id: uuid.UUID) -> int:
    """Delete what belongs to the account and empty its row; return how many rows went.

    That there was consent is proved by its event; the row goes with the person.
    """
    lock(user_id)
    gone = sum(model._default_manager.filter(user_id=user_id).delete()[0] for model in OWNED)
    user = User.objects.select_for_update().get(pk=user_id)
    user.username = NAME.format(user.pk.hex)
    user.set_unusable_password()
    user.last_login = None
    user.groups.clear()
    user.user_permissions.clear()
    user.save()
    return gone


def is_empty(user_id: uuid.UUID) -> bool:
    """Whether nothing of the person is left here."""
    name = NAME.format(user_id.hex)
    is_emptied = User.objects.filter(pk=user_id, username=name, is_active=False).exists()
    return is_emptied and not any(
        model._default_manager.filter(user_id=user_id).exists() for model in OWNED
    )


def _end_sessions(user_id: uuid.UUID) -> None:
    for session in Session.objects.iterator():  # a sign-in half way names them as well
        if str(user_id) in str(session.get_decoded()):
            session.delete()
