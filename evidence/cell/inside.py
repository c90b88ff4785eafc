"""One file inside an export, as a stream: the child unpacks it while the door in reads it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from evidence.cell import frames
from evidence.cell.answers import answer, code_of
from evidence.cell.frames import CellProtocolError
from evidence.cell.parent import BOOT, Limits, child_of, limited
from evidence.errors import EvidenceError


class NotExtractedError(EvidenceError):
    """The file inside the export cannot be had; `code` says why, as of any reading."""

    code = "reading_failed"

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Inside(io.RawIOBase):
    """The bytes of the file, read forward once; `format` is what its first bytes look like."""

    def __init__(self, file: BinaryIO, size: int, *, out: BinaryIO, back: BinaryIO) -> None:
        super().__init__()
        self.format = "unknown"
        self._file = file
        self._size = size
        self._out = out
        self._back = back
        self._piece = memoryview(b"")
        self._is_over = False

    def begin(self) -> None:
        """Hear the child until the first bytes are there; raises NotExtractedError."""
        while not (self._piece or self._is_over):
            self._hear()

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """The next bytes, 0 at the end; raises NotExtractedError."""
        self.begin()
        view = memoryview(buffer).cast("B")
        length = min(len(view), len(self._piece))
        view[:length] = self._piece[:length]
        self._piece = self._piece[length:]
        return length

    def _hear(self) -> None:
        try:
            frame = frames.read(self._back)
            if frame is None:
                raise NotExtractedError("reading_failed")
            kind, payload = frame
            if kind == frames.WANT:
                answer(self._file, self._size, payload, self._out)
            elif kind == frames.HELD:
                pass  # which measures hold on this host: the reading says it
            elif kind == frames.FORMAT:
                self.format = str(json.loads(payload)["format"])[:64]
            elif kind == frames.CONTENT:
                self._piece = memoryview(payload)
            elif kind == frames.SUMMARY:
                self._is_over = True
            elif kind == frames.PROBLEM:
                raise NotExtractedError(code_of(payload))
            else:
                raise NotExtractedError("reading_failed")
        except (CellProtocolError, BrokenPipeError, ValueError, LookupError, TypeError) as cause:
            raise NotExtractedError("reading_failed") from cause


@contextmanager
def opened(
    file: BinaryIO, *, size: int, place: str, limits: Limits, program: str = BOOT
) -> Iterator[Inside]:
    """Let a child unpack one file of an archive.

    Args:
        file: seekable plain bytes of the archive.
        size: bytes in `file`.
        place: where in it, as `source_locator["member"]` says.
        limits: a child that passes one dies.
        program: Python that the child runs; tests give it worse ones than ours.

    Raises (also while it is read):
        NotExtractedError: it is not there, damaged, or beyond a limit.
    """
    with child_of(program, limits.timeout_s) as (_, out, back):
        options = {"size": size, "extract": place, **limited(limits)}
        with suppress(BrokenPipeError):  # a dead child is met when it is heard
            frames.write(out, frames.OPTIONS, json.dumps(options).encode())
        inside = Inside(file, size, out=out, back=back)
        inside.begin()
        yield inside
