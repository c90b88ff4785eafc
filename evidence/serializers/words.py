"""In whose language a caller reads, and the words of a kind in it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts import language
from evidence.abuse.kinds import KINDS


def is_english(serializer: serializers.BaseSerializer[Any]) -> bool:
    """Whether the caller reads English."""
    request = serializer.context.get("request")
    return request is not None and language.of(request) == language.EN


def kind_name(serializer: serializers.BaseSerializer[Any], code: str) -> str:
    """A kind of abuse in the caller's language; empty for a code that is not ours (any more)."""
    found = KINDS.get(code)
    if found is None:
        return ""
    return found.en if is_english(serializer) else found.zh
