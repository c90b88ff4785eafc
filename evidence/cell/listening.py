"""The parent's side of speech to text: takes pieces of sound, or words, and believes neither."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from evidence.cell import frames, parent
from evidence.cell.answers import Parsed
from evidence.cell.frames import CellProtocolError
from evidence.cell.parent import BOOT, Limits
from evidence.speech.draft import LONGEST_TEXT, RATE, SAMPLE_BYTES, Heard, Piece

MAX_HEARD = 50_000
MAX_HEARD_BYTES = 64 * 1024


@dataclass(frozen=True)
class Told:
    """How a recording is cut, and which engine in the cell hears it, if one does.

    `sherpa`: the arguments of `SherpaRecogniser`, or None where pieces go to an engine elsewhere.
    """

    longest_s: float
    pause_s: float | None
    most_s: int
    sherpa: Mapping[str, Any] | None = None


def hear(
    file: BinaryIO,
    *,
    size: int,
    told: Told,
    limits: Limits,
    take: Callable[[Piece], None],
    program: str = BOOT,
) -> tuple[Parsed, list[Heard]]:
    """Let a child decode a recording and hear it, or hand its pieces to `take` one by one.

    Args:
        file: seekable plain bytes.
        size: bytes in `file`.
        told: how to cut, and the engine.
        limits: a child that passes one dies, and the problem says so.
        take: called with each piece that has sound in it; only where `told.sherpa` is None. What
            it raises ends the child and goes on to the caller.
        program: Python that the child runs.

    Returns:
        What `parent.run` says (`summary["duration_ms"]`), and the words of an engine in the cell.
    """
    heard: list[Heard] = []
    options = {"size": size, "hear": vars(told) | {"sherpa": _plain(told.sherpa)}}
    takers: dict[bytes, Callable[[bytes], None]] = {
        frames.PIECE: lambda payload: take(_piece(payload, told)),
        frames.HEARD: lambda payload: _take_heard(payload, heard),
    }
    unwanted = frames.HEARD if told.sherpa is None else frames.PIECE
    del takers[unwanted]
    return parent.run(file, options, limits, Parsed(), program, takers), heard


def _plain(sherpa: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if sherpa is None else dict(sherpa)


def _piece(payload: bytes, told: Told) -> Piece:
    head = frames.PIECE_HEAD.size
    most = round(told.longest_s * RATE * SAMPLE_BYTES) + RATE
    if not head < len(payload) <= head + most or (len(payload) - head) % SAMPLE_BYTES:
        raise CellProtocolError("a piece of another length")
    (start_s,) = frames.PIECE_HEAD.unpack(payload[:head])
    if not 0 <= start_s <= told.most_s:
        raise CellProtocolError("a piece from beyond the recording")
    return Piece(start_s, payload[head:])


def _take_heard(payload: bytes, heard: list[Heard]) -> None:
    if len(payload) > MAX_HEARD_BYTES or len(heard) >= MAX_HEARD:
        raise CellProtocolError("more words than are said")
    start_s, end_s, text = json.loads(payload)
    sane = (
        isinstance(start_s, int | float)
        and isinstance(end_s, int | float)
        and isinstance(text, str)
        and math.isfinite(start_s)
        and math.isfinite(end_s)
        and 0 <= start_s <= end_s
    )
    if not sane:
        raise CellProtocolError("words that are none")
    heard.append(Heard(float(start_s), float(end_s), text.replace("\0", "")[:LONGEST_TEXT]))
