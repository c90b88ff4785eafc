"""The paper recovery code: 160 random bits, shown once, stored by Argon2, used once.

It lets a person choose a new passphrase. It decrypts nothing: those who run the server hold the
keys of the vault, and the screen says so before the code is made.
"""

from __future__ import annotations

from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from . import codes
from .errors import PassphraseRefusedError, RecoveryRefusedError
from .models import RecoveryCode, User

BITS = 160
HASHER = "argon2"
MAX_WRITTEN = 128  # characters; a longer "code" is not worth hashing


def make(user: User) -> str:
    """Make a new code; the one before stops working.

    Returns:
        32 characters of base 32 in groups of four. We cannot show it again.
    """
    code = codes.make(BITS)
    hashed = make_password(codes.normalise(code), hasher=HASHER)
    RecoveryCode.objects.update_or_create(
        user=user, defaults={"hashed": hashed, "created_at": timezone.now()}
    )
    return code


def recover(username: str, code: str, new_passphrase: str) -> User:
    """Set a new passphrase by the paper code, spend the code, and end every open session.

    Raises:
        RecoveryRefusedError: whatever did not match; the caller cannot tell what.
        PassphraseRefusedError: the code is right, the new passphrase is too weak. Not spent.
    """
    user = _holder(username, code)
    try:
        validate_password(new_passphrase, user)
    except ValidationError as weak:
        raise PassphraseRefusedError(reasons=[str(e.code) for e in weak.error_list]) from weak
    with transaction.atomic():
        # The row goes first: of two calls with one code, the second finds nothing to delete.
        spent, _ = RecoveryCode.objects.filter(pk=user.pk).delete()
        if not spent:
            raise RecoveryRefusedError
        user.set_password(new_passphrase)
        user.save(update_fields=["password"])
        _end_sessions(user)
    return user


def _holder(username: str, code: str) -> User:
    name = User.normalize_username(username).lower()
    row = (
        RecoveryCode.objects.select_related("user")
        .filter(user__username=name, user__is_active=True)
        .first()
    )
    written = codes.normalise(code[:MAX_WRITTEN])
    if not check_password(written, row.hashed if row else _nobodys_hash()) or row is None:
        raise RecoveryRefusedError
    return row.user


@cache
def _nobodys_hash() -> str:
    """Checked when nobody of that name exists: a wrong name takes as long as a wrong code."""
    return make_password(codes.make(BITS), hasher=HASHER)


def _end_sessions(user: User) -> None:
    """Forget every session of one user. A new passphrase ends them too; this frees the rows."""
    key = str(user.pk)
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == key:
            session.delete()
