"""What must hold after any kill, looked at row by row and byte by byte, not by the code on trial.

`check_log` and `verify_items` are asked as well, as an operator would ask them.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta

from django.conf import settings
from django.core.management import CommandError, call_command

from evidence import leftovers
from evidence.errors import EvidenceError
from evidence.models import CustodyEvent, EvidenceItem, Job, LogLeaf, PendingLeaf, Upload
from evidence.vault import blobs, keyring
from evidence.vault.envelope import DecryptingReader
from tests.road.scene import MARKER

SOURCES = ["embedded", "stranger"]
LEAF = b"liuzheng/event/v1\n"  # docs/formats/custody-event.md


def violations(sent: list[str], *, stages: Collection[str]) -> Iterator[str]:
    """Every way in which rows and bytes differ from what was sent; all `stages` must be done."""
    items = list(EvidenceItem.objects.select_related("receipt", "key", "case"))
    yield from _as_sent(items, sent)
    received = _received()
    for item in items:
        yield from (f"item {item.pk}: {fault}" for fault in _faults(item, received))
    for subject in received.keys() - {str(item.pk) for item in items}:
        yield f"event `received` without its item {subject}"
    yield from _undone(stages)


def violations_around() -> Iterator[str]:
    """What lies on disk besides, and what the operator's commands say."""
    yield from _disk(list(EvidenceItem.objects.all()))
    for command in ("check_log", "verify_items"):
        yield from _asked(command)


def _as_sent(items: list[EvidenceItem], sent: list[str]) -> Iterator[str]:
    here, wanted = Counter(item.sha256 for item in items), Counter(sent)
    yield from (f"sent and not here: {digest}" for digest in wanted - here)
    yield from (f"twice or never sent: {digest}" for digest in here - wanted)


def _received() -> dict[str, list[bytes]]:
    """Item id to the bytes of its `received` events."""
    found: dict[str, list[bytes]] = {}
    rows = CustodyEvent.objects.filter(subject_type="item", act="received")
    for subject, raw in rows.values_list("subject_id", "raw"):
        found.setdefault(subject, []).append(bytes(raw))
    return found


def _faults(item: EvidenceItem, received: dict[str, list[bytes]]) -> Iterator[str]:
    raws = received.get(str(item.pk), [])
    if len(raws) != 1:
        yield f"{len(raws)} events `received`"
        return
    facts = json.loads(raws[0])["facts"]
    if (facts["sha256"], facts["size"]) != (item.sha256, item.size):
        yield "its event tells of other bytes"
    leaf = hashlib.sha256(LEAF + raws[0])
    if not hasattr(item, "receipt"):
        yield "no receipt"
    elif json.loads(bytes(item.receipt.raw))["event"] != leaf.hexdigest():
        yield "its receipt names another event"
    if not LogLeaf.objects.filter(data=leaf.digest()).exists():
        yield "the event that its receipt names is not in the log"
    if _plain_digest(item) != item.sha256:
        yield "its bytes in the vault are not those of its digest"
    sources = sorted(item.tokens.values_list("source", flat=True))
    if sources != SOURCES:
        yield f"stamped by {sources} instead of {SOURCES}"
    sealed = CustodyEvent.objects.filter(subject_id=str(item.pk), act="sealed").count()
    if sealed != len(SOURCES):
        yield f"{sealed} events `sealed`"


def _plain_digest(item: EvidenceItem) -> str:
    try:
        with blobs.open_sealed(item.vault_name) as file:
            plain = _reader(io.BytesIO(file.read()), keyring.item_key(item), item.pk).read()
    except (EvidenceError, FileNotFoundError, EvidenceItem.key.RelatedObjectDoesNotExist) as fault:
        return type(fault).__name__
    return hashlib.sha256(plain).hexdigest()


def _reader(file: io.BytesIO, key: bytes, object_id: object) -> DecryptingReader:
    binding = str(object_id).encode("ascii")
    return DecryptingReader(file, data_key=key, associated_data=binding)


def _undone(stages: Collection[str]) -> Iterator[str]:
    for job in Job.objects.open().filter(stage__in=stages) | Job.objects.parked():
        yield f"{job.stage} of {job.subject_id} open, last problem {job.last_problem!r}"
    for upload in Upload.objects.filter(item__isnull=True):
        yield f"upload {upload.pk} has no item"
    if waiting := PendingLeaf.objects.count():
        yield f"{waiting} events wait for the log"
    if CustodyEvent.objects.count() != LogLeaf.objects.count():
        yield "the log has not as many leaves as there are events"


def _disk(items: list[EvidenceItem]) -> Iterator[str]:
    """What lies in the vault, and what must lie nowhere."""
    named = {item.vault_name for item in items}
    extra = set(blobs.names()) - named
    if extra != set(leftovers.find(older_than=timedelta(0))):
        yield "`leftovers` names others than the envelopes that no row names"
    for name in extra:
        sealed = blobs.open_sealed(name).read()
        if any(_opens(sealed, item) for item in items):
            yield f"left over and readable: {name}"
    marker = MARKER.encode()
    for path in settings.VAR_DIR.rglob("*"):
        is_database = "sqlite3" in path.name  # what was read of items stands there
        if path.is_file() and not is_database and marker in path.read_bytes():
            yield f"in clear on disk: {path.relative_to(settings.VAR_DIR)}"


def _opens(sealed: bytes, item: EvidenceItem) -> bool:
    try:
        return bool(_reader(io.BytesIO(sealed), keyring.item_key(item), item.pk).read(1))
    except (EvidenceError, EvidenceItem.key.RelatedObjectDoesNotExist):
        return False


def _asked(command: str) -> Iterator[str]:
    said = io.StringIO()
    try:
        call_command(command, stdout=said)
    except CommandError as fault:
        yield f"{command}: {fault} ({said.getvalue()[-400:].strip()})"
