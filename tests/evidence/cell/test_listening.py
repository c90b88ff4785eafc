"""evidence/cell/listening.py: a child's pieces and words are taken only in their shape."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from evidence.cell import child, frames, listening
from evidence.cell.answers import Parsed
from evidence.cell.listening import Told
from evidence.cell.parent import Limits
from evidence.speech.draft import Heard, Piece
from tests.evidence.cell.test_parent import BEGIN
from tests.samples.recordings import recording, tone

LIMITS = Limits(memory_bytes=4 << 30, cpu_s=20, timeout_s=20)
ELSEWHERE = Told(longest_s=2.0, pause_s=None, most_s=60)
HERE = Told(longest_s=2.0, pause_s=0.6, most_s=60, sherpa={"model": "m", "tokens": "t"})


def hear(
    told: Told, *, program: str | None = None, content: bytes = b"x"
) -> tuple[Parsed, list[Heard], list[Piece]]:
    pieces: list[Piece] = []
    given = {} if program is None else {"program": BEGIN + program}
    parsed, heard = listening.hear(
        io.BytesIO(content),
        size=len(content),
        told=told,
        limits=LIMITS,
        take=pieces.append,
        **given,
    )
    return parsed, heard, pieces


def test_every_kind_of_frame_has_a_letter_of_its_own():
    letters = [value for value in vars(frames).values() if isinstance(value, bytes)]

    assert len(letters) == len(set(letters)) > 10


def test_a_recording_comes_back_in_pieces_with_its_decoded_length():
    raw = recording(tone(5), container="wav", codec="pcm_s16le")

    parsed, heard, pieces = hear(ELSEWHERE, content=raw)

    assert (parsed.problem, parsed.summary) == ("", {"duration_ms": 5000})
    assert heard == []
    assert sum(len(piece.samples) for piece in pieces) == 5 * 32_000


@pytest.mark.parametrize(
    "program",
    [
        "send(frames.PIECE, b'')",
        "send(frames.PIECE, frames.PIECE_HEAD.pack(0))",
        "send(frames.PIECE, frames.PIECE_HEAD.pack(0) + b'123')",
        "send(frames.PIECE, frames.PIECE_HEAD.pack(0) + bytes(200_000))",
        "send(frames.PIECE, frames.PIECE_HEAD.pack(-1) + bytes(2))",
        "send(frames.PIECE, frames.PIECE_HEAD.pack(61) + bytes(2))",
        "send(frames.PIECE, frames.PIECE_HEAD.pack(float('nan')) + bytes(2))",
        "send(frames.HEARD, [0, 1, 'words'])",  # nobody asked it for words
    ],
)
def test_what_is_no_piece_ends_the_child(program):
    parsed, heard, pieces = hear(ELSEWHERE, program=program)

    assert (parsed.problem, heard, pieces) == ("reading_failed", [], [])


@pytest.mark.parametrize(
    "program",
    [
        "send(frames.HEARD, b'no json')",
        "send(frames.HEARD, [0, 1])",
        "send(frames.HEARD, [1, 0, 'words'])",
        "send(frames.HEARD, [-1, 0, 'words'])",
        "send(frames.HEARD, ['0', 1, 'words'])",
        "send(frames.HEARD, [0, 1, 7])",
        "send(frames.HEARD, b'[0, Infinity, \"words\"]')",
        "send(frames.HEARD, [0, 1, 'w' * 70_000])",
        "send(frames.PIECE, frames.PIECE_HEAD.pack(0) + bytes(2))",  # nobody asked it for sound
    ],
)
def test_what_are_no_words_ends_the_child(program):
    parsed, heard, pieces = hear(HERE, program=program)

    assert (parsed.problem, heard, pieces) == ("reading_failed", [], [])


def test_what_the_taker_raises_ends_the_child_and_goes_on_to_the_caller():
    class AwayError(Exception):
        pass

    def away(_: Piece) -> None:
        raise AwayError

    raw = recording(tone(5), container="wav", codec="pcm_s16le")
    with pytest.raises(AwayError):
        listening.hear(io.BytesIO(raw), size=len(raw), told=ELSEWHERE, limits=LIMITS, take=away)


def test_without_the_engine_the_child_says_so():
    raw = recording(tone(1), container="wav", codec="pcm_s16le")
    told = Told(
        longest_s=2.0,
        pause_s=0.6,
        most_s=60,
        sherpa={"model": "/none", "tokens": "/none", "language": "zh"},
    )

    assert hear(told, content=raw)[0].problem == "speech_engine_missing"


def test_of_the_operators_files_only_the_model_stays_readable():
    told = {"hear": {"sherpa": {"model": "/m.onnx", "tokens": "/t.txt", "language": "zh"}}}

    assert child.model_files(told) == [Path("/m.onnx"), Path("/t.txt")]
    assert child.model_files({"hear": {"sherpa": None}}) == []
    assert child.model_files({"name": "x"}) == []
