"""What comes in and goes out about filings, their outcomes and the days that follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from rest_framework import serializers

from complaints.composing.acts import beijing_today
from complaints.law import agencies
from complaints.law.following import FOLLOW_UPS, Outcome, Status
from complaints.models import Filing, FilingOutcome


class _HasHappenedField(serializers.DateField):
    """A day that is told as past: not one that lies ahead in Beijing."""

    default_error_messages = {"ahead": "This day has not come yet."}

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if day > beijing_today():
            self.fail("ahead")
        return day


class FilingIn(serializers.Serializer[Any]):
    """What the person was given when they filed; `receipt` is an item that was received before."""

    filed_on = _HasHappenedField()
    agency = serializers.CharField(max_length=32, allow_blank=True, default="")
    reference = serializers.CharField(max_length=100, allow_blank=True, default="")
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")
    receipt = serializers.UUIDField(allow_null=True, default=None)


class FilingOutcomeIn(serializers.Serializer[Any]):
    """What came of a filing, and the day the person learnt of it."""

    outcome = serializers.ChoiceField(choices=[one.value for one in Outcome])
    on = _HasHappenedField()
    reference = serializers.CharField(max_length=100, allow_blank=True, default="")
    receipt = serializers.UUIDField(allow_null=True, default=None)


class FollowUpIn(serializers.Serializer[Any]):
    """Which paper; a day's `papers` lists those that may be written now."""

    document = serializers.ChoiceField(choices=sorted(FOLLOW_UPS))


class FilingOutcomeOut(serializers.ModelSerializer[FilingOutcome]):
    """One outcome as it was told."""

    class Meta:
        model = FilingOutcome
        fields = ["id", "outcome", "on", "reference", "receipt", "recorded_at"]


class FilingOut(serializers.ModelSerializer[Filing]):
    """One filing with what came of it, the earliest first."""

    agency = serializers.CharField(source="desk", read_only=True)
    agency_zh = serializers.SerializerMethodField()
    agency_en = serializers.SerializerMethodField()
    outcomes = FilingOutcomeOut(many=True, read_only=True)

    class Meta:
        model = Filing
        fields = [
            "id", "agency", "agency_zh", "agency_en", "filed_on", "reference", "note", "receipt",
            "recorded_at", "outcomes",
        ]  # fmt: skip

    def get_agency_zh(self, row: Filing) -> str:
        """Its name in Chinese."""
        return agencies.agency(row.desk).name_zh

    def get_agency_en(self, row: Filing) -> str:
        """Its name in English."""
        return agencies.agency(row.desk).name_en


class FilingsOut(serializers.Serializer[Any]):
    """The filings of one complaint."""

    results = FilingOut(many=True)


class NextAgencyOut(serializers.Serializer[Any]):
    """An agency that may hear of it next."""

    agency = serializers.CharField()
    agency_zh = serializers.CharField()
    agency_en = serializers.CharField()


class DeadlineOut(serializers.Serializer[Any]):
    """One day that follows. Its words are `deadline-<alarm>`; passed, `deadline-<alarm>-passed`.

    `filing` is null where the day follows from the acts. `is_ours`: the person must act by then;
    otherwise somebody must have answered.
    """

    alarm = serializers.CharField()
    filing = serializers.UUIDField(allow_null=True)
    what_zh = serializers.CharField()
    what_en = serializers.CharField()
    counted_from = serializers.DateField()
    due_on = serializers.DateField()
    remind_on = serializers.DateField()
    is_ours = serializers.BooleanField()
    status = serializers.ChoiceField(choices=[one.value for one in Status])
    rule = serializers.CharField()
    rule_zh = serializers.CharField()
    rule_is_verified = serializers.BooleanField()
    next_agencies = NextAgencyOut(many=True)
    next_document = serializers.CharField(allow_blank=True)
    papers = serializers.ListField(child=serializers.CharField())


class NewSinceOut(serializers.Serializer[Any]):
    """What came after the last filing with the same agency."""

    filed_on = serializers.DateField()
    acts = serializers.IntegerField()
    exhibits = serializers.ListField(child=serializers.CharField())


class DeadlinesOut(serializers.Serializer[Any]):
    """The days that follow, open ones first. `new_since` is null before the first filing there."""

    today = serializers.DateField()
    results = DeadlineOut(many=True)
    new_since = NewSinceOut(allow_null=True)
