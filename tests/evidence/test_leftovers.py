"""evidence/leftovers.py: what no row names is found; what a row names is never touched."""

from __future__ import annotations

import io
import os
import time
import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from complaints.demo.files import recording_m4a
from evidence import leftovers
from evidence.custody import Actor, Subject
from evidence.models import EvidenceItem, Upload
from evidence.uploads import receiving
from evidence.vault import blobs, keys, shelf, store
from evidence.vault.store import Why
from tests import make
from tests.evidence.uploads.sender import CONTENT, Sender

NOW = timedelta(0)


def left_behind() -> str:
    """What a process leaves that is killed between its bytes and its rows."""
    return store.put(
        io.BytesIO(b"left"),
        object_id=uuid.uuid4(),
        data_key=keys.new_key(),
        max_bytes=10,
        why=Why(Subject.UPLOAD, uuid.uuid4(), Actor.system("somebody")),
    ).name


def make_older(vault) -> None:
    for path in vault.rglob("*"):
        os.utime(path, (time.time() - 3 * 24 * 3600,) * 2)


def test_an_envelope_without_a_row_is_found(case):
    name = left_behind()

    assert list(leftovers.find(older_than=NOW)) == [name]


def test_a_young_one_may_still_get_its_row(case):
    left_behind()

    assert list(leftovers.find()) == []


def test_an_empty_house_has_none(db, vault):
    assert list(leftovers.find(older_than=NOW)) == []


def test_what_an_item_or_a_derivative_names_is_none(case):
    make.item(case, recording_m4a(), kind="call_recording")
    make.go_the_road()
    item = EvidenceItem.objects.get()
    assert item.derivatives.exists()

    assert list(leftovers.find(older_than=NOW)) == []


def test_what_an_open_upload_will_become_is_none(borrower_browser, case):
    Sender(borrower_browser, case, body=CONTENT[:-1])
    upload = Upload.objects.get()
    part = receiving.part_of(upload)
    part.append(io.BytesIO(CONTENT[-1:]).read, lambda: None)
    part.seal()
    blobs.adopt(part.path, shelf.name_of(upload.becomes))  # and here the server was killed

    assert list(leftovers.find(older_than=NOW)) == []


@pytest.mark.parametrize("remove", [False, True])
def test_the_command_removes_when_it_is_told_to(case, vault, remove):
    name = left_behind()
    item = make.item(case)
    make_older(vault)
    out = StringIO()

    call_command("leftovers", remove=remove, stdout=out)

    assert name in out.getvalue()
    assert shelf.has(name) is not remove
    assert make.plain_bytes(item) == b"some bytes"
