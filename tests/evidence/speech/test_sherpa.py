"""evidence/speech/sherpa.py: the offline engine fails by name; with a model it gives its tokens.

No speech model can be had here. `tiny_model` builds one with the same inputs, outputs and metadata
that always says the same two tokens: it shows that the adapter drives the library, and nothing
about how well anything is heard.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.speech.draft import EngineMissingError, Piece
from evidence.speech.sherpa import SherpaRecogniser
from tests.evidence.speech.tiny_model import make_tiny_model
from tests.samples.recordings import tone

PIECE = Piece(12.5, tone(2).tobytes())


def test_without_the_library_it_says_that_the_engine_is_missing(monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "sherpa_onnx", None)

    with pytest.raises(EngineMissingError) as refusal:
        SherpaRecogniser(model="m", tokens="t", language="zh")

    assert refusal.value.code == "speech_engine_missing"


def test_without_the_model_it_says_that_the_engine_is_missing(tmp_path: Path):
    with pytest.raises(EngineMissingError):
        SherpaRecogniser(model=str(tmp_path / "no.onnx"), tokens="t", language="zh")


def test_with_a_model_one_piece_gives_one_segment_with_its_seconds(tmp_path: Path):
    model, tokens = make_tiny_model(tmp_path)

    [heard] = SherpaRecogniser(model=str(model), tokens=str(tokens), language="zh").hear(PIECE)

    assert heard.text == "你好"
    assert (heard.start_s, heard.end_s) == (12.5, 14.5)
