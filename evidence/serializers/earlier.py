"""Decisions on an earlier reading of an item that found no place on the newest one."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.language import text
from evidence.carrying import Behind


class LeftBehindOut(serializers.Serializer[Any]):
    """The decisions on one record; a decision `rejected` on each of its tags puts it away."""

    tags = serializers.ListField(child=serializers.UUIDField())
    kinds = serializers.ListField(
        child=serializers.CharField(), help_text="names of the kinds, in the caller's language"
    )
    words = serializers.CharField(allow_blank=True, help_text="as the earlier reading had them")
    when_utc = serializers.DateTimeField(allow_null=True)


def left_behind_json(behind: Behind, language: str) -> dict[str, Any]:
    """The value of `LeftBehindOut`."""
    kinds = dict.fromkeys(tag.kind for tag in behind.tags)
    return {
        "tags": [tag.pk for tag in behind.tags],
        "kinds": [text(f"law-kind-{kind}", language) for kind in kinds],
        "words": behind.words,
        "when_utc": behind.when_utc,
    }
