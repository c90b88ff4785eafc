"""The end of an upload, where it becomes an item: what goes wrong there loses no byte."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError
from django.utils import timezone

from evidence import intake
from evidence.models import CustodyEvent, EvidenceItem, Upload
from evidence.uploads import leases, receiving, sweeping
from evidence.vault import blobs, shelf
from tests import make
from tests.evidence.uploads.sender import CONTENT, LENGTH, SHA256, Sender


class Meddled(FileSystemStorage):
    """A vault that lets something happen when it is first asked for a name."""

    meddle = staticmethod(lambda: None)

    def exists(self, name: str) -> bool:
        meddle, Meddled.meddle = Meddled.meddle, staticmethod(lambda: None)
        meddle()
        return super().exists(name)


@pytest.fixture
def meddled(settings, vault):
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {"BACKEND": f"{__name__}.Meddled", "OPTIONS": {"location": str(vault)}},
    }
    return Meddled


def test_a_lease_lost_while_completing_loses_no_byte(sender, meddled, monkeypatch):
    monkeypatch.setattr(leases, "RENEW_AFTER_S", -1)  # looks at its row each time
    sender.patch(0, CONTENT[:-1])
    meddled.meddle = lambda: Upload.objects.update(lease_token=uuid.uuid4())

    refused = sender.patch(LENGTH - 1, CONTENT[-1:])

    assert refused.json()["code"] == "upload_busy"
    assert not CustodyEvent.objects.filter(act="refused").exists()
    Upload.objects.update(lease_token=None, lease_until=None)
    assert sender.offset() == LENGTH
    assert sender.receipt().json()["sha256"] == SHA256


def test_two_connections_that_complete_at_once_make_one_item_with_its_bytes(sender, meddled):
    def the_other_is_faster():
        Upload.objects.update(lease_token=None, lease_until=None)  # ours has run out
        receiving.complete(Upload.objects.get())

    sender.patch(0, CONTENT[:-1])
    meddled.meddle = the_other_is_faster

    answer = sender.patch(LENGTH - 1, CONTENT[-1:])

    assert answer.status_code == 204
    item = EvidenceItem.objects.get()
    assert make.plain_bytes(item) == CONTENT
    assert not Upload.objects.get().is_duplicate


def test_an_upload_that_cannot_be_moved_into_the_vault_is_completed_later(sender, vault):
    vault.write_bytes(b"")  # a file where the folder should be: the disk is not there
    with pytest.raises(OSError, match=r"[Nn]ot a directory|File exists"):
        sender.patch(0, CONTENT)
    vault.unlink()

    assert sender.offset() == LENGTH
    assert make.plain_bytes(EvidenceItem.objects.get()) == CONTENT


def test_what_a_killed_server_left_of_an_expired_upload_leaves_the_vault(sender, vault):
    sender.patch(0, CONTENT[:-1])
    upload = Upload.objects.get()
    part = receiving.part_of(upload)
    part.append(io.BytesIO(CONTENT[-1:]).read, lambda: None)
    part.seal()
    blobs.adopt(part.path, shelf.name_of(upload.becomes))  # and here the server was killed
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=1))

    sweeping.sweep()

    assert [path for path in vault.rglob("*") if path.is_file()] == []


def test_the_same_id_twice_at_once_leaves_the_first_one_its_bytes(case, complainant):
    """Two packages that show the same chosen records make the same item."""
    same = {"case": case, "kind": "document", "actor": complainant, "origin": "redaction"}
    item_id = uuid.uuid4()
    first = intake.receive(io.BytesIO(b"records"), item_id=item_id, **same).item

    with pytest.raises(IntegrityError):
        intake.receive(io.BytesIO(b"records"), item_id=item_id, **same)

    assert make.plain_bytes(first) == b"records"


def test_parts_of_an_ended_upload_are_swept_and_those_of_an_open_one_stay(
    sender, borrower_browser, case, settings
):
    other = Sender(borrower_browser, case)
    other.patch(0, CONTENT[:300_000])
    sender.patch(0, CONTENT)
    ended = Upload.objects.get(item__isnull=False)
    forgotten = settings.UPLOADS_DIR / f"{ended.pk.hex}.tail"
    forgotten.write_bytes(b"its server was killed just before it dropped this")

    sweeping.sweep()

    assert not forgotten.exists()
    assert other.offset() == 300_000
