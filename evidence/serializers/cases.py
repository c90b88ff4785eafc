"""Cases and consents, as callers get them."""

from __future__ import annotations

from rest_framework import serializers

from evidence.models import Case

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
