"""evidence/provenance: whatever the bytes, facts or `unreadable`; soon, and in little memory."""

from __future__ import annotations

import io
import json
import random
import struct
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accounts.language import text
from evidence.provenance import Claim, Fact, Found, look, moments, state, wording
from evidence.provenance.said import NotAFindingError, read_found, read_statement
from evidence.readers import sniff
from tests.evidence.provenance import files
from tests.evidence.provenance.test_compare import ARRIVED
from tests.samples.pictures import encoded, gradient

SAMPLES = {
    "jpeg": files.jpeg((80, 60), place=True, software="Snapseed"),
    "jpeg_xmp": encoded(gradient(80, 60), "JPEG", xmp=files.xmp()),
    "png": files.png((80, 60), files.png_time(2026, 3, 4, 4, 33, 1), Software="x"),
    "webp": encoded(gradient(80, 60), "WEBP", exif=files.exif()),
    "heic": files.heic(),
    "avif": encoded(gradient(80, 60), "AVIF", exif=files.exif()),
    "mp4": files.mp4(files.android_keys(), files.box(b"udta", files.box(b"\xa9too", b"\0\1\0\0x"))),
    "m4a": files.m4a(creation_time="2026-03-04T04:33:01Z"),
    "wav": files.wav(files.chunk(b"LIST", b"INFO" + files.chunk(b"ISFT", b"x")), files.broadcast()),
    "mp3": files.id3(TDRC="2026-03-04", TSSE="LAME"),
    "pdf": files.pdf(CreationDate="D:20260304123301+08'00'", Producer="x"),
    "zip": files.packed((2026, 3, 4, 12, 33, 2)),
    "export": files.backup(),
    "sqlite": files.sqlite(),
}
EACH = 60  # mutants of each sample: 840 in all


