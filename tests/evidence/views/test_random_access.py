"""A range of a long recording: only its segments are fetched and decrypted, through the real view.

The recording is a sparse envelope: the segments that are asked for and the last one are sealed,
all others are holes that do not decrypt. So an answer proves that no other segment was touched;
what was fetched is counted below every buffer, on the disk and in the store's own answers.
"""

from __future__ import annotations

import os
import random
import uuid
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from config.storages import configured
from evidence.models import EvidenceItem, ItemKey
from evidence.vault import keyring, keys
from evidence.vault.reader import DecryptingReader
from evidence.vault.segments import (
    HEADER_BYTES,
    PLAIN_BYTES,
    SEGMENT_BYTES,
    SegmentCipher,
    plain_capacity,
    plain_offset,
    sealed_offset,
    sealed_size,
)
from tests.evidence.vault.test_store import RCLONE, listens
from tests.fakes.counting_storage import CountingStorage
from tests.processes import free_port, running, until

SIZE = 500 * 1024 * 1024
MIDDLE = 1000  # a segment half-way
LAST = (SIZE + HEADER_BYTES) // PLAIN_BYTES
INSIDE = plain_offset(MIDDLE) + 1000
RANGES = {
    "one byte": (INSIDE, INSIDE, [MIDDLE]),
    "within one segment": (INSIDE, INSIDE + 99_999, [MIDDLE]),
    "up to a segment's last byte": (INSIDE, plain_offset(MIDDLE + 1) - 1, [MIDDLE]),
    "over an edge": (
        plain_offset(MIDDLE + 1) - 1,
        plain_offset(MIDDLE + 1),
        [MIDDLE, MIDDLE + 1],
    ),
    "three segments": (
        INSIDE,
        INSIDE + 2 * PLAIN_BYTES,
        [MIDDLE, MIDDLE + 1, MIDDLE + 2],
    ),
    "the first byte": (0, 0, [0]),
    "the end": (SIZE - 10, SIZE - 1, [LAST]),
}


def plain_of(segment: int, length: int) -> bytes:
    return random.Random(segment).randbytes(length)


def wanted(first: int, last: int, segments: list[int]) -> bytes:
    begin = plain_offset(segments[0])
    whole = b"".join(plain_of(each, length_of(each)) for each in segments)
    return whole[first - begin : last - begin + 1]


def length_of(segment: int) -> int:
    return SIZE - plain_offset(LAST) if segment == LAST else plain_capacity(segment)


def write_sparse(path: Path, *, item_id: uuid.UUID, data_key: bytes, segments: list[int]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cipher = SegmentCipher.fresh(data_key=data_key, associated_data=str(item_id).encode())
    with path.open("wb") as file:
        file.write(cipher.header)
        file.truncate(sealed_size(SIZE))
        for segment in {*segments, LAST}:
            plain = memoryview(plain_of(segment, length_of(segment)))
            out = memoryview(bytearray(len(plain) + 16))
            cipher.encrypt_into(plain, segment, last=segment == LAST, out=out)
            file.seek(sealed_offset(segment))
            file.write(out)


@pytest.fixture
def recording(case):
    """Makes the item's rows and lays its envelope into a folder."""

    def lay(folder: Path, segments: list[int]) -> EvidenceItem:
        item_id, data_key = uuid.uuid4(), keys.new_key()
        item = EvidenceItem.objects.create(
            id=item_id,
            case=case,
            kind=EvidenceItem.Kind.CALL_RECORDING,
            sha256="0" * 64,
            size=SIZE,
            vault_name=f"ab/{item_id.hex}",
            received_at=timezone.now(),
            uploader=case.borrower,
        )
        wrapped = keyring.wrap(data_key, case_id=case.pk, object_id=item_id)
        ItemKey.objects.create(item=item, wrapped=wrapped)
        path = folder / item.vault_name
        write_sparse(path, item_id=item_id, data_key=data_key, segments=segments)
        return item

    return lay


@pytest.fixture
def decrypted(monkeypatch) -> list[int]:
    """The segments that are decrypted, in order."""
    seen: list[int] = []
    real = DecryptingReader._try

    def counted(self, sealed, segment, *, last):
        seen.append(segment)
        return real(self, sealed, segment, last=last)

    monkeypatch.setattr(DecryptingReader, "_try", counted)
    return seen


def get(browser, item, first: int, last: int) -> tuple[int, bytes]:
    asked = {"Range": f"bytes={first}-{last}"}
    answer = browser.get(f"/api/items/{item.pk}/content/", headers=asked)
    return answer.status_code, b"".join(answer.streaming_content)


@pytest.mark.parametrize("what", RANGES)
def test_a_range_on_disk_reads_and_decrypts_its_segments_alone(
    borrower_browser, recording, decrypted, vault, settings, what
):
    place = {"BACKEND": "tests.fakes.counting_storage.CountingStorage"}
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {**place, "OPTIONS": {"location": str(vault)}},
    }
    first, last, segments = RANGES[what]
    item = recording(vault, segments)
    CountingStorage.read_bytes = 0

    status, body = get(borrower_browser, item, first, last)

    assert (status, body) == (206, wanted(first, last, segments))
    assert decrypted == [LAST, *(each for each in segments if each != LAST)]
    # Its segments, the last one, the header; a disk's buffer may add a block around each.
    most = HEADER_BYTES + len({*segments, LAST}) * (SEGMENT_BYTES + 2 * 8192)
    assert 0 < CountingStorage.read_bytes <= most


@pytest.fixture
def bucket(tmp_path, settings):
    """A real S3-compatible server over a folder; the folder of its bucket."""
    port = free_port()
    (tmp_path / "store" / "liuzheng-long").mkdir(parents=True)
    words = ["serve", "s3", "--auth-key", "test-access,test-secret", "--addr"]
    command = [str(RCLONE), *words, f"127.0.0.1:{port}", str(tmp_path / "store")]
    where = configured(
        Path("unused"),
        bucket="liuzheng-long",
        endpoint=f"http://127.0.0.1:{port}",
        region="us-east-1",
        access_key="test-access",
        secret_key="test-secret",
    )["vault"]
    with running(command, cwd=tmp_path, env=dict(os.environ)):
        until(lambda: listens(port), within_s=20)
        settings.STORAGES = {**settings.STORAGES, "vault": where}
        yield tmp_path / "store" / "liuzheng-long"


@pytest.mark.parametrize("what", RANGES)
def test_a_range_in_a_bucket_fetches_and_decrypts_its_segments_alone(
    borrower_browser, recording, decrypted, bucket, vault, what
):
    first, last, segments = RANGES[what]
    item = recording(bucket, segments)
    fetched: list[int] = []
    storages["vault"].connection.meta.client.meta.events.register(
        "after-call.s3.GetObject", lambda parsed, **_: fetched.append(parsed["ContentLength"])
    )

    status, body = get(borrower_browser, item, first, last)

    assert (status, body) == (206, wanted(first, last, segments))
    assert decrypted == [LAST, *(each for each in segments if each != LAST)]
    # What is read on in order is fetched ahead, twice as much each time at most.
    most = HEADER_BYTES + (2 * len(segments) + 1) * SEGMENT_BYTES
    assert 0 < sum(fetched) <= most
