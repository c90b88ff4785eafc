"""What comes in and what goes out over HTTP; none of these writes rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from complaints.bundle import limits
from complaints.bundle.gaps import GapReason
from complaints.bundle.limits import Confidence, What
from complaints.models import Exhibit, Package
from complaints.preflight import Bounce


class ShortQuery(serializers.Serializer[Any]):
    """For which agency a short form is asked."""

    agency = serializers.CharField(max_length=32)


class PartsQuery(serializers.Serializer[Any]):
    """For which agency a package is cut; left out: the complaint's own."""

    agency = serializers.CharField(max_length=32, required=False)


class RoutingQuery(serializers.Serializer[Any]):
    """The question "who should hear this"; facts as the interview names them."""

    lender_type = serializers.CharField(max_length=48)
    severity = serializers.IntegerField(min_value=1, max_value=4, required=False)
    danger_now = serializers.BooleanField(required=False, default=False)


class ErasureOut(serializers.Serializer[Any]):
    """An erasure that was asked for. `held`: the law keeps it back beyond its day, and why."""

    id = serializers.UUIDField()
    scope = serializers.ChoiceField(choices=["item", "case", "account"])
    subject = serializers.UUIDField()
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=["waiting", "held", "begun"])
    held_reason = serializers.CharField(allow_blank=True)


class ErasuresOut(serializers.Serializer[Any]):
    """The erasures that wait."""

    results = ErasureOut(many=True)


class AddresseeOut(serializers.Serializer[Any]):
    """One proposed addressee with its reason and where to go."""

    agency = serializers.CharField()
    agency_zh = serializers.CharField()
    agency_en = serializers.CharField()
    document = serializers.CharField()
    document_id = serializers.CharField()
    depth = serializers.ChoiceField(choices=["full", "short", "pointer"])
    why_zh = serializers.CharField()
    why_en = serializers.CharField()
    rule = serializers.CharField()
    needs_legal_name = serializers.BooleanField()
    where = serializers.ListField(child=serializers.CharField())
    take = serializers.ListField(child=serializers.CharField())


class RoutingOut(serializers.Serializer[Any]):
    """The proposal for a case. With bodily danger now it holds the emergency line alone."""

    kinds = serializers.ListField(child=serializers.CharField())
    severity = serializers.IntegerField()
    severity_floor = serializers.IntegerField()
    severity_max = serializers.IntegerField()
    severity_reason_zh = serializers.CharField()
    severity_reason_en = serializers.CharField()
    addressees = AddresseeOut(many=True)


class LenderTypeOut(serializers.Serializer[Any]):
    """One lender type."""

    id = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()


class LenderTypesOut(serializers.Serializer[Any]):
    """The lender types and where a borrower finds the legal name."""

    results = LenderTypeOut(many=True)
    name_checklist_zh = serializers.ListField(child=serializers.CharField())
    name_checklist_en = serializers.ListField(child=serializers.CharField())


class AgencyOut(serializers.Serializer[Any]):
    """One agency of the catalogue."""

    id = serializers.CharField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    kind = serializers.CharField()
    depth = serializers.CharField()
    document_id = serializers.CharField()
    channels = serializers.ListField(child=serializers.CharField())
    materials = serializers.ListField(child=serializers.CharField())
    bounce_reasons = serializers.ListField(child=serializers.CharField())
    checked_on = serializers.DateField()


class AgenciesOut(serializers.Serializer[Any]):
    """The whole catalogue of agencies."""

    results = AgencyOut(many=True)


class NewComplaint(serializers.Serializer[Any]):
    """Turn a case towards one agency."""

    agency = serializers.CharField(max_length=32)
    lender_type = serializers.CharField(max_length=48)


class ComplaintChange(serializers.Serializer[Any]):
    """One step's answers; `severity` is the person's own, within its bounds (null: proposed)."""

    answers = serializers.DictField(required=False)
    severity = serializers.IntegerField(min_value=1, max_value=4, required=False, allow_null=True)


