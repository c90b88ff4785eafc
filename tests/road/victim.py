"""A borrower with one thing of every kind, each of which others may want to see."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import ErasureRequest, User
from complaints.models import Complaint, Exhibit, Filing, Package, Redaction, WitnessLink
from complaints.stages import asking, drafting, filing, parting
from evidence import decisions
from evidence.custody import Actor
from evidence.models import (
    Case,
    EvidenceItem,
    Job,
    Record,
    ScreenRun,
    ScreenStrand,
    Segment,
    Tag,
)
from tests import make
from tests.complaints import witnessed
from tests.evidence.uploads.sender import Sender

MARKER = "再不还钱就去你单位闹，让你全家不得安宁，暗号七七四九"
NUMBER = "+8613700000001"
DOCUMENT = b"a document with the words of somebody else"


@dataclass(frozen=True)
class Victim:
    """What belongs to one person; `values` fills the parameters of any path with it."""

    person: User
    case: Case
    item: EvidenceItem
    tag: Tag
    record: Record
    complaint: Complaint
    exhibit: Exhibit
    package: Package
    redaction: Redaction
    sound: Redaction
    filing: Filing
    segment: Segment
    strand: ScreenStrand
    upload: Sender
    link: WitnessLink

    @property
    def values(self) -> dict[str, Any]:
        return {
            "case_id": self.case.pk,
            "item_id": self.item.pk,
            "tag_id": self.tag.pk,
            "record_id": self.record.pk,
            "complaint_id": self.complaint.pk,
            "package_id": self.package.pk,
            "redaction_id": self.redaction.pk,
            "sound_id": self.sound.pk,
            "filing_id": self.filing.pk,
            "segment_id": self.segment.pk,
            "strand_id": self.strand.pk,
            "upload_id": self.upload.address.strip("/").rpartition("/")[2],
            "job_id": Job.objects.values_list("pk", flat=True)[0],
            "name": "heat_strip",
            "number": NUMBER,
            "code": self.exhibit.code,
            "request_id": ErasureRequest.objects.get(user=self.person).pk,
            "purpose": "process_evidence",
            "link_id": self.link.pk,
            "object_id": self.person.pk,
            "content_type_id": 1,
        }

    def bodies(self, route: str) -> dict[str, Any]:
        """What the person's own phone would send there, so that nothing but the owner is wrong."""
        said = {"agency": "NFRA_LOCAL", "lender_type": "microloan_company"}
        return {
            "decisions/": [{"tag": str(self.tag.pk), "decision": "confirmed"}],
            "decision/": {"decision": "confirmed"},
            "tags/": {"kind": "THREAT", "start": 0, "end": 2},
            "numbers/<str:number>/": {"role": "collector"},
            "complaints/": said,
            "redactions/": {"boxes": [[0, 0, 1, 1]]},
            "form/": {"redaction": str(self.redaction.pk)},
            "exhibits/": {"item": str(self.item.pk), "group": "B", "purpose": "x"},
            "bind/": {"token": "a token of no link"},
            "erasure/": {"passphrase": make.PASSPHRASE},
            "outcomes/": {"outcome": "accepted", "on": "2026-11-23"},
            "filings/": {"filed_on": "2026-11-23", "reference": "x", "note": ""},
        }.get(_end_of(route), {})


def make_victim() -> Victim:
    """Everything made by the real doors and stages; three jobs are left open."""
    person = make.user()
    case = make.case(person, title=MARKER[:20])
    item = make.item(case, make.sms_export(MARKER), kind="message_export")
    make.go_the_road()
    tags = list(Tag.objects.filter(item=item))
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=person)
    complaint = drafting.finish(make.complaint(case, background=MARKER), actor=Actor.of(person))
    package = asking.ask(complaint, user=person)
    browser = make.signed_in(person)
    upload = Sender(browser, case, length=len(DOCUMENT), body=DOCUMENT[:5], sha256="")
    parting.ask(person, parting.Scope.CASE, case.pk, actor=Actor.of(person))
    record = tags[0].record
    exhibit = complaint.exhibits.all()[0]
    assert record is not None
    return Victim(
        person=person,
        case=case,
        item=item,
        tag=tags[0],
        record=record,
        complaint=complaint,
        exhibit=exhibit,
        package=package,
        redaction=redacted_copy(complaint, item, person),
        sound=covered_copy(complaint, item, person),
        filing=filed(complaint, person),
        segment=make.draft(item, MARKER)[0],
        strand=strand_of(record),
        upload=upload,
        link=witnessed.answered(case, said=MARKER)[0],
    )


def strand_of(record: Record) -> ScreenStrand:
    """A joined chat of one message, as its rows; what joins pictures has tests of its own."""
    run = ScreenRun.objects.create(
        case=record.case, engine_version="1", screens_sha256="0" * 64, created_at=timezone.now()
    )
    items, records = [str(record.reading.item_id)], [str(record.pk)]
    return ScreenStrand.objects.create(run=run, item_ids=items, record_ids=records)


def filed(complaint: Complaint, person: User) -> Filing:
    """A filing as the person tells it."""
    day, now = date(2026, 11, 20), timezone.now()
    return filing.record_filing(complaint, filed_on=day, actor=Actor.of(person), at=now)


def redacted_copy(complaint: Complaint, item: EvidenceItem, person: User) -> Redaction:
    """A redacted copy as its row and item; what makes one has tests of its own."""
    return _copy(complaint, item, person, make.screenshot(MARKER), boxes=[[0, 0, 1, 1]])


def covered_copy(complaint: Complaint, item: EvidenceItem, person: User) -> Redaction:
    """The same of a recording."""
    return _copy(complaint, item, person, MARKER.encode(), spans=[[0, 1]])


def _copy(
    complaint: Complaint, item: EvidenceItem, person: User, content: bytes, **cuts: Any
) -> Redaction:
    said: dict[str, Any] = {"origin": "redaction", "declaration": None, "parent": item}
    now = timezone.now()
    return Redaction.objects.create(
        complaint=complaint,
        reading=item.readings.get(),
        parent=item,
        asked_by=person,
        asked_at=now,
        item=make.item(complaint.case, content, **said),
        made_at=now,
        **cuts,
    )


def other_id() -> str:
    """An id that nothing has."""
    return str(uuid.uuid4())


def _end_of(route: str) -> str:
    for tail in ("numbers/<str:number>/", "decisions/", "decision/", "complaints/"):
        if route.endswith(tail):
            return tail
    return route.rstrip("/").rpartition("/")[2] + "/"
