"""A name for a signed-in session that can stand in a log: it tells sessions apart, opens none."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import salted_hmac

SALT = "accounts.sessions"
LETTERS = 32  # hex digits: 128 bits, as many as a session key has


def mark(request: Any) -> str:
    """32 hex digits for the session of a request, "" when there is none.

    A keyed digest: who reads the log and the table of sessions cannot put the two together.
    """
    key = getattr(getattr(request, "session", None), "session_key", None)
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()[:LETTERS] if key else ""
