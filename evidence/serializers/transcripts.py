"""Drafts of recordings over the API: what a machine claims, and what people heard."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from evidence.models import Segment, SegmentDecision
from evidence.speech import guards
from evidence.transcripts import Standing

Out = serializers.Serializer[object]
STATES = ["off", "not_a_recording", "consent_missing", "none", "waiting", "failed", "made"]


class SegmentForm(serializers.Serializer[object]):
    """What a person heard in the seconds of one segment; `words` for a correction only."""

    decision = serializers.ChoiceField(choices=SegmentDecision.Decision.choices)
    speaker = serializers.ChoiceField(
        choices=SegmentDecision.Speaker.choices, default=SegmentDecision.Speaker.UNKNOWN
    )
    words = serializers.CharField(max_length=2000, allow_blank=True, default="")


class LineForm(serializers.Serializer[object]):
    """A line that the engine missed: what a person heard between two seconds."""

    start_s = serializers.FloatField(min_value=0, max_value=86_400)
    end_s = serializers.FloatField(min_value=0, max_value=86_400)
    words = serializers.CharField(max_length=2000)
    speaker = serializers.ChoiceField(
        choices=SegmentDecision.Speaker.choices, default=SegmentDecision.Speaker.UNKNOWN
    )


class SegmentDecisionOut(serializers.ModelSerializer[SegmentDecision]):
    """The newest decision on a segment."""

    class Meta:
        model = SegmentDecision
        fields = ["decision", "words", "speaker", "at"]


class SegmentOut(serializers.ModelSerializer[Segment]):
    """What a machine claims was said, what speaks against it, and what a person heard.

    Where `is_written`, a person wrote the line and no machine claims it.
    """

    doubts = serializers.ListField(child=serializers.ChoiceField(guards.DOUBTS))
    decision = serializers.SerializerMethodField()

    class Meta:
        model = Segment
        fields = ["id", "index", "is_written", "start_s", "end_s", "text", "doubts", "decision"]

    @extend_schema_field(SegmentDecisionOut(allow_null=True))
    def get_decision(self, segment: Segment) -> Any:
        """The newest, or null. The rows were prefetched in order."""
        decisions = list(segment.decisions.all())
        return SegmentDecisionOut(decisions[-1]).data if decisions else None


class DroppedOut(Out):
    """A segment that cannot have been said; its words are kept nowhere."""

    from_s = serializers.FloatField()
    to_s = serializers.FloatField()
    reason = serializers.ChoiceField(guards.DROPPED)


class TranscriptOut(Out):
    """The newest draft of one recording, or why there is none. Never more than a draft."""

    state = serializers.ChoiceField(STATES)
    purpose = serializers.CharField(
        help_text="the consent that a draft needs here", allow_null=True
    )
    problem = serializers.CharField(allow_null=True, help_text="what went wrong last: a code")
    engine = serializers.CharField(allow_null=True)
    model = serializers.CharField(allow_null=True)
    is_outside = serializers.BooleanField(help_text="whether the sound left this house for it")
    party = serializers.CharField(allow_null=True, help_text="who got the sound then")
    made_at = serializers.DateTimeField(allow_null=True)
    dropped = DroppedOut(many=True)
    segments = SegmentOut(many=True)


def transcript_json(standing: Standing) -> dict[str, Any]:
    """The value of `TranscriptOut`."""
    made = standing.transcript
    return {
        "state": standing.state,
        "purpose": standing.purpose or None,
        "problem": standing.problem or None,
        "engine": made.engine if made else None,
        "model": made.model if made else None,
        "is_outside": made.is_outside if made else False,
        "party": made.party or None if made else None,
        "made_at": made.created_at if made else None,
        "dropped": made.dropped if made else [],
        "segments": made.segments.prefetch_related("decisions") if made else [],
    }


class HeardOut(serializers.ModelSerializer[SegmentDecision]):
    """Words that a person heard in a recording and stands by."""

    segment = serializers.UUIDField(source="segment_id")
    start_s = serializers.FloatField(source="segment.start_s")

    class Meta:
        model = SegmentDecision
        fields = ["segment", "start_s", "words", "speaker"]
