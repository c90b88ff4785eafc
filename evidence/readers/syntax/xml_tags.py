"""A streaming tokenizer for the XML of message exports: tags only, flat memory, every place known.

Ordinary parsers stop at what phones really write (surrogate references, control characters) and
keep a gigabyte of base64 in memory. This one works on bytes, hands out start and end tags with
their offsets in the original file, and lets values beyond 1 MiB flow into a sink. It knows no
entities beyond the five of XML and refuses a DOCTYPE.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, Protocol, cast

from evidence.readers import limits
from evidence.readers.errors import EntitiesError, OverLimitError

from .encodings import Forward, Utf8Reader, canonical_name, is_chinese, marked
from .xml_shapes import Shapes

CHUNK: Final = 1 * limits.MIB
SPILL_FROM: Final = 2 * limits.MIB

_ATTRIBUTES: Final = rb"(?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+"
_TAG: Final = re.compile(rb"<(/?)([A-Za-z_][\w:.\-]*+)(" + _ATTRIBUTES + rb")>")
_UNFINISHED: Final = re.compile(
    rb"</?(?:[A-Za-z_][\w:.\-]*+" + _ATTRIBUTES + rb"(?:\"[^\"]*+|'[^']*+)?)?\Z"
)
_HEAD: Final = re.compile(rb"<[A-Za-z_][\w:.\-]*+" + _ATTRIBUTES)
_LAST_NAME: Final = re.compile(rb"([^\s=\"'<>]+)\s*=\s*\Z")
_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.\-]{1,40})[\"']")
_NO_SPILLS: Final[Mapping[str, Any]] = {}


class Sink(Protocol):
    """Takes one long attribute value in pieces."""

    def feed(self, piece: bytes) -> None:
        """The next bytes of the value, as written in the file."""

    def finish(self) -> Any:
        """What stands in the tag's `spilled` for this attribute."""


