"""Items with all that is known of them: `views.item_values` fetched it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import language
from evidence.models import EvidenceItem, Reading
from evidence.serializers.choices import ReportOut, report_json
from evidence.serializers.earlier import LeftBehindOut, left_behind_json
from evidence.serializers.provenance import ProvenanceOut, provenance_json
from evidence.serializers.screens import HintOut, hints_json
from evidence.serializers.words import is_english

Out = serializers.Serializer[object]


class StateOut(Out):
    """Derived from facts: what has been done with an item, and why not."""

    received = serializers.BooleanField()
    sealed = serializers.BooleanField()
    read = serializers.SerializerMethodField()
    tagged = serializers.BooleanField()
    waits_for_choice = serializers.BooleanField()

    @extend_schema_field({"oneOf": [{"type": "boolean"}, {"type": "string"}]})
    def get_read(self, state: Any) -> bool | str:
        """True, false, or the problem code that says why not."""
        found: bool | str = state["read"]
        return found


class SealOut(Out):
    """A time-stamp token, in short."""

    gen_time = serializers.DateTimeField()
    source = serializers.CharField()  # type: ignore[assignment]  # the API's own word
    is_self_issued = serializers.BooleanField()


class Sm3Out(Out):
    """The item's SM3 (GB/T 32905), or why there is none: it waits, or this house has no SM3."""

    state = serializers.ChoiceField(["computed", "waiting", "unavailable"])
    digest = serializers.CharField(allow_null=True, help_text="64 lower-case hex digits")
    problem = serializers.CharField(allow_null=True, help_text="what went wrong last: a code")


class OutsideSourceOut(Out):
    """One outside TSA: whether it has stamped, or since when it is asked and what went wrong."""

    source = serializers.CharField()  # type: ignore[assignment]  # the API's own word
    state = serializers.ChoiceField(["stamped", "waiting", "renewal_waiting"])
    since = serializers.DateTimeField()
    problem = serializers.SerializerMethodField()

    def get_problem(self, state: Any) -> str | None:
        """A problem code, or null."""
        return state.problem or None


class OutsideOut(Out):
    """How many different authorities vouch, of how many that are needed."""

    needed = serializers.IntegerField()
    held = serializers.IntegerField()
    is_stamped = serializers.BooleanField()
    waiting_since = serializers.DateTimeField(allow_null=True)
    sources = OutsideSourceOut(many=True)


class ReadingOut(serializers.ModelSerializer[Reading]):
    """What an engine read."""

    problem = serializers.SerializerMethodField()
    summary = serializers.SerializerMethodField()

    class Meta:
        model = Reading
        fields = ["format", "reader", "reader_version", "summary", "facts", "problem"]

    def get_problem(self, reading: Reading) -> str | None:
        """A problem code, or null."""
        return reading.problem or None

    @extend_schema_field(ReportOut)
    def get_summary(self, reading: Reading) -> Any:
        """How the file was taken in."""
        report = getattr(reading, "report", None)
        chosen = language.EN if is_english(self) else language.ZH_CN
        return ReportOut(report_json(report, reading, chosen)).data


class CustodyOut(Out):
    """One event, in short."""

    act = serializers.CharField()
    at = serializers.DateTimeField()
    actor_type = serializers.CharField()
    sha256 = serializers.CharField()


class ItemOut(serializers.ModelSerializer[EvidenceItem]):
    """One item with all that is known of it; `views.item_values` fetched it."""

    captured_at = serializers.DateTimeField(allow_null=True)
    happened_from = serializers.DateTimeField(allow_null=True)
    happened_to = serializers.DateTimeField(allow_null=True)
    file_name = serializers.CharField()
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # as above
    format = serializers.CharField(allow_null=True)
    state = StateOut()
    sm3 = Sm3Out()
    seal = SealOut(allow_null=True)
    outside_seal = SealOut(allow_null=True)  # the token that completed the quorum
    outside = OutsideOut()
    reading = ReadingOut(allow_null=True)
    hints = serializers.SerializerMethodField()
    provenance = serializers.SerializerMethodField()
    left_behind = serializers.SerializerMethodField()
    derivatives = serializers.ListField(child=serializers.CharField(), source="derivative_names")
    custody = CustodyOut(many=True)
    record_count = serializers.IntegerField()
    tag_count = serializers.IntegerField()

    class Meta:
        model = EvidenceItem
        fields = [
            "id",
            "case",
            "kind",
            "origin",
            "sha256",
            "sm3",
            "size",
            "received_at",
            "captured_at",
            "happened_from",
            "happened_to",
            "file_name",
            "source",
            "format",
            "state",
            "seal",
            "outside_seal",
            "outside",
            "reading",
            "hints",
            "provenance",
            "left_behind",
            "derivatives",
            "custody",
            "record_count",
            "tag_count",
        ]

    @extend_schema_field(HintOut(many=True))
    def get_hints(self, item: Any) -> Any:
        """What would make a picture better proof, in the caller's language."""
        chosen = language.EN if is_english(self) else language.ZH_CN
        return hints_json(item.reading.facts if item.reading else {}, chosen)

    @extend_schema_field(ProvenanceOut(allow_null=True))
    def get_provenance(self, item: Any) -> Any:
        """In the caller's language; null where the reading is older than this engine."""
        if item.provenance is None:
            return None
        chosen = language.EN if is_english(self) else language.ZH_CN
        return ProvenanceOut(provenance_json(item.provenance, chosen)).data

    @extend_schema_field(LeftBehindOut(many=True))
    def get_left_behind(self, item: Any) -> Any:
        """Decisions that found no place on the newest reading."""
        chosen = language.EN if is_english(self) else language.ZH_CN
        told = [left_behind_json(each, chosen) for each in item.left_behind]
        return LeftBehindOut(told, many=True).data


class ItemsOut(Out):
    """A page of items, newest arrival first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ItemOut(many=True)


class CheckOut(Out):
    """One line of a verdict."""

    name = serializers.CharField()
    result = serializers.ChoiceField(choices=["pass", "fail", "unknown"])
    what = serializers.CharField(allow_blank=True)


class VerdictOut(Out):
    """Whether an item still holds."""

    verdict = serializers.ChoiceField(
        choices=["unchanged", "changed", "incomplete", "cannot_check"]
    )
    checks = CheckOut(many=True)
    checked_at = serializers.DateTimeField()
