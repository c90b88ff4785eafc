"""Base64 of any length, in pieces: size, digest and first bytes, never the whole."""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from evidence.readers.limits import TEXT_FIELD

_ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_LINE_BREAKS: Final = re.compile(rb"&#(?:10|13|x[aAdD]);|[ \t\r\n]+")
_HEAD: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a base64 value holds; `head` is its first 64 KiB at most."""

    size: int
    sha256: str
    head: bytes
    damaged: bool


class Base64Sink:
    """Decodes while it is fed."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._size = 0
        self._head = b""
        self._rest = b""
        self._damaged = False

    def feed(self, piece: bytes) -> None:
        """The next characters of the value."""
        text = self._rest + piece
        if text.translate(None, _ALPHABET):
            cut = text.rfind(b"&", -8)  # a reference may stand across two pieces
            text, self._rest = (text[:cut], text[cut:]) if cut >= 0 else (text, b"")
            text = _LINE_BREAKS.sub(b"", text)
            if text.translate(None, _ALPHABET):
                self._damaged = True
                return
        else:
            self._rest = b""
        whole = len(text) - len(text) % 4
        self._rest = text[whole:] + self._rest
        self._decode(text[:whole])

    def finish(self) -> Decoded:
        """Size in bytes, SHA-256 in lower-case hex, and whether the text was sound base64."""
        rest = _LINE_BREAKS.sub(b"", self._rest)
        if rest:
            self._decode(rest + b"=" * (-len(rest) % 4))
            self._damaged = self._damaged or len(rest) % 4 == 1
        return Decoded(self._size, self._digest.hexdigest(), self._head, self._damaged)

    def _decode(self, text: bytes) -> None:
        try:
            raw = binascii.a2b_base64(text)
        except binascii.Error:
            self._damaged = True
            return
        self._digest.update(raw)
        self._size += len(raw)
        if len(self._head) < _HEAD:
            self._head += raw[: _HEAD - len(self._head)]


class TextSink:
    """Keeps the first 1 MiB of an overlong text value."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, piece: bytes) -> None:
        """The next bytes of the value; what passes the limit is dropped."""
        self._kept += piece[: max(0, TEXT_FIELD - len(self._kept))]

    def finish(self) -> bytes:
        """UTF-8 as written, cut at the last whole character and before a cut reference."""
        kept = bytes(self._kept)
        cut = kept.rfind(b"&", -12)
        if cut >= 0 and b";" not in kept[cut:]:
            kept = kept[:cut]
        return kept.decode("utf-8", "ignore").encode()
