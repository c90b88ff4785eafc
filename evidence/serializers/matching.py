"""The same collector in other people's cases: what the borrower agrees to, what is told."""

from __future__ import annotations

from rest_framework import serializers

from evidence.abuse.collectors import Sort
from evidence.collectors import State

Out = serializers.Serializer[object]


class MatchingForm(serializers.Serializer[object]):
    """Agreed to, in the words of one version."""

    version = serializers.CharField(max_length=32)


class CollectorOut(Out):
    """One number, link or account of the case's own confirmed acts; never anything of others."""

    sort = serializers.ChoiceField([one.value for one in Sort])
    value = serializers.CharField(help_text="as it stands in the case's own evidence")
    is_counted = serializers.BooleanField(help_text="false: it takes part from a later day on")
    least = serializers.IntegerField(
        allow_null=True, help_text="other people, at least: 3, 10, 30, 100; null: too few to tell"
    )
    first_month = serializers.DateField(allow_null=True, help_text="its first day")
    last_month = serializers.DateField(allow_null=True)
    sentence = serializers.CharField(help_text="the same in words")


class MatchingOut(Out):
    """How it stands with one case. `off`: this house compares nothing, and keeps nothing for it."""

    state = serializers.ChoiceField([one.value for one in State])
    sentence = serializers.CharField(help_text="the state in words")
    version = serializers.CharField(help_text="of the words to agree to")
    words = serializers.ListField(child=serializers.CharField(), help_text="what it means")
    given_at = serializers.DateTimeField(allow_null=True)
    counted_at = serializers.DateTimeField(allow_null=True)
    results = CollectorOut(many=True)
