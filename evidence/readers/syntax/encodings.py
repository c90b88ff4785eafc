"""Text encodings of real exports: UTF-8, UTF-16 with and without mark, GB18030."""

from __future__ import annotations

import codecs
from typing import Final, Protocol

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HARMED: Final = 10  # of so many characters that are not ASCII one may be damaged
_CHINESE: Final = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"})


def canonical_name(declared: str) -> str | None:
    """The codec for a declared charset; every GB charset is read as GB18030; None if unknown."""
    if declared.lower() in _CHINESE:
        return "gb18030"
    try:
        "".encode(declared)  # some codecs are none of text
        return codecs.lookup(declared).name
    except (LookupError, ValueError):  # a NUL in a name is no unknown name to Python
        return None


def marked(head: bytes) -> tuple[str | None, int]:
    """The encoding that the first bytes give away, and how many bytes its mark takes.

    UTF-16 without a mark shows by a zero in every second of the first 200 bytes.
    """
    for mark, name in BOMS:
        if head.startswith(mark):
            return name, len(mark)
    sample = head[:200]
    if len(sample) >= 4:
        half = len(sample) // 2
        if sample[1::2].count(0) > half * 0.4 and not sample[::2].count(0):
            return "utf-16-le", 0
        if sample[::2].count(0) > half * 0.4 and not sample[1::2].count(0):
            return "utf-16-be", 0
    return None, 0


def decode_head(head: bytes) -> tuple[str, str] | None:
    """The beginning of a text file as text with its encoding, or None when it is not text.

    A character cut in half at the end of `head` is not held against it.
    """
    name, skip = marked(head)
    for encoding in (name,) if name else ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(head[skip:])
        except UnicodeDecodeError:
            continue
        if "\0" not in text[:200]:
            return text, encoding
    return None


def is_chinese(head: bytes) -> bool:
    """Whether the beginning of a file that calls itself UTF-8, or nothing, is GB18030.

    A few damaged bytes do not make it so: most of what is not ASCII must be no UTF-8, and all of it
    GB18030. The last bytes may be half a character.
    """
    text = head.decode("utf-8", "replace")
    if "\ufffd" not in text or _is_halved(head):
        return False
    foreign = sum(character > "\x7f" for character in text)
    if text.count("\ufffd") * 2 <= foreign:
        return False
    try:
        codecs.getincrementaldecoder("gb18030")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _is_halved(head: bytes) -> bool:
    """UTF-8 in which emoji stand as two halves (CESU-8); the last bytes may be cut."""
    for cut in range(4):
        try:
            head[: len(head) - cut].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            continue
        return True
    return False


def decode(raw: bytes) -> tuple[str, str]:
    """A whole text with its encoding: strict UTF-8 first, then GB18030; never a guess.

    Raises:
        UnicodeDecodeError: it is neither.
    """
    name, skip = marked(raw)
    if name:
        return raw[skip:].decode(name), name
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("gb18030"), "gb18030"


def mended(raw: bytes) -> tuple[str, str, int] | None:
    """A text in which a few bytes are of no encoding: with U+FFFD for them, and how many.

    None when more than one in ten of what is not ASCII is damaged: then nobody knows what it is.
    """
    name, skip = marked(raw)
    for encoding in (name,) if name else ("utf-8", "gb18030"):
        text = raw[skip:].decode(encoding, "replace")
        damaged = text.count("\ufffd")
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        if damaged * _HARMED <= foreign:
            return text, encoding, damaged
    return None


class Forward(Protocol):
    """The little of a file that a streaming reader needs."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; empty only at the end."""


class Utf8Reader:
    """A forward reader that gives any encoding as UTF-8; lone surrogates survive as such."""

    def __init__(self, file: Forward, encoding: str) -> None:
        """`file` stands behind its byte order mark."""
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def read(self, size: int = -1) -> bytes:
        """Up to about `size` bytes of UTF-8; empty only at the end."""
        raw = self._file.read(size)
        text = self._decoder.decode(raw, final=not raw)
        while raw and not text:
            raw = self._file.read(64)
            text = self._decoder.decode(raw, final=not raw)
        return text.encode("utf-8", "surrogatepass")
