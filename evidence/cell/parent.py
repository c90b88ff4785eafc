"""The parent: starts the child, feeds it the bytes it asks for, believes none of its answers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from evidence.cell import frames
from evidence.cell.frames import CellProtocolError
from evidence.provenance.said import Fact, Found, read_found

ROOT = Path(__file__).resolve().parent.parent.parent
BOOT = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); from evidence.cell.child import main; main()"
)
GRACE_S = 5
MAX_ASK = 1 << 22
MAX_RECORDS = 500_000
MAX_LOOKED = 64 * 1024
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
        "redaction_place_empty",
        "redaction_place_outside",
        "redaction_removes_nothing",
        "redaction_too_many_places",
    }
)
DERIVATIVES = {
    "page": "image/jpeg",
    "thumbnail": "image/jpeg",
    "waveform": "application/octet-stream",  # one byte 0..100 per part
    "playable": "audio/mp4",
}
REDACTED = "redacted"


NOT_LOOKED = Found(facts=(Fact("unreadable", "yes"),))  # the child died before it could


@dataclass(frozen=True)
class Limits:
    """What one child may use."""

    memory_bytes: int
    cpu_s: int
    timeout_s: int


@dataclass
class Parsed:
    """What the child said of the file. `records` are JSON objects as bytes, in file order."""

    format: str = "unknown"
    reader: str = ""
    reader_version: str = ""
    looked: Found = NOT_LOOKED
    records: list[bytes] = field(default_factory=list)
    derived: dict[str, bytes] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    problem: str = ""  # a problem code; "" when all went well
    is_complete: bool = False  # the child came to its end by itself
    wanted: frozenset[str] = frozenset(DERIVATIVES)  # the names of what it may derive


def parse(
    file: BinaryIO,
    *,
    size: int,
    name: str,
    limits: Limits,
    ocr: bool = True,
    tz: str,
    program: str = BOOT,
) -> Parsed:
    """Let a child parse one file, whatever the file is and whatever becomes of the child.

    Args:
        file: seekable plain bytes; read only where the child asks.
        size: bytes in `file`.
        name: the file name, a label: readers find number and time in it.
        limits: a child that passes one dies, and the problem says so.
        ocr: whether pictures are read for text.
        tz: zone of wall-clock times, an IANA name.
        program: Python that the child runs; tests give it worse ones than ours.
    """
    options = {
        "size": size,
        "name": name,
        "ocr": ocr,
        "tz": tz,
    }
    return _run(file, options, limits, Parsed(), program)


def redact(
    file: BinaryIO,
    *,
    size: int,
    cuts: Mapping[str, Any],
    limits: Limits,
    program: str = BOOT,
) -> Parsed:
    """Let a child make a redacted copy: `derived[REDACTED]`, with its measures in `summary`.

    Args:
        file: seekable plain bytes of the original.
        size: bytes in `file`.
        cuts: what is removed, as `child.redact` takes it.
        limits: as for `parse`.
        program: as for `parse`.
    """
    options = {"size": size, "redact": dict(cuts)}
    return _run(file, options, limits, Parsed(wanted=frozenset([REDACTED])), program)


def _run(
    file: BinaryIO, options: dict[str, Any], limits: Limits, parsed: Parsed, program: str
) -> Parsed:
    """Start a child, give it its options and hear it out."""
    size = int(options["size"])
    options |= {"memory_bytes": limits.memory_bytes, "cpu_s": limits.cpu_s}
    with _child(program, limits.timeout_s) as (child, out, back):
        try:
            frames.write(out, frames.OPTIONS, json.dumps(options).encode())
            _listen(file, size, out, back, parsed)
        except (CellProtocolError, BrokenPipeError, ValueError, LookupError, TypeError):
            parsed.problem = parsed.problem or "reading_failed"
    if not parsed.is_complete and not parsed.problem:
        parsed.problem = _why_it_died(child.returncode)
    return parsed


def _listen(file: BinaryIO, size: int, out: BinaryIO, back: BinaryIO, parsed: Parsed) -> None:
    """Answer and collect until the summary or the end."""
    takers: dict[bytes, Callable[[bytes], None]] = {
        frames.WANT: lambda payload: _answer(file, size, payload, out),
        frames.FORMAT: lambda payload: _take_format(payload, parsed),
        frames.LOOKED: lambda payload: _take_looked(payload, parsed),
        frames.RECORD: _RecordTaker(parsed).take,
        frames.DERIVED: lambda payload: _take_derived(payload, parsed),
        frames.PROBLEM: lambda payload: _take_problem(payload, parsed),
    }
    while frame := frames.read(back):
        kind, payload = frame
        if kind == frames.SUMMARY:
            summary = json.loads(payload)
            if not isinstance(summary, dict):
                raise CellProtocolError("a summary that is none")
            parsed.summary = summary
            parsed.is_complete = True
            return
        if kind not in takers:
            raise CellProtocolError("a frame of no kind")
        takers[kind](payload)


def _answer(file: BinaryIO, size: int, payload: bytes, out: BinaryIO) -> None:
    if len(payload) != frames.ASK.size:
        raise CellProtocolError("a request of another length")
    offset, length = frames.ASK.unpack(payload)
    if length > MAX_ASK or offset + length > size:
        raise CellProtocolError("a request beyond the file")
    file.seek(offset)
    frames.write(out, frames.BYTES, file.read(length))


def _take_format(payload: bytes, parsed: Parsed) -> None:
    said = json.loads(payload)
    parsed.format = str(said["format"])[:64]
    parsed.reader = str(said["reader"])[:64]
    parsed.reader_version = str(said["reader_version"])[:32]


def _take_looked(payload: bytes, parsed: Parsed) -> None:
    if len(payload) > MAX_LOOKED:
        raise CellProtocolError("more than a file says of its making")
    parsed.looked = read_found(json.loads(payload))


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


def _take_derived(payload: bytes, parsed: Parsed) -> None:
    head, _, content = payload.partition(b"\n")
    name = json.loads(head)["name"]
    if name not in parsed.wanted or name in parsed.derived or not content:
        raise CellProtocolError("a derivative that nobody asked for")
    parsed.derived[name] = content


def _take_problem(payload: bytes, parsed: Parsed) -> None:
    code = payload.decode("ascii", "replace")
    parsed.problem = code if code in CODES else "reading_failed"


def _why_it_died(status: int | None) -> str:
    """A processor or wall-clock limit kills by a signal that names it; the rest is a crash."""
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return "reading_over_limit"
    return "reading_failed"


@contextlib.contextmanager
def _child(
    program: str, timeout_s: int
) -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO, BinaryIO]]:
    """A child that is gone afterwards, at the latest after `timeout_s` seconds."""
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        # -I: no environment, no user site, no current folder on the path.
        [sys.executable, "-I", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "PATH": os.defpath},
        cwd="/",
        close_fds=True,
        start_new_session=True,
    )
    if child.stdin is None or child.stdout is None:
        raise CellProtocolError("no pipe")
    clock = threading.Timer(timeout_s, child.kill)
    clock.daemon = True
    clock.start()
    try:
        yield child, cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
    finally:
        # With both pipes closed a sound child ends at once; another one is ended.
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        child.stdout.close()
        try:
            child.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        clock.cancel()
