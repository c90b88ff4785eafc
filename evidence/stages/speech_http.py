"""An engine elsewhere: any endpoint that speaks OpenAI's `POST …/audio/transcriptions`."""

from __future__ import annotations

from collections.abc import Mapping

import requests
import urllib3
from django.conf import settings

from evidence.http_deadline import deadline
from evidence.speech import whisper_answer
from evidence.speech.draft import RATE, SAMPLE_BYTES, Heard, Piece, SpeechError

MAX_ANSWER_BYTES = 8 * 1024 * 1024
CONNECT_S = 10
LONGEST_S = 600.0  # of one piece, whatever the endpoint would take
WAV_HEAD = 64  # bytes
HEALING = frozenset({408, 425, 429, 500, 502, 503, 504})


class EndpointAwayError(SpeechError):
    """Nobody answers, too slowly, or not now. Time heals it."""

    code = "speech_endpoint_away"
    heals = True


class EndpointRefusesError(SpeechError):
    """The endpoint says no: a wrong key, model or size. The operator looks."""

    code = "speech_endpoint_refuses"


class HttpRecogniser:
    """The endpoint of the settings."""

    def hear(self, piece: Piece) -> list[Heard]:
        """Send one piece as WAV; neither file name, number nor person goes with it.

        Raises:
            EndpointAwayError, EndpointRefusesError, AnswerUnreadableError.
        """
        return whisper_answer.read(_post(piece.as_wav()), piece)


def longest_s() -> float:
    """How long a piece may be, so that its WAV stays under SPEECH_HTTP_MAX_BYTES."""
    room = max(settings.SPEECH_HTTP_MAX_BYTES - WAV_HEAD, RATE * SAMPLE_BYTES)
    return min(LONGEST_S, room / (RATE * SAMPLE_BYTES))


def _post(wav: bytes) -> bytes:
    whole_s = float(settings.SPEECH_HTTP_TIMEOUT_S)
    with requests.Session() as session, deadline(session, whole_s) as passed:
        session.trust_env = False  # no proxy and no .netrc that nobody named for this
        try:
            status, body = _exchange(session, wav, whole_s)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as cause:
            raise EndpointAwayError("no answer") from cause
        if passed.is_set():  # a cut connection can look like the end of a body
            raise EndpointAwayError("too slow")
    if status in HEALING:
        raise EndpointAwayError(f"http {status}")
    if status != requests.codes.ok:
        raise EndpointRefusesError(f"http {status}")
    if len(body) > MAX_ANSWER_BYTES:
        raise EndpointRefusesError("an answer without end")
    return body


def _exchange(session: requests.Session, wav: bytes, whole_s: float) -> tuple[int, bytes]:
    with session.post(
        f"{settings.SPEECH_HTTP_URL}/audio/transcriptions",
        data={
            "model": settings.SPEECH_HTTP_MODEL,
            "language": settings.SPEECH_LANGUAGE,
            "response_format": "verbose_json",
            "temperature": "0",
            "timestamp_granularities[]": "segment",
        },
        files={"file": ("piece.wav", wav, "audio/wav")},
        headers=_headers(),
        timeout=(CONNECT_S, whole_s),
        allow_redirects=False,  # a recording goes where the operator said, and nowhere else
        stream=True,
    ) as answer:
        body = answer.raw.read(MAX_ANSWER_BYTES + 1, decode_content=False)
        return answer.status_code, body


def _headers() -> Mapping[str, str]:
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    if settings.SPEECH_HTTP_KEY:
        headers["Authorization"] = f"Bearer {settings.SPEECH_HTTP_KEY}"
    return headers
