"""What a user name may not be: a name here identifies an account, never a person."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

# Seven digits or more, however grouped, is a phone, card or identity number.
_NUMBER = re.compile(r"(?:\d[ .\-+_]*){7,}")


def refuse_contact_data(username: str) -> None:
    """Refuse a phone number or an e-mail address as a user name.

    Raises:
        ValidationError: code `username_is_contact_data`.
    """
    if "@" in username or _NUMBER.search(username):
        raise ValidationError(
            "请不要用手机号、证件号或邮箱作用户名 / Do not use a phone number or e-mail address",
            code="username_is_contact_data",
        )
