"""What an engine is given and what it gives back: a piece of sound, words with their seconds."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from typing import Final, Protocol

from evidence.errors import EvidenceError

RATE: Final = 16_000  # Hz; signed 16-bit little-endian, one channel
SAMPLE_BYTES: Final = 2
LONGEST_TEXT: Final = 2000  # characters of one segment; more is no speech


class SpeechError(EvidenceError):
    """No draft could be made of a recording; the recording stays what it was."""

    code = "speech_failed"


class EngineMissingError(SpeechError):
    """The engine's library, model or token table is not on this machine."""

    code = "speech_engine_missing"


class AnswerUnreadableError(SpeechError):
    """The engine answered with something that is no transcript."""

    code = "speech_answer_unreadable"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some seconds of a recording. `samples` as `RATE` says; `start_s` from its beginning."""

    start_s: float
    samples: bytes

    @property
    def end_s(self) -> float:
        """Where it ends, in seconds of the recording."""
        return self.start_s + len(self.samples) / (RATE * SAMPLE_BYTES)

    def as_wav(self) -> bytes:
        """The piece as a WAV file, which every engine takes."""
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(SAMPLE_BYTES)
            file.setframerate(RATE)
            file.writeframes(self.samples)
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that an engine claims to have heard, in seconds of the whole recording.

    `no_speech` (0..1) and `logprob` (natural, mean per token) are Whisper's own doubts, if told.
    """

    start_s: float
    end_s: float
    text: str
    no_speech: float | None = None
    logprob: float | None = None


class Recogniser(Protocol):
    """An engine. It may be wrong; `guards` judge what it says, and then a person listens."""

    def hear(self, piece: Piece) -> list[Heard]:
        """The words of one piece, in order.

        Raises:
            SpeechError: it gave no answer, or one that cannot be read.
        """
