"""evidence/vault/reader.py: any place of an envelope, without reading the rest."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.vault.envelope import DecryptingReader, EnvelopeDamagedError, sealed_offset
from tests.evidence.vault.conftest import FIRST, ITEM, KEY, PLAIN, plain_bytes, seal

SEGMENT = 1 << 18
SIZE = FIRST + 3 * PLAIN + 77
WHOLE = plain_bytes(SIZE)
SEALED = seal(WHOLE)


def reader(sealed: bytes = SEALED) -> DecryptingReader:
    return DecryptingReader(io.BytesIO(sealed), data_key=KEY, associated_data=ITEM)


def test_it_knows_its_size_before_anything_is_read(size):
    assert reader(seal(plain_bytes(size))).size == size


@settings(max_examples=60, deadline=None)
@given(begin=st.integers(0, SIZE + 10), length=st.integers(0, SIZE))
def test_any_range_is_the_same_range_of_the_plain_bytes(begin, length):
    file = reader()

    file.seek(begin)

    assert file.read(length) == WHOLE[begin : begin + length]
    assert file.tell() == max(begin, min(begin + length, SIZE))


@pytest.mark.parametrize("edge", [0, FIRST, FIRST + PLAIN, SIZE])
def test_ranges_around_the_edges_of_segments_are_whole(edge):
    file = reader()

    file.seek(max(0, edge - 3))

    assert file.read(6) == WHOLE[max(0, edge - 3) : edge + 3 if edge else 6]


def test_it_seeks_from_the_end_and_from_where_it_stands():
    file = reader()

    assert file.seek(-10, io.SEEK_END) == SIZE - 10
    assert file.seek(4, io.SEEK_CUR) == SIZE - 6
    assert file.read() == WHOLE[-6:]


def test_a_place_before_the_beginning_is_refused():
    with pytest.raises(ValueError, match="before the beginning"):
        reader().seek(-1)


def test_lines_can_be_read_through_a_buffer():
    lines = b"".join(b"line %d\n" % n for n in range(60_000))

    assert list(io.BufferedReader(reader(seal(lines)))) == lines.splitlines(keepends=True)


def test_only_the_segments_asked_for_are_fetched():
    source = _Counting(SEALED)
    file = DecryptingReader(source, data_key=KEY, associated_data=ITEM)
    source.fetched.clear()

    file.seek(FIRST + 10)
    file.read(100)
    file.read(100)

    assert source.fetched == [(sealed_offset(1), SEGMENT)]


def test_damage_elsewhere_does_not_hinder_a_sound_segment():
    damaged = bytearray(SEALED)
    damaged[SEGMENT + 1] ^= 1
    file = reader(bytes(damaged))

    assert file.read(FIRST) == WHOLE[:FIRST]
    with pytest.raises(EnvelopeDamagedError):
        file.read(1)


def test_a_closed_reader_reads_no_more_and_leaves_its_source_open():
    source = io.BytesIO(SEALED)
    file = DecryptingReader(source, data_key=KEY, associated_data=ITEM)
    file.close()

    with pytest.raises(ValueError, match="closed"):
        file.read(1)
    assert not source.closed


class _Counting(io.BytesIO):
    """Remembers which ranges were read."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.fetched: list[tuple[int, int]] = []

    def read(self, size: int = -1) -> bytes:
        self.fetched.append((self.tell(), size))
        return super().read(size)
