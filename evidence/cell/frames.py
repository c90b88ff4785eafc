"""The pipe between parent and child: one letter, four bytes of length, the payload."""

from __future__ import annotations

import io
import struct
from typing import Any, BinaryIO

from evidence.errors import EvidenceError

HEAD = struct.Struct(">cI")
ASK = struct.Struct(">QI")  # offset, length: which plain bytes the child wants
PIECE_HEAD = struct.Struct(">d")  # seconds from the recording's beginning
MAX_PAYLOAD = 600 * 1024 * 1024
MAX_ASK = 1 << 22  # bytes in one request

OPTIONS = b"O"  # parent → child, first: JSON
HELD = b"H"  # child → parent: JSON list, which measures of `confinement` hold
WANT = b"W"  # child → parent: ASK
BYTES = b"B"  # parent → child: the plain bytes asked for
FORMAT = b"F"  # child → parent: JSON {format, reader, reader_version}
LOOKED = b"L"  # child → parent: JSON, what the file says of its making (`provenance.Found`)
RECORD = b"R"  # child → parent: one record's JSON
LEFT_OUT = b"U"  # child → parent: one that was not chosen: it is committed to, and not kept
SURVEY = b"Y"  # child → parent: JSON, what there is to choose from (`readers.Survey`)
CONTENT = b"I"  # child → parent: the next bytes of a file inside an export
EXCERPT = b"E"  # child → parent: JSON, the original at one place (`readers.excerpt`)
HASHED = b"G"  # child → parent: u32 rows, then the cells of a picture's perceptual hash
DERIVED = b"D"  # child → parent: head JSON, line feed, bytes
PIECE = b"N"  # child → parent: PIECE_HEAD, samples: a piece of sound for an engine elsewhere
HEARD = b"V"  # child → parent: JSON [start, end, text]: what an engine in the cell heard
PROBLEM = b"P"  # child → parent: a problem code; what came before it stays
SUMMARY = b"S"  # child → parent, when the reading is whole: JSON
CREDENTIALS = b"C"  # child → parent, behind the summary: JSON, facts `c2pa_…`


class CellProtocolError(EvidenceError):
    """What came over the pipe is no frame: the child was taken over, or ended half way."""

    code = "reading_failed"


def write(pipe: BinaryIO, kind: bytes, payload: bytes | memoryview = b"") -> None:
    """Send one frame."""
    pipe.write(HEAD.pack(kind, len(payload)))
    pipe.write(payload)
    pipe.flush()


def read(pipe: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame, or None when the pipe ended between two frames.

    Raises:
        CellProtocolError: it ended within one, or one is longer than any we send.
    """
    head = pipe.read(HEAD.size)
    if not head:
        return None
    if len(head) < HEAD.size:
        raise CellProtocolError("the pipe ended within a head")
    kind, length = HEAD.unpack(head)
    if length > MAX_PAYLOAD:
        raise CellProtocolError("a frame beyond every limit")
    payload = pipe.read(length)
    if len(payload) < length:
        raise CellProtocolError("the pipe ended within a frame")
    return kind, payload


class AskedFile(io.RawIOBase):
    """The child's view of the item: a seekable file whose bytes come over the pipe when read."""

    def __init__(self, size: int, *, out: BinaryIO, back: BinaryIO) -> None:
        super().__init__()
        self._size = size
        self._out = out
        self._back = back
        self._position = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The byte that is read next."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move; asks for nothing."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("a position before the beginning")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: Any, /) -> int:
        """Ask for what the buffer holds, at most for one request and up to the end."""
        view = memoryview(buffer).cast("B")
        length = min(len(view), MAX_ASK, max(0, self._size - self._position))
        if not length:
            return 0
        write(self._out, WANT, ASK.pack(self._position, length))
        answer = read(self._back)
        if answer is None or answer[0] != BYTES or len(answer[1]) != length:
            raise OSError("the parent does not answer")
        view[:length] = answer[1]
        self._position += length
        return length
