"""What callers get. Plain shapes: the views hand over rows that were fetched for them."""

from __future__ import annotations

import base64
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import language
from evidence.abuse.kinds import KINDS, Kind
from evidence.abuse.linking import By, How
from evidence.abuse.sureness import SURENESS, sureness
from evidence.integrity import receipt as receipts
from evidence.models import (
    Case,
    EvidenceItem,
    Finding,
    ItemReceipt,
    NumberRole,
    Reading,
    Record,
    Tag,
    TagDecision,
)
from evidence.serializers.choices import ReportOut, report_json
from evidence.serializers.earlier import LeftBehindOut, left_behind_json
from evidence.serializers.provenance import ProvenanceOut, provenance_json
from evidence.serializers.screens import HintOut, hints_json
from evidence.serializers.transcripts import HeardOut

Out = serializers.Serializer[object]


class PurposeOut(Out):
    """One purpose, its words, and whether it is agreed to in these words."""

    purpose = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    version = serializers.CharField()
    is_required = serializers.BooleanField()
    given = serializers.BooleanField()
    given_at = serializers.DateTimeField(allow_null=True)


class CaseOut(serializers.ModelSerializer[Case]):
    """One case."""

    items = serializers.IntegerField(source="item_count")
    open_to_review = serializers.BooleanField()

    class Meta:
        model = Case
        fields = ["id", "title", "created_at", "items", "is_sample", "open_to_review"]


class CasesOut(Out):
    """A page of cases, newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = CaseOut(many=True)


class ReceiptOut(Out):
    """The signed receipt, readable and as bytes; the bytes are what counts."""

    item = serializers.UUIDField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    received_at = serializers.DateTimeField()
    event = serializers.CharField()
    receipt = serializers.CharField(help_text="RFC 8785 bytes, base64")
    signature = serializers.CharField(help_text="Ed25519, base64")
    key = serializers.CharField(help_text="fingerprint of the log key")
    claimed = serializers.BooleanField()
    duplicate_of = serializers.UUIDField(required=False)
    duplicate_text = serializers.CharField(
        required=False, help_text="what that means, in the caller's language"
    )


def receipt_json(
    kept: ItemReceipt, *, is_duplicate: bool = False, in_language: str = language.DEFAULT
) -> dict[str, Any]:
    """The value of `ReceiptOut`."""
    raw = bytes(kept.raw)
    promise = receipts.decode(raw)
    value = {
        "item": promise.item,
        "sha256": promise.sha256,
        "size": promise.size,
        "received_at": promise.received_at,
        "event": promise.event,
        "receipt": base64.b64encode(raw).decode("ascii"),
        "signature": base64.b64encode(bytes(kept.signature)).decode("ascii"),
        "key": kept.key_fingerprint,
        "claimed": promise.claimed,
    }
    if not is_duplicate:
        return value
    told = language.text("received_again", in_language)
    return {**value, "duplicate_of": promise.item, "duplicate_text": told}


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
        chosen = language.EN if _is_english(self) else language.ZH_CN
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
        chosen = language.EN if _is_english(self) else language.ZH_CN
        return hints_json(item.reading.facts if item.reading else {}, chosen)

    @extend_schema_field(ProvenanceOut(allow_null=True))
    def get_provenance(self, item: Any) -> Any:
        """In the caller's language; null where the reading is older than this engine."""
        if item.provenance is None:
            return None
        chosen = language.EN if _is_english(self) else language.ZH_CN
        return ProvenanceOut(provenance_json(item.provenance, chosen)).data

    @extend_schema_field(LeftBehindOut(many=True))
    def get_left_behind(self, item: Any) -> Any:
        """Decisions that found no place on the newest reading."""
        chosen = language.EN if _is_english(self) else language.ZH_CN
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


class KindOut(Out):
    """One kind of abuse, in the caller's language."""

    code = serializers.CharField()
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # the API's own word
    name = serializers.SerializerMethodField()

    def get_name(self, kind: Kind) -> str:
        """As it is called."""
        return _kind_name(self, kind.code)


class DecisionOut(serializers.ModelSerializer[TagDecision]):
    """The newest decision on a tag."""

    kind_name = serializers.SerializerMethodField()

    class Meta:
        model = TagDecision
        fields = ["decision", "kind", "kind_name", "start", "end", "reason", "at"]

    def get_kind_name(self, decision: TagDecision) -> str:
        """The right kind in the caller's language; empty unless corrected."""
        return _kind_name(self, decision.kind)


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
        return tag.reason_en if _is_english(self) else tag.reason_zh

    def get_kind_name(self, tag: Tag) -> str:
        """The suggested kind in the caller's language."""
        return _kind_name(self, tag.kind)

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


class FindingOut(serializers.ModelSerializer[Finding]):
    """A pattern and the records it stands on."""

    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # as above
    reason = serializers.SerializerMethodField()
    records = serializers.ListField(child=serializers.UUIDField(), source="record_ids")
    facts = serializers.JSONField()

    class Meta:
        model = Finding
        fields = [
            "id",
            "label",
            "kind",
            "rule",
            "rule_version",
            "source",
            "reason",
            "facts",
            "records",
            "created_at",
        ]

    def get_label(self, finding: Finding) -> str | None:
        """One of the twelve labels, or null for a pattern that has none."""
        return finding.label or None

    def get_reason(self, finding: Finding) -> str:
        """In the caller's language."""
        return finding.reason_en if _is_english(self) else finding.reason_zh


class GroundOut(Out):
    """Why a number is thought to be a lender's, from the texts; in the caller's language."""

    how = serializers.ChoiceField([one.value for one in How])
    lender = serializers.CharField(allow_blank=True)
    value = serializers.CharField(help_text="name, link, account, number, or likeness in percent")
    others = serializers.ListField(child=serializers.CharField(), help_text="other numbers")
    records = serializers.ListField(child=serializers.UUIDField(), help_text="the first five")
    record_count = serializers.IntegerField()
    sentence = serializers.CharField()


class NumberOut(Out):
    """One number of a case: what the person said of it, and beside it what the texts say."""

    number = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    records = serializers.IntegerField()
    calls = serializers.IntegerField()
    first = serializers.DateTimeField(allow_null=True)
    last = serializers.DateTimeField(allow_null=True)
    role = serializers.ChoiceField(choices=NumberRole.Role.choices)
    how_known = serializers.CharField(allow_blank=True, help_text="in the person's words")
    lender = serializers.CharField(allow_blank=True, help_text="as the person said")
    said_at = serializers.DateTimeField(allow_null=True)
    tied_to = serializers.CharField(allow_blank=True, help_text="the lender that counts")
    tied_by = serializers.ChoiceField([one.value for one in By])
    grounds = GroundOut(many=True)
    conflicts = serializers.ListField(
        child=serializers.CharField(), help_text="other lenders that the texts name"
    )


BINARY = OpenApiTypes.BINARY


def _is_english(serializer: serializers.BaseSerializer[Any]) -> bool:
    request = serializer.context.get("request")
    return request is not None and language.of(request) == language.EN


def _kind_name(serializer: serializers.BaseSerializer[Any], code: str) -> str:
    """A kind of abuse in the caller's language; empty for a code that is not ours (any more)."""
    found = KINDS.get(code)
    if found is None:
        return ""
    return found.en if _is_english(serializer) else found.zh
