"""What callers get of an item's provenance: codes, and words in their language."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.language import text
from evidence.models import Provenance
from evidence.provenance import wording
from evidence.provenance.said import read_statement

Out = serializers.Serializer[object]


class ProvenanceMomentOut(Out):
    """A time as somebody wrote it; without a zone it is the device's own wall clock."""

    written = serializers.CharField(allow_blank=True)
    zone = serializers.CharField(allow_blank=True)
    state = serializers.CharField(help_text="given, day, never_set, unreadable")


class ProvenanceFactOut(Out):
    """One thing that is said, as code and in the caller's language."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the API's own word
    value = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    time = ProvenanceMomentOut(allow_null=True)


class ProvenanceNoteOut(Out):
    """A note about facts, and what it can mean innocently, in the caller's language."""

    code = serializers.CharField()
    facts = serializers.ListField(child=serializers.CharField())
    seconds = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()
    means = serializers.CharField()


class ProvenanceOut(Out):
    """What phone and file say of the item's making. Claims: never proof."""

    engine = serializers.CharField()
    is_proof = serializers.BooleanField(help_text="always false")
    facts = ProvenanceFactOut(many=True)
    observations = ProvenanceNoteOut(many=True)


def provenance_json(kept: Provenance, language: str) -> dict[str, Any]:
    """The value of `ProvenanceOut`."""
    statement = read_statement(kept.statement)

    def say(key: str, **values: Any) -> str:
        return text(key, language, **values)

    return {
        "engine": kept.engine_version,
        "is_proof": False,
        "facts": [
            {**fact.as_json(), "label": told.label, "value": told.value}
            for fact, told in zip(statement.facts, wording.facts(statement, say), strict=True)
        ],
        "observations": [
            {**note.as_json(), "text": told.text, "means": told.means}
            for note, told in zip(
                statement.observations, wording.notes(statement, say), strict=True
            )
        ],
    }
