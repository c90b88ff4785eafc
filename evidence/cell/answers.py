"""What a child answers: taken frame by frame, each one looked at, none of them believed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from evidence.cell import frames
from evidence.cell.confinement import MEASURES
from evidence.cell.frames import CellProtocolError
from evidence.media.picture_hash import PictureHash
from evidence.provenance.said import Fact, Found, read_credentials, read_found, unique

MAX_RECORDS = 500_000
MAX_LOOKED = 64 * 1024
MAX_EXCERPT = 1024 * 1024
MAX_SURVEY = 8 * 1024 * 1024
MAX_RECORD_BYTES = 4 * 1024 * 1024
MAX_KEPT_BYTES = 1 << 30  # of all records of one item, in the worker's memory
CODES = frozenset(
    {
        "reading_archive_bomb",
        "reading_archive_nested",
        "reading_damaged",
        "reading_encrypted",
        "reading_failed",
        "reading_over_limit",
        "reading_path_traversal",
        "reading_picture_bomb",
        "reading_refused",
        "reading_truncated_picture",
        "reading_unplayable",
        "reading_unsupported",
        "reading_xml_entities",
        "redaction_covers_whole",
        "redaction_place_empty",
        "redaction_place_outside",
        "redaction_removes_nothing",
        "redaction_too_many_places",
        "speech_engine_missing",
        "speech_failed",
    }
)
DERIVATIVES = {
    "page": "image/jpeg",
    "thumbnail": "image/jpeg",
    "waveform": "application/octet-stream",  # one byte 0..100 per part
    "playable": "audio/mp4",
}
REDACTED = "redacted"
SMALL = "small"
Takers = Mapping[bytes, Callable[[bytes], None]]  # by kind of frame
NO_TAKERS: Takers = {}
NOT_LOOKED = Found(facts=(Fact("unreadable", "yes"),))  # the child died before it could


@dataclass
class Parsed:
    """What the child said of the file.

    `records` are JSON objects as bytes, in file order; those at `left_out` were not chosen and
    must not be kept. With a `survey` there are none: somebody has to choose first.
    """

    format: str = "unknown"
    reader: str = ""
    reader_version: str = ""
    looked: Found = NOT_LOOKED
    records: list[bytes] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)  # indexes of `records`
    survey: dict[str, Any] | None = None  # as `readers.Survey.as_json`
    excerpt: dict[str, Any] | None = None  # as `readers.excerpt`
    hashed: PictureHash | None = None
    derived: dict[str, bytes] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    problem: str = ""  # a problem code; "" when all went well
    is_complete: bool = False  # the summary came: the reading is whole
    held: frozenset[str] = frozenset()  # the measures of `confinement` that the child says hold
    credentials: list[Fact] | None = None  # what came behind it; None when the child died of it
    wanted: frozenset[str] = frozenset(DERIVATIVES)  # the names of what it may derive


def listen(
    file: BinaryIO,
    size: int,
    out: BinaryIO,
    back: BinaryIO,
    parsed: Parsed,
    further: Takers = NO_TAKERS,
) -> None:
    """Answer and collect until the child has ended; behind the summary, credentials only.

    `further`: what takes the frames that only this kind of work sends.
    """
    records = _RecordTaker(parsed)
    takers: dict[bytes, Callable[[bytes], None]] = {
        frames.WANT: lambda payload: answer(file, size, payload, out),
        frames.HELD: lambda payload: _take_held(payload, parsed),
        frames.FORMAT: lambda payload: _take_format(payload, parsed),
        frames.LOOKED: lambda payload: _take_looked(payload, parsed),
        frames.RECORD: records.take,
        frames.LEFT_OUT: records.take_left_out,
        frames.SURVEY: lambda payload: _take_survey(payload, parsed),
        frames.EXCERPT: lambda payload: _take_excerpt(payload, parsed),
        frames.HASHED: lambda payload: _take_hash(payload, parsed),
        frames.DERIVED: lambda payload: _take_derived(payload, parsed),
        frames.PROBLEM: lambda payload: _take_problem(payload, parsed),
        **further,
    }
    while frame := frames.read(back):
        kind, payload = frame
        if kind == frames.SUMMARY:
            summary = json.loads(payload)
            if not isinstance(summary, dict):
                raise CellProtocolError("a summary that is none")
            parsed.summary = summary
            parsed.is_complete = True
            takers = {
                frames.WANT: takers[frames.WANT],
                frames.CREDENTIALS: lambda payload: _take_credentials(payload, parsed),
            }
            continue
        if kind not in takers:
            raise CellProtocolError("a frame of no kind")
        takers[kind](payload)


def answer(file: BinaryIO, size: int, payload: bytes, out: BinaryIO) -> None:
    """Give the child the bytes it asks for, of this file only."""
    if len(payload) != frames.ASK.size:
        raise CellProtocolError("a request of another length")
    offset, length = frames.ASK.unpack(payload)
    if length > frames.MAX_ASK or offset + length > size:
        raise CellProtocolError("a request beyond the file")
    file.seek(offset)
    frames.write(out, frames.BYTES, file.read(length))


def _take_held(payload: bytes, parsed: Parsed) -> None:
    parsed.held = frozenset(MEASURES).intersection(json.loads(payload))


def _take_format(payload: bytes, parsed: Parsed) -> None:
    said = json.loads(payload)
    parsed.format = str(said["format"])[:64]
    parsed.reader = str(said["reader"])[:64]
    parsed.reader_version = str(said["reader_version"])[:32]


def _take_looked(payload: bytes, parsed: Parsed) -> None:
    if len(payload) > MAX_LOOKED:
        raise CellProtocolError("more than a file says of its making")
    parsed.looked = read_found(json.loads(payload))


def _take_hash(payload: bytes, parsed: Parsed) -> None:
    """One hash of a picture; one whose cells do not fit raises ValueError."""
    if parsed.hashed is not None:
        raise CellProtocolError("a second hash")
    parsed.hashed = PictureHash(int.from_bytes(payload[:4], "big"), payload[4:])


def _take_credentials(payload: bytes, parsed: Parsed) -> None:
    if len(payload) > MAX_LOOKED or parsed.credentials is not None:
        raise CellProtocolError("more than a file says of its making")
    parsed.credentials = list(read_credentials(json.loads(payload)))


class _RecordTaker:
    """Keeps records until there are too many of them."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._bytes = 0

    def take(self, payload: bytes) -> None:
        self._bytes += len(payload)
        is_too_much = (
            len(payload) > MAX_RECORD_BYTES
            or len(self._parsed.records) >= MAX_RECORDS
            or self._bytes > MAX_KEPT_BYTES
        )
        if is_too_much:
            self._parsed.problem = "reading_over_limit"
            raise CellProtocolError("more records than are kept of one file")
        if not isinstance(json.loads(payload), dict):
            raise CellProtocolError("a record that is none")
        self._parsed.records.append(payload)

    def take_left_out(self, payload: bytes) -> None:
        self.take(payload)
        self._parsed.left_out.add(len(self._parsed.records) - 1)


