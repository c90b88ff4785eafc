"""The answer of an endpoint that speaks OpenAI's `/v1/audio/transcriptions`, as segments.

`verbose_json` tells segments with seconds and Whisper's own doubts; a server that knows only
`json` tells the text, which then counts for the whole piece.
"""

from __future__ import annotations

import json
import math
from typing import Any, Final

from .draft import LONGEST_TEXT, AnswerUnreadableError, Heard, Piece

MOST_SEGMENTS: Final = 5000  # of one piece


def read(body: bytes, piece: Piece) -> list[Heard]:
    """The segments of an answer, their seconds counted from the recording's beginning.

    Raises:
        AnswerUnreadableError: no JSON, or not of this shape.
    """
    try:
        answer = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as cause:
        raise AnswerUnreadableError("no JSON") from cause
    if not isinstance(answer, dict):
        raise AnswerUnreadableError("no object")
    segments = answer.get("segments")
    if segments is None:
        text = answer.get("text")
        if not isinstance(text, str):
            raise AnswerUnreadableError("neither segments nor text")
        return [_heard(piece.start_s, piece.end_s, text)] if text.strip() else []
    if not isinstance(segments, list) or len(segments) > MOST_SEGMENTS:
        raise AnswerUnreadableError("no list of segments, or one without end")
    return [_segment(segment, piece) for segment in segments]


def _segment(segment: Any, piece: Piece) -> Heard:
    if not isinstance(segment, dict) or not isinstance(segment.get("text"), str):
        raise AnswerUnreadableError("a segment without text")
    start, end = _number(segment, "start"), _number(segment, "end")
    if start is None or end is None or not 0 <= start <= end:
        raise AnswerUnreadableError("a segment without its seconds")
    return _heard(
        piece.start_s + start,
        piece.start_s + end,
        segment["text"],
        no_speech=_number(segment, "no_speech_prob"),
        logprob=_number(segment, "avg_logprob"),
    )


def _heard(
    start_s: float,
    end_s: float,
    text: str,
    *,
    no_speech: float | None = None,
    logprob: float | None = None,
) -> Heard:
    words = text.replace("\0", "").strip()[:LONGEST_TEXT]
    return Heard(round(start_s, 3), round(end_s, 3), words, no_speech, logprob)


def _number(segment: dict[str, Any], name: str) -> float | None:
    value = segment.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _refuse(constant: str) -> float:
    raise ValueError(constant)
