"""People and things by role, as small functions. All names are invented; no number is anyone's.

Each room adds makers for its own things below a line that names the room.
"""

from __future__ import annotations

import io
import itertools
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import Role, User
from complaints import tasks as complaint_tasks
from complaints.demo import answers
from complaints.models import Complaint, Redaction
from complaints.stages import drafting, redacting
from evidence import (
    cases,
    choosing,
    consents,
    decisions,
    intake,
    jobs,
    release,
    tasks,
    transcripts,
)
from evidence.choosing import Wanted
from evidence.custody import Actor
from evidence.intake import Declaration
from evidence.models import Case, Choice, EvidenceItem, Segment, SegmentDecision, Tag, Transcript
from tests.samples.recordings import recording, tone

PASSPHRASE = "seven quiet otters row home"
_numbers = itertools.count(1)

# --- accounts -----------------------------------------------------------------------------------


def user(role: Role | str = Role.BORROWER, *, username: str | None = None, **fields: Any) -> User:
    """A person of one role, with the suite's passphrase."""
    name = username or f"{role}-{next(_numbers)}"
    return User.objects.create_user(name, PASSPHRASE, role=role, **fields)


def signed_in(person: User, *, second_factor: bool | None = None, **client: Any) -> Client:
    """A browser in which the person is signed in; staff by a second factor unless told not to.

    The session is made the way allauth makes it: its records say how the person signed in.
    """
    browser = Client(**client)
    browser.force_login(person)
    records: list[dict[str, Any]] = [{"method": "password", "at": time.time()}]
    if person.is_staff if second_factor is None else second_factor:
        TotpDevice.of(person)
        records.append({"method": "mfa", "at": time.time(), "type": "totp"})
    session = browser.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return browser


@dataclass(frozen=True)
class TotpDevice:
    """The second factor of one person, as a telephone would hold it."""

    secret: str

    @classmethod
    def of(cls, person: User) -> TotpDevice:
        """Set up a second factor for the person."""
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(person, secret)
        return cls(secret)

    def code(self, *, at: float | None = None) -> str:
        """The six digits that the telephone shows now, or at a time."""
        counter = int(at if at is not None else time.time()) // 30
        return str(totp.format_hotp_value(totp.hotp_value(self.secret, counter)))


# --- evidence -----------------------------------------------------------------------------------


def case(borrower: User, *, title: str = "样例案件", agreed: bool = True) -> Case:
    """A case, and the consents that its borrower gave before the first upload."""
    if agreed:
        consents.give(borrower, consents.REQUIRED, version=consents.TEXT_VERSION)
    return cases.begin(borrower, title=title, actor=Actor.of(borrower))


def declaration(**fields: Any) -> Declaration:
    """What a person says of a file of their own."""
    return Declaration(**{"source": "received", "file_name": "sms-20260301.xml", **fields})


def item(into: Case, content: bytes = b"some bytes", **fields: Any) -> EvidenceItem:
    """An evidence item that came in by the door."""
    arguments = {
        "kind": EvidenceItem.Kind.OTHER,
        "actor": Actor.of(into.borrower),
        "declaration": declaration(),
        **fields,
    }
    return intake.receive(io.BytesIO(content), case=into, **arguments).item


def sms_export(*bodies: str) -> bytes:
    """An SMS Backup & Restore export: messages from one invented number, some by night."""
    texts = bodies or (
        "再不还钱，就让你全家都不得安宁，小心你孩子上学的路",
        "你欠的8000元已逾期，今天不处理就联系你单位和所有亲友",
        "你好，快递已放在门口",
    )
    rows = "".join(
        f'<sms protocol="0" address="+8613700000001" date="{1772377200000 + i * 60_000}" type="1" '
        f'subject="null" body="{text}" read="1" status="-1" contact_name="(Unknown)" />'
        for i, text in enumerate(texts)
    )
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    return f'{head}<smses count="{len(texts)}">{rows}</smses>'.encode()


def chosen(of: EvidenceItem, **wanted: Any) -> Choice:
    """The person's choice of an export, everything unless said otherwise; then the road."""
    borrower = of.case.borrower
    said = Wanted(**wanted or {"is_everything": True})
    choice = choosing.choose(of, said, by=borrower, actor=Actor.of(borrower))
    go_the_road()
    return choice


def go_the_road() -> None:
    """Do every job that is due, in this process, as a worker would."""
    _do_due_jobs()
    tasks.ask_for_log()  # the sweep does
    _do_due_jobs()


