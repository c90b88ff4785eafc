"""evidence/speech_engine.py: off by default; set up half, the start is refused."""

from __future__ import annotations

import pytest

from evidence import checks, consents, speech_engine
from evidence.speech_engine import Engine


def ids() -> list[str | None]:
    return [message.id for message in checks.check_speech()]


def test_it_is_off_by_default():
    assert speech_engine.configured() is None
    assert consents.speech_purpose() is None
    assert ids() == []


@pytest.mark.parametrize(
    ("url", "is_ours", "is_outside"),
    [
        ("http://127.0.0.1:9000/v1", False, False),
        ("http://[::1]:9000/v1", False, False),
        ("http://localhost:9000/v1", False, False),
        ("http://10.0.0.7:9000/v1", True, False),
        ("https://10.0.0.7/v1", False, True),  # another machine is somebody else's until said
        ("https://speech.example/v1", False, True),
        ("https://127.0.0.1.example/v1", False, True),
    ],
)
def test_every_machine_but_this_one_is_outside_unless_said(settings, url, is_ours, is_outside):
    settings.SPEECH_ENGINE, settings.SPEECH_HTTP_URL = "openai_http", url
    settings.SPEECH_HTTP_IS_OURS, settings.SPEECH_HTTP_PARTY = is_ours, "某某语音公司"

    party = "某某语音公司" if is_outside else ""
    assert speech_engine.configured() == Engine("openai_http", "whisper-1", is_outside, party)
    purpose = "speech_outside" if is_outside else "speech_to_text"
    assert consents.speech_purpose() == purpose
    assert ids() == []


@pytest.mark.parametrize(
    "said",
    [
        {"SPEECH_ENGINE": "whisper"},
        {"SPEECH_ENGINE": "sherpa_onnx"},
        {"SPEECH_ENGINE": "sherpa_onnx", "SPEECH_SHERPA_MODEL": "/m.onnx"},
        {"SPEECH_ENGINE": "openai_http"},
        {"SPEECH_ENGINE": "openai_http", "SPEECH_HTTP_URL": "speech.example/v1"},
        {"SPEECH_ENGINE": "openai_http", "SPEECH_HTTP_URL": "https://u:p@speech.example/v1"},
        {"SPEECH_ENGINE": "openai_http", "SPEECH_HTTP_URL": "https://speech.example/v1"},
        {
            "SPEECH_ENGINE": "openai_http",
            "SPEECH_HTTP_URL": "http://speech.example/v1",
            "SPEECH_HTTP_PARTY": "某某语音公司",
        },
    ],
)
def test_set_up_half_it_stays_off_and_the_start_is_refused(settings, said):
    for name, value in said.items():
        setattr(settings, name, value)

    assert speech_engine.configured() is None
    assert ids() == ["evidence.E003"]


def test_a_model_by_path_is_an_engine_in_this_house(settings):
    settings.SPEECH_ENGINE = "sherpa_onnx"
    settings.SPEECH_SHERPA_MODEL, settings.SPEECH_SHERPA_TOKENS = "/models/m.onnx", "/models/t.txt"

    assert speech_engine.configured() == Engine("sherpa_onnx", "m.onnx", is_outside=False)