def _take_survey(payload: bytes, parsed: Parsed) -> None:
    parsed.survey = _object(payload, MAX_SURVEY)


def _take_excerpt(payload: bytes, parsed: Parsed) -> None:
    parsed.excerpt = _object(payload, MAX_EXCERPT)


def _object(payload: bytes, most: int) -> dict[str, Any]:
    found = json.loads(payload)
    if len(payload) > most or not isinstance(found, dict):
        raise CellProtocolError("no answer to what was asked")
    return found


def _take_derived(payload: bytes, parsed: Parsed) -> None:
    head, _, content = payload.partition(b"\n")
    name = json.loads(head)["name"]
    if name not in parsed.wanted or name in parsed.derived or not content:
        raise CellProtocolError("a derivative that nobody asked for")
    parsed.derived[name] = content


def _take_problem(payload: bytes, parsed: Parsed) -> None:
    parsed.problem = code_of(payload)


def code_of(payload: bytes) -> str:
    """A problem code of ours, whatever the child says."""
    code = payload.decode("ascii", "replace")
    return code if code in CODES else "reading_failed"


def lay_credentials(parsed: Parsed) -> None:
    """Lay what the signed statement says beside the rest; a child that died of it, too."""
    if not parsed.is_complete:
        return
    told = parsed.credentials
    if told is None:
        told = [Fact("c2pa_state", "unread")]
    looked = parsed.looked
    parsed.looked = replace(looked, facts=unique([*looked.facts, *told]))
