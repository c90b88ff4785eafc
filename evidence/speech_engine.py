"""Which engine this house has by its settings, and whether the sound leaves the house for it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from django.conf import settings

SHERPA, HTTP = "sherpa_onnx", "openai_http"
ENGINES = (SHERPA, HTTP)


@dataclass(frozen=True)
class Engine:
    """One engine. `party` is who gets the sound where it leaves the house."""

    name: str
    model: str
    is_outside: bool
    party: str = ""


def configured() -> Engine | None:
    """The engine of the settings; None while speech to text is off, or set up half."""
    if settings.SPEECH_ENGINE not in ENGINES or any(faults()):
        return None
    if settings.SPEECH_ENGINE == SHERPA:
        return Engine(SHERPA, PurePath(settings.SPEECH_SHERPA_MODEL).name[:128], is_outside=False)
    is_outside = _is_outside(settings.SPEECH_HTTP_URL)
    party = settings.SPEECH_HTTP_PARTY[:200] if is_outside else ""
    return Engine(HTTP, settings.SPEECH_HTTP_MODEL[:128], is_outside, party)


def faults() -> Iterator[str]:
    """What is wrong with the settings of speech to text, one sentence each."""
    if settings.SPEECH_ENGINE == "":
        return
    if settings.SPEECH_ENGINE not in ENGINES:
        yield f"SPEECH_ENGINE must be empty or one of {', '.join(ENGINES)}."
    elif settings.SPEECH_ENGINE == SHERPA:
        if not (settings.SPEECH_SHERPA_MODEL and settings.SPEECH_SHERPA_TOKENS):
            yield "SPEECH_SHERPA_MODEL and SPEECH_SHERPA_TOKENS must name the model's files."
    else:
        yield from _http_faults()


def _http_faults() -> Iterator[str]:
    url = urlsplit(settings.SPEECH_HTTP_URL)
    if url.scheme not in {"http", "https"} or not url.hostname or url.username or url.query:
        yield "SPEECH_HTTP_URL must look like https://example.org/v1, without user or query."
    elif _is_outside(settings.SPEECH_HTTP_URL):
        if url.scheme != "https":
            yield "SPEECH_HTTP_URL must be https: recordings leave this house by it."
        if not settings.SPEECH_HTTP_PARTY:
            yield "SPEECH_HTTP_PARTY must say who gets the recordings: borrowers are asked by it."


def _is_outside(url: str) -> bool:
    """Whether somebody else's machine gets the sound: all but loopback, unless said otherwise."""
    host = urlsplit(url).hostname or ""
    if settings.SPEECH_HTTP_IS_OURS or host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True
