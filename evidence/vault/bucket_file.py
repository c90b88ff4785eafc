"""One object of an S3-compatible bucket as a seekable file: only what is read is fetched.

django-storages would fetch the whole object first; a player that asks for the middle of a long
recording needs two segments of it.
"""

from __future__ import annotations

import io
from typing import Any

AHEAD_BYTES = 4 << 20  # fetched at once at most


class BucketFile(io.RawIOBase):
    """Reads an object by ranges. `read` gives all that was asked for unless the end comes first."""

    def __init__(self, storage: Any, name: str) -> None:
        """Look the object up.

        Raises:
            FileNotFoundError: the bucket has no such object.
        """
        super().__init__()
        from botocore.exceptions import (  # type: ignore[import-untyped]  # noqa: PLC0415
            ClientError,  # only an installation with a bucket loads the S3 client
        )

        # Under the prefix of the installation, as the storage itself would look for it.
        self._object = storage.bucket.Object(storage._normalize_name(name))
        try:
            self._size = int(self._object.content_length)
        except ClientError as cause:
            if cause.response["Error"]["Code"] in ("404", "NoSuchKey"):
                raise FileNotFoundError(name) from cause
            raise
        self._position = 0
        self._begin = 0  # of what lies in `_held`
        self._held = b""

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
        """Move; fetches nothing."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("a position before the beginning")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer, or as much of it as there is up to the end."""
        view = memoryview(buffer).cast("B")
        wanted = min(len(view), max(0, self._size - self._position))
        filled = 0
        while filled < wanted:
            piece = self._piece(wanted - filled)
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._position += len(piece)
        return filled

    def _piece(self, wanted: int) -> bytes:
        at = self._position - self._begin
        if not 0 <= at < len(self._held):
            # Who reads on gets twice as much each time; who jumps, just what was asked for.
            reads_on = self._held and self._position == self._begin + len(self._held)
            ahead = min(2 * len(self._held), AHEAD_BYTES) if reads_on else 0
            length = max(wanted, ahead)
            last = min(self._position + length, self._size) - 1
            fetched = self._object.get(Range=f"bytes={self._position}-{last}")["Body"].read()
            if not fetched:
                raise OSError("the store gave nothing for a range that it has")
            self._begin, self._held, at = self._position, fetched, 0
        return self._held[at : at + wanted]
