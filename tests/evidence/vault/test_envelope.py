"""evidence/vault/envelope.py: sealing in one pass, and what is refused on opening."""

from __future__ import annotations

import hashlib
import io
import tracemalloc

import pytest

from evidence.vault import envelope
from evidence.vault.envelope import (
    EnvelopeDamagedError,
    EnvelopeHeaderError,
    EnvelopeTruncatedError,
    OverLimitError,
)
from tests.evidence.vault.conftest import FIRST, ITEM, KEY, PLAIN, plain_bytes, seal, unseal

SEGMENT = 1 << 18
THREE = FIRST + PLAIN + 1000  # three segments


def test_what_is_sealed_opens_again(size):
    assert unseal(seal(plain_bytes(size))) == plain_bytes(size)


def test_digest_and_size_are_of_the_plain_bytes(size):
    plain = plain_bytes(size)

    kept = envelope.seal_stream(
        io.BytesIO(plain), io.BytesIO(), data_key=KEY, associated_data=ITEM, max_bytes=size
    )

    assert (kept.sha256, kept.size) == (hashlib.sha256(plain).hexdigest(), size)


def test_the_size_of_an_envelope_is_known_beforehand(size):
    assert len(seal(plain_bytes(size))) == envelope.sealed_size(size)


def test_a_stream_that_gives_little_at_a_time_gives_the_same_plain_bytes(size):
    plain = plain_bytes(size)

    assert unseal(_sealed(_Trickle(plain))) == plain


def test_a_stream_that_can_only_read_is_taken_too(size):
    plain = plain_bytes(size)

    assert unseal(_sealed(_ReadOnly(plain))) == plain


def test_the_same_bytes_never_rest_alike():
    assert seal(b"same") != seal(b"same")


def test_no_plain_byte_is_left_in_the_envelope():
    marker = b"marker-of-plain-text"

    assert marker not in seal(marker * 20_000)


@pytest.mark.parametrize("limit", [0, 9, FIRST - 1, FIRST, FIRST + PLAIN])
def test_one_byte_too_many_is_refused(limit):
    with pytest.raises(OverLimitError) as refusal:
        envelope.seal_stream(
            io.BytesIO(bytes(limit + 1)),
            io.BytesIO(),
            data_key=KEY,
            associated_data=ITEM,
            max_bytes=limit,
        )

    assert refusal.value.max_bytes == limit


def test_memory_does_not_grow_with_the_file():
    def peak(segments: int) -> int:
        tracemalloc.start()
        envelope.seal_stream(
            _Zeros(segments * SEGMENT),
            _Nowhere(),
            data_key=KEY,
            associated_data=ITEM,
            max_bytes=1 << 40,
        )
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(40) < peak(4) + 4096


def test_a_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        seal(b"x", key=b"short")


@pytest.mark.parametrize("place", [1, 40, 41, SEGMENT - 1, SEGMENT, 2 * SEGMENT + 5, -1])
def test_a_flipped_bit_anywhere_is_refused(place):
    sealed = bytearray(seal(plain_bytes(THREE)))
    sealed[place] ^= 0x10

    with pytest.raises(EnvelopeDamagedError):
        unseal(bytes(sealed))


def test_damage_names_its_segment():
    sealed = bytearray(seal(plain_bytes(THREE)))
    sealed[SEGMENT + 7] ^= 1

    with pytest.raises(EnvelopeDamagedError) as refusal:
        unseal(bytes(sealed))

    assert refusal.value.segment == 1


def test_every_flipped_bit_of_a_short_envelope_is_refused():
    sealed = seal(b"short")

    for bit in range(8, 8 * len(sealed)):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << (bit % 8)
        with pytest.raises(EnvelopeDamagedError):
            unseal(bytes(flipped))


def test_a_first_byte_of_another_format_is_named():
    with pytest.raises(EnvelopeHeaderError):
        unseal(b"\x29" + seal(b"x")[1:])


@pytest.mark.parametrize("length", [0, 1, 39, 40, 55])
def test_a_cut_before_the_first_segment_ends_is_a_cut(length):
    with pytest.raises(EnvelopeTruncatedError):
        unseal(seal(b"")[:length])


@pytest.mark.parametrize("segments", [1, 2])
def test_a_cut_at_a_segments_edge_is_seen_on_opening(segments):
    with pytest.raises(EnvelopeTruncatedError):
        unseal(seal(plain_bytes(THREE))[: segments * SEGMENT])


@pytest.mark.parametrize("cut", [1, 16, 999])
def test_a_cut_within_a_segment_is_refused(cut):
    with pytest.raises((EnvelopeTruncatedError, EnvelopeDamagedError)):
        unseal(seal(plain_bytes(THREE))[:-cut])


def test_a_last_segment_that_holds_nothing_is_no_end():
    with pytest.raises(EnvelopeTruncatedError):
        unseal(seal(plain_bytes(THREE))[: 2 * SEGMENT + 16])


def test_bytes_after_the_end_are_refused():
    with pytest.raises(EnvelopeDamagedError):
        unseal(seal(plain_bytes(THREE)) + b"\x00")


def test_swapped_segments_are_refused():
    sealed = seal(plain_bytes(FIRST + 3 * PLAIN))
    second, third = sealed[SEGMENT : 2 * SEGMENT], sealed[2 * SEGMENT : 3 * SEGMENT]

    with pytest.raises(EnvelopeDamagedError):
        unseal(sealed[:SEGMENT] + third + second + sealed[3 * SEGMENT :])


def test_a_segment_of_another_envelope_is_refused():
    plain = plain_bytes(THREE)
    one, other = seal(plain), seal(plain)

    with pytest.raises(EnvelopeDamagedError):
        unseal(one[:SEGMENT] + other[SEGMENT : 2 * SEGMENT] + one[2 * SEGMENT :])


@pytest.mark.parametrize("wrong", [{"item": b"another item"}, {"key": bytes(32)}], ids=str)
def test_another_item_or_key_does_not_open_it(size, wrong):
    with pytest.raises(EnvelopeDamagedError) as refusal:
        unseal(seal(plain_bytes(size)), **wrong)

    assert refusal.value.segment == 0


def _sealed(src: io.RawIOBase) -> bytes:
    sealed = io.BytesIO()
    envelope.seal_stream(src, sealed, data_key=KEY, associated_data=ITEM, max_bytes=1 << 40)
    return sealed.getvalue()


class _Trickle(io.BytesIO):
    """Gives at most 70,001 bytes at a time, as a socket does."""

    def readinto(self, buffer) -> int:
        return super().readinto(memoryview(buffer)[:70_001])


class _ReadOnly:
    """A WSGI input: `read` and nothing else, and never all that was asked for."""

    def __init__(self, plain: bytes) -> None:
        self._rest = io.BytesIO(plain)

    def read(self, size: int) -> bytes:
        return self._rest.read(min(size, 65_537))


class _Zeros(io.RawIOBase):
    def __init__(self, size: int) -> None:
        self._left = size

    def readinto(self, buffer) -> int:
        given = min(len(buffer), self._left)
        self._left -= given
        return given


class _Nowhere(io.RawIOBase):
    def write(self, data) -> int:
        return len(data)
