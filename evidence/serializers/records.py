"""Records with their tags: the timeline's rows."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from evidence.abuse.kinds import Kind
from evidence.abuse.sureness import SURENESS, sureness
from evidence.models import Record, Tag, TagDecision
from evidence.serializers.transcripts import HeardOut
from evidence.serializers.words import is_english, kind_name

Out = serializers.Serializer[object]


class KindOut(Out):
    """One kind of abuse, in the caller's language."""

    code = serializers.CharField()
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # the API's own word
    name = serializers.SerializerMethodField()

    def get_name(self, kind: Kind) -> str:
        """As it is called."""
        return kind_name(self, kind.code)


class DecisionOut(serializers.ModelSerializer[TagDecision]):
    """The newest decision on a tag."""

    kind_name = serializers.SerializerMethodField()

    class Meta:
        model = TagDecision
        fields = ["decision", "kind", "kind_name", "start", "end", "reason", "at"]

    def get_kind_name(self, decision: TagDecision) -> str:
        """The right kind in the caller's language; empty unless corrected."""
        return kind_name(self, decision.kind)


class TagOut(serializers.ModelSerializer[Tag]):
    """A suggestion or a person's own tag, and what was decided."""

    reason = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()
    sureness = serializers.SerializerMethodField()
    kind_name = serializers.SerializerMethodField()
    heard = serializers.UUIDField(
        source="heard.segment_id",
        allow_null=True,
        help_text="the segment of a recording in whose confirmed words start and end count",
    )

    class Meta:
        model = Tag
        fields = [
            "id",
            "heard",
            "kind",
            "kind_name",
            "label",
            "start",
            "end",
            "rule",
            "rule_version",
            "reason",
            "confidence",
            "sureness",
            "proposed_by",
            "decision",
        ]

    def get_reason(self, tag: Tag) -> str:
        """In the caller's language."""
        return tag.reason_en if is_english(self) else tag.reason_zh

    def get_kind_name(self, tag: Tag) -> str:
        """The suggested kind in the caller's language."""
        return kind_name(self, tag.kind)

    @extend_schema_field(DecisionOut(allow_null=True))
    def get_decision(self, tag: Tag) -> Any:
        """The newest, or null. The rows were prefetched in order."""
        decisions = list(tag.decisions.all())
        return DecisionOut(decisions[-1], context=self.context).data if decisions else None

    @extend_schema_field(serializers.ChoiceField(SURENESS, allow_null=True))
    def get_sureness(self, tag: Tag) -> str | None:
        """How sure the rule is, in a word; null for a person's own tag."""
        return sureness(tag.confidence)


class RecordOut(serializers.ModelSerializer[Record]):
    """One record as the timeline shows it."""

    item = serializers.UUIDField(source="reading.item_id")
    warnings = serializers.ListField(child=serializers.CharField())
    locator = serializers.JSONField(source="source_locator")
    tags = TagOut(many=True, source="shown_tags")
    heard = HeardOut(many=True, source="heard_words")
    counts_as = serializers.UUIDField(
        allow_null=True, help_text="the same message on another picture, where it counts"
    )

    class Meta:
        model = Record
        fields = [
            "id",
            "item",
            "index",
            "kind",
            "when_utc",
            "when_raw",
            "when_precision",
            "placed_at",
            "direction",
            "peer_number",
            "peer_name",
            "text",
            "duration_s",
            "locator",
            "warnings",
            "tags",
            "heard",
            "counts_as",
        ]


class TimelineOut(Out):
    """A page of the timeline."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = RecordOut(many=True)
