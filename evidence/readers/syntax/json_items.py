"""Walks one JSON text forward, holding no more than one value: exports grow to gigabytes.

A container is walked into unless its path is wanted whole. All texts come legible. Forgiven is what
writers do: raw control characters in strings, escapes that JSON does not know (Telegram Desktop
writes `\\x0B`), and the two bytes that it leaves behind the escape of a line separator.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from evidence.readers.errors import OverLimitError, UnreadableError
from evidence.readers.limits import KIB, MIB
from evidence.readers.reading import Notes

from .encodings import Forward, decode_head, marked
from .texts import legible

LONGEST_VALUE: Final = 16 * MIB  # characters of one value
DEEPEST: Final = 64  # containers in each other
CHUNK: Final = MIB
HEAD: Final = 64 * KIB

Path = tuple[str, ...]
ANY: Final = "*"  # the place of an element in its array

_DECODER: Final = json.JSONDecoder(strict=False)
_BETWEEN: Final = re.compile(r"[\s,]*+")
_COLON: Final = re.compile(r"\s*+:")
_PIECE: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|["{}\[\]]', re.S)
_ESCAPE: Final = re.compile(r'\\(?:([\\/"bfnrt]|u[0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|)', re.S)
_DOUBTFUL: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|\\\\[bfru]")
_SLIP: Final = re.compile("([\u2028\u2029])\udc80[\udca8\udca9]")
_NEAR_THE_END: Final = 16  # an error so near the end of what was read may only be the cut


class Opened(NamedTuple):
    """In place of a value: a container is walked into."""

    array: bool


class Broken(NamedTuple):
    """In place of a value: what stands here is no JSON."""


class Item(NamedTuple):
    """One value of the text; `start` and `end` are bytes of the file."""

    path: Path
    value: Any
    start: int
    end: int


class CutOffError(Exception):
    """The text ends inside a value."""


def items(file: Forward, wanted: Callable[[Path], bool], notes: Notes) -> Iterator[Item]:
    """Every value in file order: those at wanted paths whole, all others walked into.

    Args:
        file: read forward from its beginning.
        wanted: whether the container at a path is read whole.
        notes: of the file; told its encoding and what had to go from texts.

    Raises:
        CutOffError: after what is complete was given.
        OverLimitError: one value is too large, or the nesting too deep.
        UnreadableError: this is no JSON, or damaged.
    """
    text = _Text(file, notes)
    path: list[str] = []
    closing: list[str] = []
    while True:
        sign = text.next()
        if closing and sign == closing[-1]:
            text.take()
            closing.pop()
            path.pop()
            if not closing:
                return
            continue
        if closing and closing[-1] == "}":
            path[-1] = text.key()
            sign = text.next()
        start = text.place()
        here = tuple(path)
        if sign in "{[" and not wanted(here):
            if len(closing) == DEEPEST:
                raise OverLimitError("json_depth", DEEPEST)
            text.take()
            closing.append("}" if sign == "{" else "]")
            path.append(ANY)
            yield Item(here, Opened(sign == "["), start, start + 1)
            continue
        value = text.value()
        yield Item(here, value, start, text.place())
        if not closing:
            return


class _Text:
    """What was read and not yet used, as text; counts the bytes before it."""

    def __init__(self, file: Forward, notes: Notes) -> None:
        self._file = file
        self._notes = notes
        head = file.read(CHUNK)
        decoded = decode_head(head[:HEAD])
        self.encoding = notes.encoding = decoded[1] if decoded else "utf-8"
        # Bytes that are no UTF-8 stay countable as surrogates until they are made legible.
        self._damage = "surrogateescape" if self.encoding == "utf-8" else "replace"
        self._decoder = codecs.getincrementaldecoder(self.encoding)(self._damage)
        self._all = False
        skip = marked(head)[1]
        self._buffer = self._decoder.decode(head[skip:])
        self._at = 0
        self._counted = 0
        self._bytes = skip

    def next(self) -> str:
        """The next character that says something."""
        while True:
            found = _BETWEEN.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            self._more(CHUNK)

    def take(self) -> None:
        """Go behind one character."""
        self._at += 1

    def place(self) -> int:
        """The place as bytes of the file."""
        passed = self._buffer[self._counted : self._at]
        self._bytes += len(passed.encode(self.encoding, self._damage))
        self._counted = self._at
        return self._bytes

    def key(self) -> str:
        """The name of a member, and its colon."""
        name = self.value()
        if not isinstance(name, str):
            raise UnreadableError("the JSON is damaged")
        while (found := _COLON.match(self._buffer, self._at)) is None:
            if self._buffer[self._at :].strip():
                raise UnreadableError("the JSON is damaged")
            self._more(CHUNK)
        self._at = found.end()
        return name

    def value(self) -> Any:
        """The value that begins here, whole, or `Broken`."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                if self._is_damage(error):
                    return self._repaired()
                self._grow()
                continue
            if end == len(self._buffer) and not self._all and self._buffer[end - 1] not in '}]"':
                self._grow()  # a number may go on
                continue
            begin, self._at = self._at, end
            return self._legible(value) if _DOUBTFUL.search(self._buffer, begin, end) else value

    def _is_damage(self, error: json.JSONDecodeError | RecursionError) -> bool:
        if isinstance(error, RecursionError):
            return True
        if self._all:
            return not error.msg.startswith("Unterminated") and error.pos < len(self._buffer)
        near = error.pos >= len(self._buffer) - _NEAR_THE_END
        return not near and not error.msg.startswith("Unterminated")

    def _repaired(self) -> Any:
        end = self._end()
        raw = self._buffer[self._at : end]
        self._at = end
        try:
            return self._legible(json.loads(_ESCAPE.sub(_allowed, raw), strict=False))
        except (ValueError, RecursionError):
            return Broken()

    def _legible(self, value: Any) -> Any:
        if isinstance(value, str):
            return legible(_SLIP.sub(r"\1", value), self._notes)
        if isinstance(value, list):
            return [self._legible(part) for part in value]
        if isinstance(value, dict):
            return {self._legible(name): self._legible(part) for name, part in value.items()}
        return value

    def _end(self) -> int:
        """Where the container or string that begins here ends, by its brackets alone."""
        while True:
            depth = 0
            for found in _PIECE.finditer(self._buffer, self._at):
                if depth == 0 and found.start() != self._at:
                    raise UnreadableError("the JSON is damaged")
                if found.group() == '"':  # a string that goes on
                    break
                depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found.group(), 0)
                if depth <= 0:
                    return found.end()
            if depth == 0 and self._buffer[self._at] not in '"{[':
                if self._all and self._buffer[self._at :].isalnum():
                    raise CutOffError
                raise UnreadableError("the JSON is damaged")
            self._grow()

    def _grow(self) -> None:
        held = len(self._buffer) - self._at
        if held > LONGEST_VALUE:
            raise OverLimitError("json_value", LONGEST_VALUE)
        self._more(max(CHUNK, held))

    def _more(self, size: int) -> None:
        if self._all:
            raise CutOffError
        self.place()
        self._buffer = self._buffer[self._at :]
        self._at = self._counted = 0
        raw = self._file.read(size)
        self._all = not raw
        self._buffer += self._decoder.decode(raw, final=self._all)


def _allowed(escape: re.Match[str]) -> str:
    known, code = escape.groups()
    if known:
        return escape.group()
    return f"\\u00{code}" if code else "\\\\"
