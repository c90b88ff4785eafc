"""Read an envelope at any place: only the segments asked for are decrypted."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag

from evidence.vault.segments import (
    HEADER_BYTES,
    PLAIN_BYTES,
    SEGMENT_BYTES,
    TAG_BYTES,
    EnvelopeDamagedError,
    EnvelopeTruncatedError,
    SegmentCipher,
    plain_offset,
    sealed_offset,
)


class DecryptingReader(io.RawIOBase):
    """The plain bytes of one envelope as a seekable binary file.

    Opening it decrypts the last segment, so `size` is authentic and a cut is seen at once. `read`
    returns all the bytes asked for unless the end comes first. Closing it does not close `src`.
    """

    def __init__(self, src: BinaryIO, *, data_key: bytes, associated_data: bytes) -> None:
        """Open an envelope that fills the whole of `src`.

        Raises:
            EnvelopeHeaderError, EnvelopeTruncatedError, EnvelopeDamagedError.
        """
        super().__init__()
        self._src = src
        sealed_size = src.seek(0, io.SEEK_END)
        src.seek(0)
        header = src.read(HEADER_BYTES)
        if len(header) < HEADER_BYTES:
            raise EnvelopeTruncatedError("the header is not whole")
        self._last = (sealed_size - 1) // SEGMENT_BYTES
        self._cipher = SegmentCipher(header, data_key=data_key, associated_data=associated_data)
        self._sealed_size = sealed_size
        self._sealed = memoryview(bytearray(SEGMENT_BYTES))
        self._plain = memoryview(bytearray(PLAIN_BYTES))
        self._segment = -1  # which one lies in `_plain`
        self._length = 0
        self._position = 0
        self._open_last()
        self.size = plain_offset(self._last) + self._length

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The plain byte that is read next."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a plain byte; nothing is decrypted until something is read."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}
        if whence not in base:
            raise ValueError(f"whence {whence}")
        if base[whence] + offset < 0:
            raise ValueError("a position before the beginning")
        self._position = base[whence] + offset
        return self._position

    def left_in_segment(self) -> int:
        """Plain bytes from here to the end of the segment in which the next one lies."""
        segment = (self._position + HEADER_BYTES) // PLAIN_BYTES
        return plain_offset(segment + 1) - self._position

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer, or as much of it as there is up to the end."""
        return self._fill(memoryview(buffer).cast("B"))

    def readall(self) -> bytes:
        """From here to the end."""
        buffer = bytearray(max(0, self.size - self._position))
        self._fill(memoryview(buffer))
        return bytes(buffer)

    def _fill(self, out: memoryview) -> int:
        if self.closed:
            raise ValueError("read of a closed file")
        filled = 0
        while filled < len(out) and self._position < self.size:
            segment = (self._position + HEADER_BYTES) // PLAIN_BYTES
            self._load(segment)
            begin = self._position - plain_offset(segment)
            piece = self._plain[begin : min(self._length, begin + len(out) - filled)]
            out[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._position += len(piece)
        return filled

    def _open_last(self) -> None:
        """Decrypt the last segment; if it is none, say which kind of harm that is."""
        sealed = self._fetch(self._last)
        if len(sealed) < TAG_BYTES or (self._last and len(sealed) == TAG_BYTES):
            raise EnvelopeTruncatedError("the last segment is not whole")
        if self._try(sealed, self._last, last=True):
            return
        if self._try(sealed, self._last, last=False):
            raise EnvelopeTruncatedError("the segments end before the last one")
        # A cut within a segment cannot be told from a change in it: both are damage there.
        self._load(0)  # names segment 0 when nothing at all decrypts: another key, another item
        raise EnvelopeDamagedError(segment=self._last)

    def _load(self, segment: int) -> None:
        if segment == self._segment:
            return
        sealed = self._fetch(segment)
        if not self._try(sealed, segment, last=segment == self._last):
            raise EnvelopeDamagedError(segment=segment)

    def _try(self, sealed: memoryview, segment: int, *, last: bool) -> bool:
        self._segment = -1
        length = len(sealed) - TAG_BYTES
        try:
            self._cipher.decrypt_into(sealed, segment, last=last, out=self._plain[:length])
        except InvalidTag:
            return False
        self._segment, self._length = segment, length
        return True

    def _fetch(self, segment: int) -> memoryview:
        begin = self._src.seek(sealed_offset(segment))
        end = min(self._sealed_size, (segment + 1) * SEGMENT_BYTES)
        sealed = self._src.read(end - begin) if end > begin else b""
        if len(sealed) != max(0, end - begin):
            raise EnvelopeTruncatedError(f"segment {segment} is not whole")
        self._sealed[: len(sealed)] = sealed
        return self._sealed[: len(sealed)]
