"""What callers send."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from evidence.intake import Declaration
from evidence.models import ItemOrigin, NumberRole, TagDecision


class CaseForm(serializers.Serializer[object]):
    """A case to begin or rename."""

    title = serializers.CharField(max_length=200, allow_blank=True, default="")


class ConsentForm(serializers.Serializer[object]):
    """Purposes agreed to, in the words of one version."""

    purposes = serializers.ListField(child=serializers.CharField(max_length=32), min_length=1)
    version = serializers.CharField(max_length=32)


class DeclarationForm(serializers.Serializer[object]):
    """What is said of a file; the same for small uploads and for tus."""

    case = serializers.UUIDField()
    kind = serializers.CharField(max_length=32)
    source = serializers.ChoiceField(choices=ItemOrigin.Source.choices)  # type: ignore[assignment]  # the API's own word
    device = serializers.CharField(max_length=200, allow_blank=True, default="")
    how = serializers.CharField(max_length=2000, allow_blank=True, default="")
    taken_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    captured_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    batch = serializers.UUIDField(required=False, allow_null=True, default=None)

    def declaration(self, *, file_name: str, content_type: str) -> Declaration:
        """The claims as intake takes them. A name is a label: shortened, never a path."""
        said: dict[str, Any] = self.validated_data
        return Declaration(
            source=said["source"],
            file_name=file_name.replace("\0", "")[:255],
            content_type=content_type.replace("\0", "")[:127],
            device=said["device"],
            how=said["how"],
            taken_at=said["taken_at"],
            captured_at=said["captured_at"],
            batch=said["batch"],
        )


class ItemForm(DeclarationForm):
    """A small upload (multipart): the file and what is said of it."""

    file = serializers.FileField(allow_empty_file=True)  # 0 bytes: intake refuses it by name
    claimed_sha256 = serializers.CharField(max_length=64, allow_blank=True, default="")


class TusForm(DeclarationForm):
    """Upload-Metadata of a tus upload."""

    filename = serializers.CharField(max_length=255, allow_blank=True, default="")
    filetype = serializers.CharField(max_length=127, allow_blank=True, default="")
    sha256 = serializers.CharField(max_length=64, allow_blank=True, default="")


class DecisionForm(serializers.Serializer[object]):
    """A person's decision on a tag."""

    decision = serializers.ChoiceField(choices=TagDecision.Decision.choices)
    kind = serializers.CharField(max_length=32, allow_blank=True, default="")
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")
    start = serializers.IntegerField(
        min_value=0,
        required=False,
        help_text="with `end`, for `corrected`: the right words, code points, half open",
    )
    end = serializers.IntegerField(min_value=0, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Join start and end; one without the other says nothing."""
        start, end = attrs.pop("start", None), attrs.pop("end", None)
        if (start is None) != (end is None):
            raise serializers.ValidationError("start and end come together")
        return {**attrs, "words": None if start is None else (start, end)}


class BulkDecisionForm(serializers.Serializer[object]):
    """One entry of many decisions; a correction needs its kind, so it is made alone."""

    tag = serializers.UUIDField()
    decision = serializers.ChoiceField(
        choices=[TagDecision.Decision.CONFIRMED.value, TagDecision.Decision.REJECTED.value]
    )
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class TagForm(serializers.Serializer[object]):
    """A person's own tag on some words of a record: code points, half open."""

    kind = serializers.CharField(max_length=32)
    start = serializers.IntegerField(min_value=0, default=0)
    end = serializers.IntegerField(min_value=0, default=0)
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class NumberForm(serializers.Serializer[object]):
    """Whose number it is, and how the person knows."""

    role = serializers.ChoiceField(choices=NumberRole.Role.choices)
    how_known = serializers.CharField(max_length=2000, allow_blank=True, default="")
    lender = serializers.CharField(max_length=200, allow_blank=True, default="")


class TimelineFilter(serializers.Serializer[object]):
    """Query of the timeline."""

    to = serializers.DateTimeField(required=False)
    number = serializers.CharField(required=False, max_length=64)
    kind = serializers.CharField(
        required=False, max_length=32, help_text="A kind of record (sms) or of abuse (THREAT)."
    )
    label = serializers.CharField(required=False, max_length=32)  # type: ignore[assignment]  # the API's own word
    cursor = serializers.CharField(required=False, max_length=300)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a word of Python's, so that field is added here."""
        return {"from": serializers.DateTimeField(required=False), **super().get_fields()}