def _do_due_jobs() -> None:
    while due := jobs.ready(timezone.now()).filter(stage__in=tasks.ROAD).first():
        tasks.work(due.stage)


# --- complaints ---------------------------------------------------------------------------------


def confirmed_case(borrower: User) -> Case:
    """A case with one export that was sealed, read and tagged, every suggestion confirmed."""
    into = case(borrower)
    item(into, sms_export(), kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    go_the_road()
    confirm_all(into)
    return into


def confirm_all(of: Case) -> None:
    """Every suggestion of a case confirmed by its borrower."""
    tags = Tag.objects.filter(item__case=of)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=of.borrower)


def complaint(of: Case, agency: str = "PSB_STATION", **told: Any) -> Complaint:
    """A complaint that nothing blocks, with further answers."""
    actor = Actor.of(of.borrower)
    begun = drafting.begin(of, agency_id=agency, lender_type="microloan_company", actor=actor)
    although = [{"check": "number_not_tied", "why": "对方没有报机构名"}]
    told = {"goes_although": although, **told}
    return drafting.answer(begun, {**answers.BY_AGENCY[agency], **told}, actor=actor)


def shot_complaint(borrower: User, content: bytes, *, agency: str = "PSB_STATION") -> Complaint:
    """A complaint over an export and one screenshot that the person added, every act confirmed."""
    into = case(borrower)
    item(into, sms_export(), kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    told = declaration(file_name="wx-10000000101-secret.png", taken_at=timezone.now())
    kind = EvidenceItem.Kind.CHAT_SCREENSHOT
    shot = item(into, content, kind=kind, declaration=told)
    go_the_road()
    tags = Tag.objects.filter(item__case=into)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    begun = complaint(into, agency)
    actor = Actor.of(borrower)
    drafting.add_exhibit(begun, shot, group="B", purpose="聊天截图一张", actor=actor)
    return begun


def redacted(begun: Complaint, *boxes: list[int]) -> Redaction:
    """The complaint's screenshot without these boxes: asked for, made, chosen."""
    exhibit = begun.exhibits.get(item__kind=EvidenceItem.Kind.CHAT_SCREENSHOT)
    borrower = begun.case.borrower
    row = redacting.ask(begun, exhibit, boxes=boxes, user=borrower)
    jobs.work(redacting.STAGE, complaint_tasks.ROAD)
    row.refresh_from_db()
    redacting.choose(exhibit, row, actor=Actor.of(borrower))
    return row


def plain_bytes(item: EvidenceItem) -> bytes:
    """An item's bytes, out by the door."""
    with release.open_item(item, actor=Actor.system("test")) as file:
        return file.read()


def recorded_call(into: Case) -> EvidenceItem:
    """A call of 14 seconds from an invented number, sealed, read and tagged."""
    samples = np.concatenate([tone(6), tone(4, silent=(0, 4)), tone(4)])
    content = recording(samples, container="wav", codec="pcm_s16le")
    declared = declaration(file_name="20260301_230100.000+0800_in_+8613700000001.wav")
    brought = item(into, content, kind=EvidenceItem.Kind.CALL_RECORDING, declaration=declared)
    go_the_road()
    return brought


def draft(of: EvidenceItem, *texts: str) -> list[Segment]:
    """A machine's draft of a recording, as if an engine had claimed these words."""
    made = Transcript.objects.create(
        item=of,
        engine="openai_http",
        engine_version="1",
        model="none",
        language="zh",
        is_outside=False,
        duration_s=14,
        segment_count=len(texts),
        created_at=timezone.now(),
    )
    rows = (
        Segment(transcript=made, index=at, start_s=2.0 * at, end_s=2.0 * at + 1.5, text=text)
        for at, text in enumerate(texts)
    )
    return Segment.objects.bulk_create(rows)


def heard(segment: Segment, by: User, decision: str = "confirmed", **said: str) -> SegmentDecision:
    """Somebody plays the recording and decides on one segment."""
    release.open_item(segment.transcript.item, actor=Actor.of(by)).close()
    return transcripts.decide(segment, decision=decision, by=by, **{"speaker": "other", **said})


def screenshot(text: str = "PAY NOW OR ELSE") -> bytes:
    """An invented chat screenshot: one bubble of text on white."""
    picture = Image.new("RGB", (720, 600), "white")
    ImageDraw.Draw(picture).text((60, 120), text, fill="black", font_size=40)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