class ExhibitOut(serializers.ModelSerializer[Exhibit]):
    """A numbered exhibit."""

    number = serializers.CharField(source="code")
    item = serializers.UUIDField(source="item_id")
    records = serializers.IntegerField(source="record_count")
    redaction = serializers.UUIDField(source="redaction_id", allow_null=True)

    class Meta:
        model = Exhibit
        fields = ["number", "item", "form", "records", "gap_reason", "redaction", "purpose"]


class NewExhibit(serializers.Serializer[Any]):
    """An item that the person wants to hand over too."""

    item = serializers.UUIDField()
    group = serializers.ChoiceField(choices=Exhibit.Group.choices)
    purpose = serializers.CharField(max_length=500)


class ExhibitChange(serializers.Serializer[Any]):
    """Why the other records of an export are not handed over."""

    gap_reason = serializers.ChoiceField(choices=[str(reason) for reason in GapReason])


def _places(numbers: int) -> serializers.ListField:
    """Places of so many numbers each; what they mean is judged where they are removed."""
    return serializers.ListField(
        child=serializers.ListField(
            child=serializers.IntegerField(min_value=-(2**31), max_value=2**31 - 1),
            min_length=numbers,
            max_length=numbers,
        ),
        max_length=1000,
        required=False,
    )


class NewRedaction(serializers.Serializer[Any]):
    """What is to be removed of a picture or of a recording.

    `boxes`: `[left, top, width, height]` each, pixels of the upright picture. `spans`: `[from, to]`
    each, milliseconds of the decoded recording.
    """

    boxes = _places(4)
    spans = _places(2)


class ChosenForm(serializers.Serializer[Any]):
    """Which redacted copy is handed over; null: the item as it was received."""

    redaction = serializers.UUIDField(allow_null=True)


class PictureOut(serializers.Serializer[Any]):
    """The upright picture in which boxes are counted, in pixels."""

    width = serializers.IntegerField()
    height = serializers.IntegerField()


class RecordingOut(serializers.Serializer[Any]):
    """The decoded recording in which spans are counted, in milliseconds."""

    duration_ms = serializers.IntegerField()


class RedactionOut(serializers.Serializer[Any]):
    """One redacted copy: whether it is made, and what the person sees when it is."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=["making", "made", "failed"])
    problem = serializers.CharField(allow_blank=True)
    boxes = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    frames = serializers.IntegerField()
    item = serializers.UUIDField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True)
    size = serializers.IntegerField(allow_null=True)
    asked_at = serializers.DateTimeField()
    made_at = serializers.DateTimeField(allow_null=True)
    chosen = serializers.BooleanField()


class RedactionsOut(serializers.Serializer[Any]):
    """The copies of one exhibit, newest first; without picture and recording none can be made."""

    picture = PictureOut(allow_null=True)
    recording = RecordingOut(allow_null=True)
    results = RedactionOut(many=True)


class ReviewOut(serializers.Serializer[Any]):
    """What review said of the complaint as it stands."""

    open = serializers.BooleanField()
    approvals = serializers.IntegerField()
    is_approved = serializers.BooleanField()
    returned_note = serializers.CharField(allow_blank=True)


class ComplaintOut(serializers.Serializer[Any]):
    """One complaint as its borrower sees it; no severity while no confirmed act gives it one."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    file_number = serializers.CharField()
    agency = serializers.CharField()
    agency_zh = serializers.CharField()
    agency_en = serializers.CharField()
    document_id = serializers.CharField()
    depth = serializers.CharField()
    lender_type = serializers.CharField()
    severity = serializers.IntegerField(allow_null=True)
    severity_floor = serializers.IntegerField(allow_null=True)
    severity_max = serializers.IntegerField(allow_null=True)
    severity_reason_zh = serializers.CharField(allow_blank=True)
    severity_reason_en = serializers.CharField(allow_blank=True)
    answers = serializers.DictField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    state = serializers.ChoiceField(choices=["draft", "finished", "returned", "approved"])
    review = ReviewOut()
    exhibits = ExhibitOut(many=True)


class ComplaintsOut(serializers.Serializer[Any]):
    """All complaints of one case; there are few, so they are not paged."""

    results = ComplaintOut(many=True)


