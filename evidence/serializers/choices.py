"""What there is to choose from an export, the choice, and the report of how it was taken in."""

from __future__ import annotations

from datetime import date
from typing import Any

from rest_framework import serializers

from accounts.language import has_text, text
from evidence.choosing import MADE, NOT_NEEDED, WAITING, Wanted
from evidence.models import Choice, ExtractedFile, ImportReport, Reading
from evidence.models.choices import TRUNCATED

Shape = serializers.Serializer[object]
LONGEST_KEY = 1000  # characters: a place inside an export may be a long path


class NumberSeenOut(Shape):
    """One number of a conversation."""

    number = serializers.CharField()
    records = serializers.IntegerField()


class ConversationOut(Shape):
    """One conversation of an export: counts, times, one masked line."""

    key = serializers.CharField(help_text="names it in a choice")
    title = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    records = serializers.IntegerField()
    by_kind = serializers.DictField(child=serializers.IntegerField())
    numbers = NumberSeenOut(many=True)
    first_utc = serializers.DateTimeField(allow_null=True)
    last_utc = serializers.DateTimeField(allow_null=True)
    sample = serializers.CharField(allow_blank=True, help_text="one-time codes are masked")


class FileInsideOut(Shape):
    """A file inside an export."""

    key = serializers.CharField()
    name = serializers.CharField()
    format = serializers.CharField(allow_blank=True)
    size = serializers.IntegerField(allow_null=True)


class SurveyOut(Shape):
    """What an export holds. It is deleted when the choice is made."""

    records = serializers.IntegerField()
    conversations = ConversationOut(many=True)
    unlisted = serializers.IntegerField(help_text="records of conversations beyond the list")
    files = FileInsideOut(many=True)
    files_unlisted = serializers.IntegerField()


class ChosenOut(serializers.ModelSerializer[Choice]):
    """What was chosen last."""

    everything = serializers.BooleanField(source="is_everything")
    conversations = serializers.ListField(child=serializers.CharField())
    numbers = serializers.ListField(child=serializers.CharField())
    files = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Choice
        fields = [
            "everything", "conversations", "numbers", "files", "since", "until", "created_at"
        ]  # fmt: skip


class ExtractedOut(serializers.ModelSerializer[ExtractedFile]):
    """A file that was chosen to become an item; `id` is that item's, once it is here."""

    class Meta:
        model = ExtractedFile
        fields = ["id", "place", "problem"]


class ChoiceOut(Shape):
    """Where an item stands with its choice."""

    state = serializers.ChoiceField([NOT_NEEDED, WAITING, MADE])
    is_busy = serializers.BooleanField(help_text="a worker looks into the file or reads it")
    problem = serializers.CharField(allow_blank=True)
    chosen = ChosenOut(source="choice", allow_null=True)
    survey = SurveyOut(allow_null=True)
    extracted = ExtractedOut(many=True)


class ChoiceForm(Shape):
    """What is to be kept; the days are Beijing's, both included."""

    everything = serializers.BooleanField(default=False)
    conversations = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_KEY), default=list, max_length=5000
    )
    numbers = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_KEY), default=list, max_length=5000
    )
    files = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_KEY), default=list, max_length=5000
    )
    since = serializers.DateField(required=False, allow_null=True, default=None)
    until = serializers.DateField(required=False, allow_null=True, default=None)

    def validate(self, attrs: Any) -> Any:
        """A period that ends before it begins is a slip of the thumb."""
        since: date | None = attrs["since"]
        until: date | None = attrs["until"]
        if since is not None and until is not None and until < since:
            raise serializers.ValidationError({"until": "before since"})
        return attrs

    def wanted(self) -> Wanted:
        """As the door takes it."""
        said: dict[str, Any] = self.validated_data
        return Wanted(
            is_everything=said["everything"],
            conversations=said["conversations"],
            numbers=said["numbers"],
            files=said["files"],
            since=said["since"],
            until=said["until"],
        )


class WarningOut(Shape):
    """One kind of doubt, how often, and where first."""

    code = serializers.CharField()
    text = serializers.CharField(help_text="in the caller's language")
    count = serializers.IntegerField()
    first = serializers.JSONField(allow_null=True, help_text="a place: docs/formats/reading.md")


class DaysOut(Shape):
    """Days of Beijing between the first record and the last."""

    missing = serializers.IntegerField()
    gaps = serializers.ListField(
        child=serializers.ListField(child=serializers.DateField()),
        help_text="first and last day of each of the longest gaps",
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`with` is a word of Python's, so that field is added here."""
        return {"with": serializers.IntegerField(), **super().get_fields()}


class ReportOut(Shape):
    """How one file was taken in: of the chosen records, unless it says otherwise."""

    format = serializers.CharField()
    records = serializers.IntegerField()
    left_out = serializers.IntegerField(help_text="records of the file that were not chosen")
    records_in_all = serializers.IntegerField()
    announced = serializers.IntegerField(allow_null=True, help_text="by the exporter, in all")
    truncated = serializers.BooleanField(help_text="the exporter broke off, or counted otherwise")
    by_kind = serializers.DictField(child=serializers.IntegerField())
    by_direction = serializers.DictField(child=serializers.IntegerField())
    first_utc = serializers.DateTimeField(allow_null=True)
    last_utc = serializers.DateTimeField(allow_null=True)
    days = DaysOut()
    encoding = serializers.CharField(allow_null=True)
    warnings = WarningOut(many=True)


def report_json(report: ImportReport | None, reading: Reading, language: str) -> dict[str, Any]:
    """The value of `ReportOut`; a reading of before there were days has none missing."""
    told: dict[str, Any] = report.statement if report else {}
    warnings = told.get("warnings", [])
    records = told.get("records", 0)
    return {
        "format": reading.format,
        "records": records,
        "left_out": told.get("left_out", 0),
        "records_in_all": reading.record_count,
        "announced": told.get("announced"),
        "truncated": any(each["code"] in TRUNCATED for each in warnings),
        "by_kind": told.get("by_kind", {}),
        "by_direction": told.get("by_direction", {}),
        "first_utc": told.get("first_utc"),
        "last_utc": told.get("last_utc"),
        "days": told.get("days", {"with": 0, "missing": 0, "gaps": []}),
        "encoding": told.get("encoding"),
        "warnings": [{**each, "text": _words(each["code"], language)} for each in warnings],
    }


def _words(code: str, language: str) -> str:
    """Of a warning that an earlier edition gave and this one does not know: its code."""
    key = f"warning-{code}"
    return text(key, language) if has_text(key, language) else code


class CellOut(Shape):
    """One cell of a row."""

    name = serializers.CharField()
    value = serializers.CharField(allow_blank=True)


class PlaceOut(Shape):
    """The original where a record was read; which members there are hangs on `form`."""

    form = serializers.ChoiceField(["text", "row", "picture", "sound", "file", "none"])
    locator = serializers.JSONField(help_text="docs/formats/reading.md, Places")
    member = serializers.CharField(required=False, help_text="name inside an archive")
    text = serializers.CharField(required=False, allow_blank=True, help_text="as written there")
    is_cut = serializers.BooleanField(required=False)
    table = serializers.CharField(required=False)
    row = serializers.IntegerField(required=False)
    cells = CellOut(many=True, required=False)
    box = serializers.ListField(child=serializers.FloatField(), required=False)
    seconds = serializers.ListField(child=serializers.FloatField(), required=False)