class Tag(NamedTuple):
    """One start, end or empty tag; `start` and `end` are byte offsets in the original file."""

    name: bytes
    closing: bool
    attributes: bytes  # UTF-8 text between name and bracket, ends with "/" when empty
    start: int
    end: int
    spilled: Mapping[str, Any]
    wanted: tuple[bytes, ...] | None = None  # the wanted attributes, when the fast lane saw them

    @property
    def empty(self) -> bool:
        """Whether it closes itself."""
        return self.attributes.endswith(b"/")


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of markup by its first MiB, and how many bytes its mark takes."""
    encoding, skip = marked(head)
    if encoding is None and (declared := _DECLARED.search(head[:400])):
        encoding = canonical_name(declared.group(1).decode("ascii"))
    if encoding in (None, "utf-8", "ascii") and not skip and is_chinese(head):
        encoding = "gb18030"
    return encoding or "utf-8", skip


# the class's own way to make one takes twice as long
_tag: Final = cast(Callable[[type[Tag], tuple[Any, ...]], Tag], tuple.__new__)


class Tags:
    """Iterate over the tags of one file; afterwards `truncated` and `malformed` are known."""

    def __init__(
        self,
        file: Forward,
        *,
        sink: Callable[[str], Sink],
        wanted: tuple[bytes, tuple[bytes, ...]] = (b"", ()),
        utf8_from: int | None = None,
    ) -> None:
        """Start at the file's beginning, or at a tag in the middle of a file in UTF-8.

        Args:
            file: any encoding, read forward only, from where it stands.
            sink: makes the sink for an attribute of this name.
            wanted: the commonest element and which of its attributes matter, the one first
                without which it is not read in the fast lane.
            utf8_from: the offset at which it stands, where it is known to be in UTF-8.
        """
        head = file.read(CHUNK)
        self.encoding, skip = encoding_of(head) if utf8_from is None else ("utf-8", 0)
        self.truncated = False
        self.malformed = 0
        self._sink = sink
        self._direct = self.encoding in ("utf-8", "ascii")
        self._file: Forward = file
        self._pending = head[skip:]
        if not self._direct:
            self._file = Utf8Reader(_Rest(head[skip:], file), self.encoding)
            self._pending = b""
        self._buffer = b""
        self._mark = 0  # index in the buffer up to which `_origin` counts
        self._origin = (utf8_from or 0) + skip  # offset of `_mark` in the original file
        self._ended = False
        self._start: int | None = None  # of a tag whose long value already went into a sink
        self._spilled: Mapping[str, Any] = _NO_SPILLS
        self._shapes = Shapes(*wanted)

    def __iter__(self) -> Iterator[Tag]:
        position = 0
        shapes = self._shapes
        while True:
            buffer = self._buffer
            bracket = buffer.find(b"<", position)
            if bracket < 0:
                if not self._more(len(buffer)):
                    return
                position = 0
            elif (shaped := shapes.match(buffer, bracket)) and self._start is None:
                position, values = shaped
                if self._direct:  # an offset is a mere sum
                    base = self._origin - self._mark
                    start, end = base + bracket, base + position
                else:
                    start, end = self._offset(bracket), self._offset(position)
                yield _tag(Tag, (shapes.name, False, b"/", start, end, _NO_SPILLS, values))
            elif match := _TAG.match(buffer, bracket):
                closing, name, attributes = match.groups()
                position = match.end()
                shapes.learn(name, attributes)
                began = self._offset(bracket)
                start = began if self._start is None else self._start
                spilled, self._spilled, self._start = self._spilled, _NO_SPILLS, None
                yield Tag(name, bool(closing), attributes, start, self._offset(position), spilled)
            else:
                position = self._resume(bracket)
                if position < 0:
                    return

    def _resume(self, bracket: int) -> int:
        """Go on at a bracket that opens no whole tag; the next position, or -1 at the end."""
        if self._buffer.startswith((b"<!", b"<?"), bracket) or len(self._buffer) - bracket < 2:
            return self._skip_markup(bracket)
        if not _UNFINISHED.match(self._buffer, bracket):
            self.malformed += 1
            return bracket + 1
        length = len(self._buffer) - bracket
        if length > SPILL_FROM and not self._ended and self._spill(bracket):
            return 0
        if length > limits.TAG_BYTES:
            raise OverLimitError("tag_bytes", limits.TAG_BYTES)
        if not self._more(bracket):
            self.truncated = True
            return -1
        return 0

    def _more(self, keep_from: int) -> bool:
        """Drop what lies before `keep_from` and read on; False at the end of the file."""
        if self._ended:
            return False
        self._origin = self._offset(keep_from)
        self._mark = keep_from
        piece = self._pending or self._file.read(CHUNK)
        self._pending = b""
        if not piece:
            self._ended = True
            return False
        self._buffer = self._buffer[keep_from:] + piece
        self._mark = 0
        return True

    def _offset(self, index: int) -> int:
        """The place in the original file of a place in the buffer; only ever moves forward."""
        self._origin += (
            self._measure(self._buffer[self._mark : index])
            if not self._direct
            else (index - self._mark)
        )
        self._mark = index
        return self._origin

    def _measure(self, piece: bytes) -> int:
        if self._direct:
            return len(piece)
        return len(piece.decode("utf-8", "surrogatepass").encode(self.encoding, "replace"))

    def _skip_markup(self, bracket: int) -> int:
        """Step over a comment, instruction or CDATA; the new position, or -1 at the end."""
        while len(self._buffer) - bracket < 9:
            if not self._more(bracket):
                self.truncated = len(self._buffer) > bracket
                return -1
            bracket = 0
        if self._buffer.startswith(b"<!--", bracket):
            close = b"-->"
        elif self._buffer.startswith(b"<![CDATA[", bracket):
            close = b"]]>"
        elif self._buffer.startswith(b"<?", bracket):
            close = b"?>"
        elif self._buffer.startswith(b"<!", bracket):
            raise EntitiesError("a declaration stands in a message export")
        else:
            return bracket
        position = bracket + 2
        while (end := self._buffer.find(close, position)) < 0:
            keep = max(position, len(self._buffer) - len(close) + 1)
            if not self._more(keep):
                self.truncated = True
                return -1
            position = 0
        return end + len(close)

    def _spill(self, bracket: int) -> bool:
        """Let the unfinished value at the buffer's end flow into a sink; False if there is none.

        The tag then stands in the buffer with that value empty, as if it had been short.
        """
        head = _HEAD.match(self._buffer, bracket)
        if head is None or head.end() >= len(self._buffer):
            return False
        opening = head.end()
        quote = self._buffer[opening : opening + 1]
        name = _LAST_NAME.search(self._buffer, bracket, opening)
        label = name.group(1).decode("utf-8", "replace") if name else ""
        sink = self._sink(label)
        if self._start is None:
            self._start = self._offset(bracket)
        kept = self._buffer[bracket : opening + 1]
        piece = self._buffer[opening + 1 :]
        self._origin = self._offset(opening + 1)
        while (end := piece.find(quote)) < 0:
            sink.feed(piece)
            self._origin += self._measure(piece)
            piece = self._pending or self._file.read(CHUNK)
            self._pending = b""
            if not piece:
                self._ended = True
                self._buffer, self._mark = kept, len(kept)
                return True  # the caller meets the unfinished tag again and the file's end
        sink.feed(piece[:end])
        self._origin += self._measure(piece[:end])
        self._spilled = {**self._spilled, label: sink.finish()}
        self._buffer = kept + piece[end:]
        self._mark = len(kept)
        return True


class _Rest:
    """A file whose first bytes were already taken."""

    def __init__(self, head: bytes, file: Forward) -> None:
        self._head = head
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._file.read(size)