class Counted(io.BytesIO):
    """Remembers the greatest single read."""

    most = 0

    def read(self, size: int | None = -1) -> bytes:
        got = super().read(size)
        self.most = max(self.most, len(got))
        return got


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece moved, doubled or cut away."""
    made = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made))
        made[at] = chance.choice((0, 0xFF, 0x7F, 0x80, chance.randrange(256)))
    if chance.random() < 0.3:
        a, b = sorted(chance.randrange(len(made)) for _ in range(2))
        made[a:a] = made[a:b][:4096]
    if chance.random() < 0.3:
        del made[chance.randrange(1, len(made)) :]
    return bytes(made)


@pytest.mark.parametrize("kind", SAMPLES)
def test_damaged_files_give_facts_that_are_facts_or_unreadable(kind):
    chance = random.Random(f"provenance {kind}")
    before = sniff(io.BytesIO(SAMPLES[kind]))
    for _ in range(EACH):
        raw = mutated(SAMPLES[kind], chance)
        began = time.monotonic()
        found = look(io.BytesIO(raw), before)  # as if the head had still been sniffed

        assert read_found(json.loads(json.dumps(found.as_json()))) == found
        told = state(Claim(received_at=ARRIVED, file_name="IMG_20260304_123301.jpg"), found)
        assert read_statement(json.loads(json.dumps(told.as_json(engine="1")))) == told
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("raw", "format_id"),
    [
        (b"\xff\xd8" + b"\xff\xfe\x00\x02" * 100_000, "jpeg"),
        (b"\xff\xd8" + b"\xff" * 3_000_000, "jpeg"),
        (b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s4x", 0, b"tEXt") * 100_000, "png"),
        (b"RIFF\0\0\0\0WAVE" + b"junk\0\0\0\0" * 100_000, "wav"),
        (b"RIFF\0\0\0\0WEBP" + b"junk\0\0\0\0" * 100_000, "webp"),
        (files.box(b"moov", files.box(b"free") * 100_000), "mp4"),
        (struct.pack(">I4s", 900_000, b"moov") + struct.pack(">I4s", 8, b"udta") * 100_000, "mp4"),
        (b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 65_000, 65_000, 2**31, 0, 0), "zip"),
    ],
)
def test_a_file_made_of_endless_little_blocks_is_given_up_soon(raw, format_id):
    file = Counted(raw)
    began = time.monotonic()

    assert "unreadable" in {fact.code for fact in look(file, format_id).facts}
    assert time.monotonic() - began < 2
    assert file.most <= 256 * 1024


def test_a_packed_text_is_unpacked_only_so_far():
    import zlib

    bomb = zlib.compress(bytes(50_000_000))
    body = b"zTXtComment\0\0" + bomb
    raw = files.png((80, 60), struct.pack(">I", len(body) - 4) + body + bytes(4))

    assert "picture_size" in files.looked(raw)


def test_a_text_of_control_characters_and_great_length_comes_out_as_a_line():
    facts = files.looked(files.png((80, 60), Software="a\x1b[31m\n\u202eb" + "c" * 5000))

    assert facts["software"].text.startswith("a [31m b")
    assert len(facts["software"].text) == 120


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"format": "jpeg", "facts": [], "length_s": -1},
        {"format": "jpeg", "facts": [], "length_s": True},
        {"format": "jpeg", "facts": [{}] * 100, "length_s": 0},
        {"format": "jpeg", "facts": [{"code": "received", "text": "x", "time": None}],
         "length_s": 0},
        {"format": "jpeg", "facts": [{"code": "software", "text": "a\nb", "time": None}],
         "length_s": 0},
        {"format": "jpeg", "facts": [{"code": "exif_taken", "text": "", "time": {
            "written": "2026-13-45T99:00:00", "zone": "", "state": "given"}}], "length_s": 0},
        {"format": "jpeg", "facts": [{"code": "exif_taken", "text": "", "time": {
            "written": "2026-03-04T00:00:00", "zone": "+99:99", "state": "given"}}],
         "length_s": 0},
        {"format": "jpeg", "facts": [{"code": "exif_taken", "text": "2026", "time": None}],
         "length_s": 0},
    ],
)  # fmt: skip
def test_a_cell_that_was_taken_over_is_not_believed(value):
    with pytest.raises(NotAFindingError):
        read_found(value)


@given(
    raw=st.one_of(
        st.from_regex(
            r"(D:)?[0-9]{4}[-:]?[0-9]{2}[-:]?[0-9]{2}[T ]?[0-9]{2}:?[0-9]{2}:?[0-9]{2}"
            r"(Z|[+-][0-9]{2}[:']?[0-9]{2}'?)?",
            fullmatch=True,
        ),
        st.text(max_size=40),
    ),
    number=st.integers(0, 2**64 - 1),
    claimed=st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-14))])),
)
@example(raw="9999:12:31 20:00:00", number=2**38, claimed=datetime.max.replace(tzinfo=UTC))
@example(raw="0005:01:02 00:00:00-14:00", number=1, claimed=datetime.min.replace(tzinfo=UTC))
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
def test_any_date_can_be_compared_and_said(raw, number, claimed):
    found = [moments.written(raw), moments.written(raw, offset="-14:00"), moments.pdf(raw),
             moments.seconds(number, since=moments.MAC_EPOCH)]  # fmt: skip
    codes = ("exif_taken", "exif_changed", "pdf_created", "container_created")
    facts = tuple(Fact(c, time=m) for c, m in zip(codes, found, strict=True) if m is not None)
    claim = Claim(received_at=ARRIVED, file_name=raw, modified_at=claimed, captured_at=claimed)

    told = state(claim, Found("jpeg", facts))

    assert read_statement(json.loads(json.dumps(told.as_json(engine="1")))) == told
    assert list(wording.facts(told, text))
    assert list(wording.notes(told, text))


def test_an_unknown_format_has_no_facts():
    assert look(io.BytesIO(b"x" * 100), "unknown") == Found("unknown")
