"""The parent: starts the child, feeds it the bytes it asks for, believes none of its answers."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from evidence.cell import frames
from evidence.cell.answers import (
    NO_TAKERS,
    REDACTED,
    SMALL,
    Parsed,
    Takers,
    lay_credentials,
    listen,
)
from evidence.cell.frames import CellProtocolError

ROOT = Path(__file__).resolve().parent.parent.parent
BOOT = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); from evidence.cell.child import main; main()"
)
GRACE_S = 5
Survey = Literal["", "if_needed", "only"]


@dataclass(frozen=True)
class Limits:
    """What one child may use."""

    memory_bytes: int
    cpu_s: int
    timeout_s: int


def parse(
    file: BinaryIO,
    *,
    size: int,
    name: str,
    limits: Limits,
    ocr: bool = True,
    tz: str,
    choice: Mapping[str, Any] | None = None,
    survey: Survey = "",
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
        choice: which records are kept, as `readers.Choice.as_json`; None: all.
        survey: whether the child says first what there is to choose from: never, where somebody
            has to choose, or instead of reading.
        program: Python that the child runs; tests give it worse ones than ours.
    """
    options = {
        "size": size,
        "name": name,
        "ocr": ocr,
        "tz": tz,
        "choice": None if choice is None else dict(choice),
        "survey": survey,
    }
    parsed = run(file, options, limits, Parsed(), program)
    lay_credentials(parsed)
    return parsed


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
    return run(file, options, limits, Parsed(wanted=frozenset([REDACTED])), program)


def is_covered(
    file: BinaryIO,
    *,
    size: int,
    spans: Sequence[Sequence[int]],
    limits: Limits,
    program: str = BOOT,
) -> bool:
    """Let another child than the one that made a copy say whether its spans are covered.

    Args:
        file: plain bytes of the copy.
        size: bytes in `file`.
        spans: as they were asked for.
        limits: as for `parse`.
        program: as for `parse`.
    """
    options = {"size": size, "check_cover": [list(span) for span in spans]}
    told = run(file, options, limits, Parsed(wanted=frozenset()), program)
    return not told.problem and told.summary.get("is_covered") is True


def shrink(
    file: BinaryIO,
    *,
    size: int,
    most_bytes: int,
    limits: Limits,
    program: str = BOOT,
) -> Parsed:
    """Let a child make a smaller listening copy: `derived[SMALL]`, its bit rate in `summary`.

    Args:
        file: seekable plain bytes of a listening copy.
        size: bytes in `file`.
        most_bytes: at most, the smaller copy.
        limits: as for `parse`.
        program: as for `parse`.
    """
    options = {"size": size, "shrink": {"most_bytes": most_bytes}}
    return run(file, options, limits, Parsed(wanted=frozenset([SMALL])), program)


def excerpt(
    file: BinaryIO,
    *,
    size: int,
    place: Mapping[str, Any],
    lines: int,
    encoding: str | None,
    limits: Limits,
    program: str = BOOT,
) -> Parsed:
    """Let a child show the original at one place, as `readers.excerpt` does.

    Args:
        file: seekable plain bytes of the original.
        size: bytes in `file`.
        place: as for `readers.excerpt.excerpt`.
        lines: likewise.
        encoding: likewise.
        limits: as for `parse`.
        program: as for `parse`.
    """
    asked = {"place": dict(place), "lines": lines, "encoding": encoding}
    return run(file, {"size": size, "excerpt": asked}, limits, Parsed(), program)


def attempt(
    limits: Limits, *, file: Path, folder: Path, program: str = BOOT
) -> tuple[frozenset[str], dict[str, bool]]:
    """What holds on this host: the measures, and of each attempt whether it was refused.

    Args:
        limits: as for `parse`.
        file: one outside the cell that this user may read.
        folder: one that this user may write in.
        program: as for `parse`.

    Raises:
        CellProtocolError: the child ended without an answer.
    """
    options = {"size": 0, "attempts": {"file": str(file), "folder": str(folder)}}
    tried = run(io.BytesIO(), options, limits, Parsed(), program)
    if not tried.is_complete:
        raise CellProtocolError("the child said nothing")
    return tried.held, {name: value is True for name, value in tried.summary.items()}


def run(
    file: BinaryIO,
    options: dict[str, Any],
    limits: Limits,
    parsed: Parsed,
    program: str,
    further: Takers = NO_TAKERS,
) -> Parsed:
    """Start a child, give it its options and hear it out; `further` as for `answers.listen`."""
    size = int(options["size"])
    options |= limited(limits)
    with child_of(program, limits.timeout_s) as (child, out, back):
        try:
            frames.write(out, frames.OPTIONS, json.dumps(options).encode())
            listen(file, size, out, back, parsed, further)
        except (CellProtocolError, BrokenPipeError, ValueError, LookupError, TypeError):
            # Behind the summary only what the file says of itself is lost, and said to be.
            if not parsed.is_complete:
                parsed.problem = parsed.problem or "reading_failed"
    if not parsed.is_complete and not parsed.problem:
        parsed.problem = _why_it_died(child.returncode)
    return parsed


def _why_it_died(status: int | None) -> str:
    """A processor or wall-clock limit kills by a signal that names it; the rest is a crash."""
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return "reading_over_limit"
    return "reading_failed"


def limited(limits: Limits) -> dict[str, int]:
    """The options by which a child bounds itself."""
    return {"memory_bytes": limits.memory_bytes, "cpu_s": limits.cpu_s}


@contextlib.contextmanager
def child_of(
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
    clock = _clock(timeout_s, child)
    try:
        yield child, cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
    finally:
        # With both pipes closed a sound child ends at once; another one is ended.
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        child.stdout.close()
        clock.cancel()
        clock = _clock(GRACE_S, child)
        if sys.platform != "darwin":  # where Python 3.11 has no waitid
            # Not reaped yet, so the number of the group that it leads is still its own.
            with contextlib.suppress(ChildProcessError):
                os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
            _end(child)
        child.wait()
        clock.cancel()


def _clock(seconds: float, child: subprocess.Popen[bytes]) -> threading.Timer:
    """Ends the child when it has run down."""
    clock = threading.Timer(seconds, _end, [child])
    clock.daemon = True
    clock.start()
    return clock


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started: it leads a process group of its own."""
    if child.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