class InterviewPart(serializers.Serializer[Any]):
    """One question within an entry of a list."""

    id = serializers.CharField()
    kind = serializers.CharField()
    is_required = serializers.BooleanField(source="required")
    max_length = serializers.IntegerField()
    max_items = serializers.IntegerField()
    options = serializers.ListField(child=serializers.CharField())


class InterviewField(InterviewPart):
    """One question; its words are catalogue keys. `of`: what each entry of a list asks."""

    of = InterviewPart(many=True)


class InterviewStep(serializers.Serializer[Any]):
    """Questions that stand on one screen."""

    id = serializers.CharField()
    questions = InterviewField(many=True)


class InterviewOut(serializers.Serializer[Any]):
    """The questions of one document and the answers so far."""

    steps = InterviewStep(many=True)
    answers = serializers.DictField()


class DeskSaysOut(serializers.Serializer[Any]):
    """One line of a desk on what it sends back: in which rule, where read, on which day."""

    agency = serializers.CharField()
    agency_zh = serializers.CharField()
    agency_en = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()
    rule_zh = serializers.CharField(allow_blank=True)
    rule_en = serializers.CharField(allow_blank=True)
    read_in = serializers.CharField(source="source", allow_blank=True)
    checked_on = serializers.DateField()


class BounceOut(serializers.Serializer[Any]):
    """One reason why the desk would send it back; its words are `preflight-<code>`.

    `may_be_said`: the person's own word lets it go (`answers.goes_although`); `said` is that word.
    """

    code = serializers.CharField()
    is_blocking = serializers.BooleanField()
    may_be_said = serializers.BooleanField()
    said = serializers.CharField(allow_blank=True)
    about = serializers.ListField(child=serializers.CharField())
    desks = DeskSaysOut(many=True)


class LimitOut(serializers.Serializer[Any]):
    """One figure of what a desk takes: where it was read, of which time it is, how far trusted."""

    what = serializers.ChoiceField(choices=[str(what) for what in What])
    value = serializers.CharField()
    read_in = serializers.CharField(source="source")
    as_of = serializers.CharField()
    checked_on = serializers.DateField()
    confidence = serializers.ChoiceField(choices=[str(one) for one in Confidence])


class PreflightOut(serializers.Serializer[Any]):
    """The checks before completion, and what the desk takes. `unknown`: nobody has told us."""

    bounces = BounceOut(many=True)
    blocks = serializers.BooleanField()
    limits = LimitOut(many=True)
    unknown = serializers.ListField(
        child=serializers.ChoiceField(choices=[str(what) for what in What])
    )
    # The package of this case that can be cut into parts within the desk's limits, if there is one.
    parts_of = serializers.UUIDField(allow_null=True)

    @classmethod
    def of(
        cls, bounces: Sequence[Bounce], agency_id: str, *, package: Package | None = None
    ) -> PreflightOut:
        """What is answered for these reasons and this desk."""
        answer = {
            "parts_of": package and package.pk,
            "bounces": bounces,
            "blocks": any(one.is_blocking for one in bounces),
            "limits": limits.figures(agency_id),
            "unknown": limits.unknown(agency_id),
        }
        return cls(answer)


class MissedStampOut(serializers.Serializer[Any]):
    """An outside TSA that was asked for the signature's time-stamp and gave none that holds."""

    source = serializers.CharField()  # type: ignore[assignment]  # DRF has a field argument of this name
    why = serializers.CharField()


class PackageOut(serializers.Serializer[Any]):
    """One package: how far its building is, or where it can be had."""

    id = serializers.UUIDField()
    item = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=["building", "offered", "failed"])
    step = serializers.CharField(allow_blank=True)
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    verdict = serializers.CharField(allow_blank=True)
    problem = serializers.CharField(allow_blank=True)
    stamped_by = serializers.CharField(allow_blank=True)
    stamps_missed = MissedStampOut(many=True)
    size = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_null=True)
    document_sha256 = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()
    built_at = serializers.DateTimeField(allow_null=True)
    house_fingerprint = serializers.CharField()


class PackagesOut(serializers.Serializer[Any]):
    """The packages of one complaint, newest first."""

    results = PackageOut(many=True)
