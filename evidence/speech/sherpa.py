"""The offline engine: sherpa-onnx with a SenseVoice model that the operator laid on this machine.

An optional requirement (requirements/speech.txt). It runs in the cell, beside the decoder: a model
that breaks it ends a child and no worker.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

import numpy as np

from .draft import LONGEST_TEXT, RATE, EngineMissingError, Heard, Piece

LONGEST_S: Final = 20.0  # the model hears no more at once
PAUSE_S: Final = 0.6


class SherpaRecogniser:
    """One loaded model."""

    def __init__(self, *, model: str, tokens: str, language: str, threads: int = 1) -> None:
        """Load the model.

        Args:
            model: path of the ONNX file.
            tokens: path of its token table.
            language: zh, en, ja, ko, yue or auto.
            threads: of the runtime.

        Raises:
            EngineMissingError: the library or one of the files is not here, or does not load.
        """
        try:
            library: Any = importlib.import_module("sherpa_onnx")
        except ImportError as cause:
            raise EngineMissingError("sherpa-onnx is not installed") from cause
        if not (Path(model).is_file() and Path(tokens).is_file()):
            raise EngineMissingError("no model or token table at the paths of the settings")
        try:
            self._engine = library.OfflineRecognizer.from_sense_voice(
                model=model, tokens=tokens, language=language, use_itn=True, num_threads=threads
            )
        except (RuntimeError, ValueError) as cause:
            raise EngineMissingError("the model does not load") from cause

    def hear(self, piece: Piece) -> list[Heard]:
        """One segment for one piece: pieces end at pauses."""
        samples = np.frombuffer(piece.samples, dtype="<i2").astype(np.float32) / 32768.0
        stream = self._engine.create_stream()
        stream.accept_waveform(RATE, samples)
        self._engine.decode_stream(stream)
        text = str(stream.result.text).replace("\0", "").strip()[:LONGEST_TEXT]
        return [Heard(piece.start_s, round(piece.end_s, 3), text)] if text else []
