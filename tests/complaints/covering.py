"""A complaint over one recorded call that people listened to, and covered copies of it."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from complaints import tasks
from complaints.models import Complaint, Exhibit, Redaction
from complaints.stages import redacting
from evidence import decisions, jobs
from evidence.custody import Actor
from evidence.models import EvidenceItem, Tag
from tests import make
from tests.samples.recordings import recording
from tests.samples.voices import voice

SECONDS = 14
FILE_NAME = "王经理_13700000001_20260301230100.wav"
# Lines of two seconds each: 0.0–1.5, 2.0–3.5, 4.0–5.5, 6.0–7.5
OPENING, NAMED, THREAT, CLOSING = (
    "你好，我处理你的借款",
    "你表妹李小花的电话我也有",
    "再不还钱就去你单位闹，让你全家不得安宁",
    "你单位领导的电话我已经有了，明天就打",
)
DRAFTED = "你表妹里小花的电话我也有"  # as an engine heard it, before a person did
SPAN = [2300, 3400]  # within the second line


def call(seconds: float = SECONDS) -> bytes:
    """A call that is never twice the same sound."""
    return recording(voice(seconds), container="wav", codec="pcm_s16le", title=FILE_NAME)


def call_complaint(borrower: User, content: bytes | None = None) -> Complaint:
    """A complaint over one call, every line heard and every act confirmed."""
    into = make.case(borrower)
    told = make.declaration(file_name=FILE_NAME, taken_at=timezone.now())
    kind = EvidenceItem.Kind.CALL_RECORDING
    item = make.item(into, content or call(), kind=kind, declaration=told)
    make.go_the_road()
    opening, named, threat, closing = make.draft(item, OPENING, DRAFTED, THREAT, CLOSING)
    for segment in (opening, threat, closing):
        make.heard(segment, borrower)
    make.heard(named, borrower, "corrected", words=NAMED)
    make.go_the_road()
    tags = Tag.objects.filter(item=item).shown()
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    return make.complaint(into)


def exhibit_of(complaint: Complaint) -> Exhibit:
    """The call as it is numbered."""
    rows = complaint.exhibits.select_related("item__declared", "redaction__item")
    return rows.get(item__kind=EvidenceItem.Kind.CALL_RECORDING)


def covered(complaint: Complaint, *spans: list[int]) -> Redaction:
    """The call without these spans: asked for, made, chosen."""
    borrower, exhibit = complaint.case.borrower, exhibit_of(complaint)
    row = redacting.ask(complaint, exhibit, spans=spans or [SPAN], user=borrower)
    jobs.work(redacting.STAGE, tasks.ROAD)
    row.refresh_from_db()
    redacting.choose(exhibit, row, actor=Actor.of(borrower))
    return row
