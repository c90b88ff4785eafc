"""What the killed processes work on: invented files of one borrower, sent over HTTP."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from complaints.stages import asking, drafting
from evidence import decisions
from evidence.custody import Actor
from evidence.models import Case, Tag
from tests import make
from tests.evidence.uploads.sender import Sender

MARKER = "这一句不得以明文留在盘上"
USERNAME = "xiaohe"
LARGE = 700_000  # bytes: two whole segments and a tail


def set_up(*, cases: int) -> None:
    """A borrower, and so many cases with one export each."""
    borrower = make.user(username=USERNAME)
    for number in range(cases):
        case = make.case(borrower, title=f"样例 {number}")
        threat = f"再不还钱就去你单位闹，让你全家不得安宁 {MARKER} {number}"
        make.item(
            case, make.sms_export(threat, f"你欠的8000元已逾期 {number}"), kind="message_export"
        )


def small(number: int) -> bytes:
    """A short invented recording, another each time: what is derived of it goes to the vault."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes([number, 1, 40, 3]) * 8000)
    return out.getvalue()


def large(number: int) -> bytes:
    """A file of no known format in which the marker stands again and again."""
    text = f"{MARKER} {number}\n".encode()
    return (text * (LARGE // len(text) + 1))[:LARGE]


def send_small(content: bytes) -> None:
    """As a form; the phone repeats it until it has an answer."""
    case = _cases()[0]
    said = {"case": case.pk, "kind": "call_recording", "source": "own_call"}
    form = {"file": SimpleUploadedFile("call.wav", content), **said}
    answer = _browser().post("/api/items/", form)
    assert answer.status_code == 201, answer.content


@dataclass
class Sent:
    """An upload of which all bytes but the last are here."""

    sender: Sender

    def patch(self, content: bytes) -> None:
        self.sender.patch(len(content) - 1, content[-1:])

    def resume(self, content: bytes) -> None:
        """Ask where it stands, send what is missing, fetch the receipt."""
        offset = self.sender.offset()
        if offset < len(content):
            self.sender.patch(offset, content[offset:])
        answer = self.sender.receipt()
        assert answer.status_code == 200, answer.content


def begin_upload(content: bytes) -> Sent:
    sender = Sender(_browser(), _cases()[0], length=len(content), body=content[:-1])
    assert sender.begun.status_code == 201, sender.begun.content
    return Sent(sender)


def confirm_all() -> None:
    borrower = _borrower()
    tags = Tag.objects.filter(item__case__borrower=borrower, decisions__isnull=True)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)


def ask_for_packages(count: int) -> None:
    """One complaint each of the last cases, finished, its package asked for."""
    for case in _cases()[-count:]:
        complaint = drafting.finish(make.complaint(case), actor=Actor.of(case.borrower))
        asking.ask(complaint, user=case.borrower)


def _borrower() -> User:
    return User.objects.get(username=USERNAME)


def _cases() -> list[Case]:
    return list(Case.objects.filter(borrower=_borrower()).order_by("created_at"))


def _browser() -> Client:
    return make.signed_in(_borrower())
