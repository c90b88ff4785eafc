"""evidence/stages/speech_http.py: an endpoint is asked as the protocol says, and may fail badly.

The server is a local one that speaks the same protocol; nothing here tells how well a model hears.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evidence.speech.draft import Piece, SpeechError
from evidence.stages import speech_http
from evidence.stages.speech_http import HttpRecogniser
from tests.fakes.speech_server import SpeechServer
from tests.samples.recordings import tone

PIECE = Piece(60.0, tone(2).tobytes())


@pytest.fixture
def endpoint(settings) -> Iterator[SpeechServer]:
    with SpeechServer([{"start": 0.5, "end": 1.5, "text": "你好"}]) as server:
        settings.SPEECH_HTTP_URL = server.url
        settings.SPEECH_HTTP_KEY = "a key"
        settings.SPEECH_HTTP_MODEL = "some-model"
        yield server


def test_it_asks_as_the_protocol_says_and_tells_nobody_whose_recording_it_is(endpoint):
    [heard] = HttpRecogniser().hear(PIECE)

    assert (heard.start_s, heard.end_s, heard.text) == (60.5, 61.5, "你好")
    [asked] = endpoint.asked
    assert asked.path == "/v1/audio/transcriptions"
    assert asked.headers["Authorization"] == "Bearer a key"
    assert asked.fields == {
        "model": "some-model",
        "language": "zh",
        "response_format": "verbose_json",
        "temperature": "0",
        "timestamp_granularities[]": "segment",
        "file_name": "piece.wav",
    }
    assert asked.seconds == 2


def test_without_a_key_none_is_sent(endpoint, settings):
    settings.SPEECH_HTTP_KEY = ""

    HttpRecogniser().hear(PIECE)

    assert "Authorization" not in endpoint.asked[0].headers


def test_an_endpoint_without_segments_gives_the_piece_as_one(endpoint):
    endpoint.how = "text_only"

    [heard] = HttpRecogniser().hear(PIECE)

    assert (heard.start_s, heard.end_s) == (60.0, 62.0)


@pytest.mark.parametrize(
    ("how", "code", "heals"),
    [
        ("503", "speech_endpoint_away", True),
        ("429", "speech_endpoint_away", True),
        ("401", "speech_endpoint_refuses", False),
        ("413", "speech_endpoint_refuses", False),
        ("307", "speech_endpoint_refuses", False),
        ("endless", "speech_endpoint_refuses", False),
        ("no_json", "speech_answer_unreadable", False),
    ],
)
def test_a_bad_answer_has_a_name(endpoint, how, code, heals):
    endpoint.how = how

    with pytest.raises(SpeechError) as refusal:
        HttpRecogniser().hear(PIECE)

    assert refusal.value.code == code
    assert getattr(refusal.value, "heals", False) is heals
    assert len(endpoint.asked) == 1  # a recording follows no redirect and is not sent twice


def test_one_octet_now_and_then_ends_with_the_time_that_it_may_take(endpoint, settings):
    endpoint.how = "drips"
    settings.SPEECH_HTTP_TIMEOUT_S = 1

    with pytest.raises(speech_http.EndpointAwayError):
        HttpRecogniser().hear(PIECE)


def test_nobody_there_is_away(settings):
    settings.SPEECH_HTTP_URL = "http://127.0.0.1:9/v1"

    with pytest.raises(speech_http.EndpointAwayError):
        HttpRecogniser().hear(PIECE)


def test_a_piece_is_never_larger_than_the_endpoint_takes(settings):
    settings.SPEECH_HTTP_MAX_BYTES = 1_000_000
    longest = speech_http.longest_s()

    wav = Piece(0, bytes(2 * int(longest * 16_000))).as_wav()
    assert len(wav) <= 1_000_000 < len(wav) + 64

    settings.SPEECH_HTTP_MAX_BYTES = 1 << 40
    assert speech_http.longest_s() == 600
