"""The part file of an upload: an envelope that grows, and its encrypted unfinished segment.

How far an upload is stands in these two files and nowhere else, so a killed server loses nothing
that it acknowledged and no row can disagree. Whole segments are never written twice: a second
plain text under the same nonce would open both.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidence.vault import blobs
from evidence.vault.envelope import (
    HEADER_BYTES,
    DecryptingReader,
    Encryptor,
    TailDamagedError,
    open_tail,
    plain_offset,
    seal_tail,
    sealed_offset,
    sealed_size,
    whole_segments,
)

READ_BYTES = 1 << 20  # when reading back
TAKE_BYTES = 1 << 18  # of a body at once: what a slow line loses when the server is killed


@dataclass(frozen=True)
class Part:
    """One upload's two files and the key that they are encrypted with."""

    upload_id: uuid.UUID
    object_id: uuid.UUID  # the item it becomes: bound into every segment
    data_key: bytes
    length: int

    @property
    def path(self) -> Path:
        """The envelope so far."""
        return blobs.incoming_path(f"{self.upload_id.hex}.upload")

    @property
    def tail_path(self) -> Path:
        """The plain bytes beyond its last whole segment, encrypted on their own."""
        return blobs.incoming_path(f"{self.upload_id.hex}.tail")

    def offset(self) -> int:
        """How many plain bytes are here, to be acknowledged."""
        if self.is_sealed():
            return self.length
        segments = self._segments()
        return plain_offset(segments) + len(self._tail(segments))

    def is_sealed(self) -> bool:
        """Whether the last segment is written: nothing can be added any more."""
        return self._size() == sealed_size(self.length)

    def append(self, read: Callable[[int], bytes], before_write: Callable[[], None]) -> int:
        """Add what `read` gives until it gives nothing; rest the tail; return the new offset.

        Args:
            read: called with the most bytes wanted; b"" ends.
            before_write: called before each write; raises when the upload is no longer ours.
        """
        segments = self._segments()
        with self._open(segments) as file:
            encryptor = self._resume(file, segments)
            try:
                self._pump(read, before_write, encryptor)
            finally:
                # Whatever ended it, what came before is here and will be acknowledged.
                blobs.flush(file)
                before_write()
                self._rest(encryptor)
        return encryptor.size

    def seal(self) -> None:
        """Write the last segment. Safe to repeat: the same bytes under the same nonce."""
        if self.is_sealed():
            return
        segments = self._segments()
        with self._open(segments) as file:
            encryptor = self._resume(file, segments)
            encryptor.finish()
            blobs.flush(file)

    def digest(self, hold: Callable[[], None]) -> str:
        """SHA-256 of the whole, by reading back what was written: proof that it can be read.

        Args:
            hold: called after each piece; raises when the upload is no longer ours.
        """
        state, buffer = hashlib.sha256(), memoryview(bytearray(READ_BYTES))
        with self.path.open("rb") as file:
            reader = DecryptingReader(
                file, data_key=self.data_key, associated_data=blobs.associated(self.object_id)
            )
            while count := reader.readinto(buffer):
                state.update(buffer[:count])
                hold()
        return state.hexdigest()

    def discard(self) -> None:
        """Remove both files."""
        self.path.unlink(missing_ok=True)
        self.tail_path.unlink(missing_ok=True)

    def _pump(
        self, read: Callable[[int], bytes], before_write: Callable[[], None], encryptor: Encryptor
    ) -> None:
        while (room := self.length - encryptor.size) and (chunk := read(min(room, TAKE_BYTES))):
            before_write()
            encryptor.write(chunk)

    def _open(self, segments: int) -> BinaryIO:
        """The part file for writing, begun if it is not there, cut after its whole segments."""
        if self._size() < HEADER_BYTES:
            with self.path.open("wb") as fresh:
                Encryptor(
                    fresh,
                    data_key=self.data_key,
                    associated_data=blobs.associated(self.object_id),
                )
                blobs.flush(fresh)
        file = self.path.open("r+b")
        file.truncate(sealed_offset(segments))  # beyond it lies at most a torn write
        return file

    def _resume(self, file: BinaryIO, segments: int) -> Encryptor:
        """Go on after so many whole segments; leaves `file` at the place of the next one."""
        file.seek(0)
        header = file.read(HEADER_BYTES)
        file.seek(sealed_offset(segments))
        return Encryptor.resume(
            file,
            data_key=self.data_key,
            associated_data=blobs.associated(self.object_id),
            header=header,
            segments=segments,
            tail=self._tail(segments),
        )

    def _segments(self) -> int:
        return whole_segments(self._size())

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def _tail(self, segments: int) -> bytes:
        """The rested tail if it continues the whole segments; an older one lies within them."""
        try:
            sealed = self.tail_path.read_bytes()
            belongs_to, tail = open_tail(
                sealed, data_key=self.data_key, associated_data=blobs.associated(self.object_id)
            )
        except (FileNotFoundError, TailDamagedError):
            return b""  # those bytes were lost with the disk's cache: the client sends them again
        return tail if belongs_to == segments else b""

    def _rest(self, encryptor: Encryptor) -> None:
        sealed = seal_tail(
            encryptor.tail(),
            segment=encryptor.segments,
            data_key=self.data_key,
            associated_data=blobs.associated(self.object_id),
        )
        beside = self.tail_path.with_suffix(".tail-new")
        with beside.open("wb") as file:
            file.write(sealed)
            blobs.flush(file)
        beside.rename(self.tail_path)


def discard_of(upload_ids: Iterable[uuid.UUID]) -> None:
    """Remove whatever lies there of these uploads, also what a killed writer left.

    The folder, which holds everybody's uploads, is listed once.
    """
    gone = {upload_id.hex for upload_id in upload_ids}
    for file in blobs.incoming_path("").iterdir() if gone else ():
        if re.split("[.-]", file.name, maxsplit=1)[0] in gone:
            file.unlink(missing_ok=True)
