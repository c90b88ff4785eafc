"""evidence/speech/whisper_answer.py: an endpoint's answer is taken only in its shape."""

from __future__ import annotations

import json

import pytest

from evidence.speech import whisper_answer
from evidence.speech.draft import AnswerUnreadableError, Heard, Piece

PIECE = Piece(30.0, bytes(2 * 16_000 * 5))  # five seconds


def read(answer: object) -> list[Heard]:
    return whisper_answer.read(json.dumps(answer).encode(), PIECE)


def segment(**fields: object) -> dict[str, object]:
    return {"start": 1.0, "end": 2.5, "text": " 你好 ", **fields}


def test_seconds_count_from_the_beginning_of_the_recording():
    [heard] = read({"segments": [segment(no_speech_prob=0.2, avg_logprob=-0.4)]})

    assert heard == Heard(31.0, 32.5, "你好", 0.2, -0.4)


def test_a_server_that_tells_only_the_text_tells_of_the_whole_piece():
    assert read({"text": "你好"}) == [Heard(30.0, 35.0, "你好")]
    assert read({"text": "  "}) == []
    assert read({"segments": [], "text": ""}) == []


@pytest.mark.parametrize(
    "answer",
    [
        [],
        7,
        {},
        {"text": 7},
        {"segments": {}},
        {"segments": ["你好"]},
        {"segments": [segment(start="1")]},
        {"segments": [segment(start=True)]},
        {"segments": [segment(start=-1)]},
        {"segments": [segment(end=0.5)]},
        {"segments": [segment(text=None)]},
        {"segments": [segment()] * (whisper_answer.MOST_SEGMENTS + 1)},
    ],
)
def test_another_shape_is_no_transcript(answer):
    with pytest.raises(AnswerUnreadableError):
        read(answer)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"segments": [{"start": NaN, "end": 1, "text": ""}]}',
    ],
)
def test_what_is_no_json_is_no_transcript(body):
    with pytest.raises(AnswerUnreadableError):
        whisper_answer.read(body, PIECE)


def test_endless_text_and_zero_bytes_are_cut():
    [heard] = read({"segments": [segment(text="字\0" * 5000)]})

    assert len(heard.text) == 2000
    assert "\0" not in heard.text
