"""What allauth must do differently here."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from .models import User

TOTP_CONTEXT = b"liuzheng/totp-secret/v1"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts without e-mail: nothing is ever mailed."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Refuse loudly: an account here has no address, so a mail would be a leak.

        Raises:
            AssertionError: some path of allauth wanted to write a mail.
        """
        raise AssertionError(f"allauth wanted to mail {template_prefix}")


def _shown(description: str, example: object) -> Any:
    return field(metadata={"description": description, "example": example})


@dataclass
class SignedInUser:
    """What sign-in answers tell of the account; `/api/me/` tells the rest."""

    id: str | None = _shown("The account's id.", "6f1c2c1e-0000-4000-8000-000000000000")
    username: str = _shown("The chosen name.", "qinghe")
    display: str = _shown("The chosen name, for the screen.", "qinghe")
    has_usable_password: bool = _shown("Whether a passphrase is set.", True)


class HeadlessAdapter(DefaultHeadlessAdapter):  # type: ignore[misc]  # allauth ships no types
    """Tells of an account what there is; allauth would add an e-mail address."""

    def get_user_dataclass(self) -> type[SignedInUser]:
        """Describe the account, for answers and for the schema."""
        return SignedInUser

    def user_as_dataclass(self, user: User) -> SignedInUser:
        """Fill the description; before sign-up is complete there is no id."""
        return SignedInUser(
            id=str(user.pk) if user.pk else None,
            username=user.username,
            display=user.username,
            has_usable_password=user.has_usable_password(),
        )


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """TOTP secrets lie encrypted: a stolen database alone opens no second factor."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret under a key derived from this installation's own."""
        return _cipher().encrypt(text.encode("utf-8")).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Give the secret back."""
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode("utf-8")


def _cipher() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=TOTP_CONTEXT).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
