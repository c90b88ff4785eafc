"""The acts that are killed, each on something fresh, and how the phone goes on afterwards."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evidence import jobs, tasks
from evidence.models import Case
from tests import make
from tests.evidence.uploads.sender import Sender
from tests.road.scene import MARKER, USERNAME

SEGMENT = 1 << 18


def nothing() -> None:
    """Nobody has to go on: the worker does."""


@dataclass
class Prepared:
    """One act, ready to be done in a process of its own."""

    act: Callable[[], None]
    go_on: Callable[[], None] = nothing


@dataclass
class Phone:
    """Sends invented files, each another, and remembers their digests."""

    chance: random.Random
    sent: list[str] = field(default_factory=list)

    def content(self, *, least: int, most: int) -> bytes:
        """A file of no known format in which the marker stands again and again."""
        text = f"{MARKER} {len(self.sent)}\n".encode()
        length = self.chance.randint(least, most)
        content = (text * (length // len(text) + 1))[:length]
        self.sent.append(hashlib.sha256(content).hexdigest())
        return content

    def form(self) -> Prepared:
        """A small file by the form; repeated until there is an answer."""
        content = self.content(least=200, most=3 * SEGMENT)
        browser = _browser()
        return Prepared(lambda: send(content, browser), lambda: send(content))

    def tus(self) -> Prepared:
        """The second half of a resumable upload, which completes it."""
        content = self.content(least=2000, most=3 * SEGMENT)
        first = self.chance.randint(0, len(content) - 1)
        body = content[:first] or None
        sender = Sender(_browser(), _case(), length=len(content), body=body)
        assert sender.begun.status_code == 201, sender.begun.content

        def finish() -> None:
            answer = sender.patch(first, content[first:])
            assert answer.status_code == 204, answer.content

        return Prepared(finish, lambda: _resume(sender, content))

    def seal(self) -> Prepared:
        """A worker seals what waits for it."""
        send(self.content(least=200, most=SEGMENT))
        return Prepared(lambda: jobs.work(tasks.SEAL, tasks.ROAD))

    def stamp(self) -> Prepared:
        """A worker fetches the outside TSA's stamps."""
        send(self.content(least=200, most=SEGMENT))
        jobs.work(tasks.SEAL, tasks.ROAD)
        return Prepared(lambda: jobs.work(tasks.STAMP, tasks.ROAD))

    def sequence(self) -> Prepared:
        """A worker takes events into the log and signs a checkpoint."""
        send(self.content(least=200, most=SEGMENT))

        def act() -> None:
            tasks.ask_for_log()
            jobs.work(tasks.SEQUENCE, tasks.ROAD)

        return Prepared(act)

    def stamp_checkpoint(self) -> Prepared:
        """A worker fetches the outside TSA's stamp over a new checkpoint."""
        send(self.content(least=200, most=SEGMENT))
        tasks.ask_for_log()
        jobs.work(tasks.SEQUENCE, tasks.ROAD)
        return Prepared(lambda: jobs.work(tasks.STAMP_CHECKPOINT, tasks.ROAD))


ACTS: dict[str, Callable[[Phone], Prepared]] = {
    "form": Phone.form,
    "tus": Phone.tus,
    "seal": Phone.seal,
    "sequence": Phone.sequence,
    "stamp": Phone.stamp,
    "stamp_checkpoint": Phone.stamp_checkpoint,
}


def send(content: bytes, browser: Client | None = None) -> None:
    """As a form, over HTTP."""
    said = {"case": _case().pk, "kind": "document", "source": "received"}
    form = {"file": SimpleUploadedFile("letter.bin", content), **said}
    answer = (browser or _browser()).post("/api/items/", form)
    assert answer.status_code == 201, answer.content


def _resume(sender: Sender, content: bytes) -> None:
    """Ask where it stands, send what is missing, fetch the receipt."""
    offset = sender.offset()
    if offset < len(content):
        answer = sender.patch(offset, content[offset:])
        assert answer.status_code == 204, answer.content
    answer = sender.receipt()
    assert answer.status_code == 200, answer.content
    assert answer.json()["sha256"] == hashlib.sha256(content).hexdigest()


def _case() -> Case:
    return Case.objects.get(borrower__username=USERNAME)


def _browser() -> Client:
    return make.signed_in(_case().borrower)
