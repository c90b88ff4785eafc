"""Patterns over a case, and whose number it is."""

from __future__ import annotations

from rest_framework import serializers

from evidence.abuse.linking import By, How
from evidence.models import Finding, NumberRole
from evidence.serializers.words import is_english

Out = serializers.Serializer[object]


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
        return finding.reason_en if is_english(self) else finding.reason_zh


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
