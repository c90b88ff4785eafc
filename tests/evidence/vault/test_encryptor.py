"""evidence/vault/encryptor.py: bytes in pieces, and going on after a restart."""

from __future__ import annotations

import hashlib
import io
import random

import pytest

from evidence.vault import envelope
from evidence.vault.envelope import Encryptor, FinishedError, TailDamagedError
from tests.evidence.vault.conftest import FIRST, ITEM, KEY, PLAIN, plain_bytes, unseal

NAMES = {"data_key": KEY, "associated_data": ITEM}


def pieces(plain: bytes, seed: int) -> list[bytes]:
    choice, rest = random.Random(seed), plain
    cut: list[bytes] = []
    while rest:
        length = choice.choice([1, 100, 65_536, FIRST, PLAIN, 400_000])
        cut.append(rest[:length])
        rest = rest[length:]
    return cut


@pytest.mark.parametrize("seed", range(3))
def test_any_pieces_make_an_envelope_that_opens(size, seed):
    plain, blob = plain_bytes(size), io.BytesIO()
    encryptor = Encryptor(blob, **NAMES)

    for piece in pieces(plain, seed):
        encryptor.write(piece)
    encryptor.finish()

    assert unseal(blob.getvalue()) == plain
    assert encryptor.size == size
    assert encryptor.sha256 == hashlib.sha256(plain).hexdigest()


@pytest.mark.parametrize("seed", range(4))
def test_it_goes_on_after_a_restart_at_every_piece(size, seed):
    """At each step only the blob and the encrypted tail survive, as after kill -9."""
    plain, blob = plain_bytes(size), io.BytesIO()
    first = Encryptor(blob, **NAMES)
    rested = rest(first)

    for piece in pieces(plain, seed):
        resumed = resume(blob, rested)
        resumed.write(piece)
        rested = rest(resumed)
    last = resume(blob, rested)
    last.finish()

    assert unseal(blob.getvalue()) == plain
    assert last.size == size
    assert last.sha256 is None  # unknown after a restart, and said so


def test_a_tail_rested_before_its_segment_was_written_is_stale():
    """The crash came after the segment and before the new tail: the blob is right."""
    plain, blob = plain_bytes(FIRST + 500), io.BytesIO()
    encryptor = Encryptor(blob, **NAMES)
    encryptor.write(plain[:1000])
    stale = rest(encryptor)
    encryptor.write(plain[1000:])

    resumed = resume(blob, stale)

    assert (resumed.segments, resumed.size) == (1, FIRST)
    resumed.write(plain[FIRST:])
    resumed.finish()
    assert unseal(blob.getvalue()) == plain


def test_a_torn_segment_is_cut_off():
    plain, blob = plain_bytes(FIRST + 10), io.BytesIO()
    encryptor = Encryptor(blob, **NAMES)
    encryptor.write(plain[:FIRST])
    rested = rest(encryptor)
    blob.write(b"half of a segment")

    resumed = resume(blob, rested)
    resumed.write(plain[FIRST:])
    resumed.finish()

    assert unseal(blob.getvalue()) == plain


def rest(encryptor: Encryptor) -> bytes:
    return envelope.seal_tail(encryptor.tail(), segment=encryptor.segments, **NAMES)


def resume(blob: io.BytesIO, rested: bytes) -> Encryptor:
    """What the upload's door does on every request."""
    segments = envelope.whole_segments(len(blob.getvalue()))
    blob.truncate(envelope.sealed_offset(segments))
    blob.seek(0, io.SEEK_END)
    segment, tail = envelope.open_tail(rested, **NAMES)
    return Encryptor.resume(
        blob,
        header=blob.getvalue()[: envelope.HEADER_BYTES],
        segments=segments,
        tail=tail if segment == segments else b"",
        **NAMES,
    )


def test_nothing_can_be_added_after_the_end():
    encryptor = Encryptor(io.BytesIO(), **NAMES)
    encryptor.finish()

    with pytest.raises(FinishedError):
        encryptor.write(b"more")
    with pytest.raises(FinishedError):
        encryptor.finish()


def test_a_tail_longer_than_its_segment_is_refused():
    with pytest.raises(ValueError, match="longer"):
        Encryptor.resume(
            io.BytesIO(), header=b"\x28" + bytes(39), segments=0, tail=bytes(FIRST + 1), **NAMES
        )


def test_a_rested_tail_shows_nothing_of_its_bytes():
    tail = b"plain tail of an upload"

    assert tail not in envelope.seal_tail(tail, segment=3, **NAMES)


def test_a_rested_tail_opens_with_its_segment():
    rested = envelope.seal_tail(b"tail", segment=3, **NAMES)

    assert envelope.open_tail(rested, **NAMES) == (3, b"tail")


@pytest.mark.parametrize("place", [0, 7, 8, 20, -1])
def test_a_changed_tail_is_refused(place):
    rested = bytearray(envelope.seal_tail(b"tail", segment=3, **NAMES))
    rested[place] ^= 1

    with pytest.raises(TailDamagedError):
        envelope.open_tail(bytes(rested), **NAMES)


@pytest.mark.parametrize("length", [0, 19, 35])
def test_a_cut_tail_is_refused(length):
    with pytest.raises(TailDamagedError):
        envelope.open_tail(envelope.seal_tail(b"", segment=0, **NAMES)[:length], **NAMES)


def test_another_items_tail_is_refused():
    rested = envelope.seal_tail(b"tail", segment=3, **NAMES)

    with pytest.raises(TailDamagedError):
        envelope.open_tail(rested, data_key=KEY, associated_data=b"another item")
