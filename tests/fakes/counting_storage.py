"""A disk storage that counts which bytes are read of a file, below every buffer."""

from __future__ import annotations

import io
from typing import Any, ClassVar

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class CountedFile(io.FileIO):
    def readinto(self, buffer: Any, /) -> int:
        got = super().readinto(buffer)
        CountingStorage.read_bytes += got or 0
        return got

    def readall(self) -> bytes:
        got = super().readall()
        CountingStorage.read_bytes += len(got)
        return got


class CountingStorage(FileSystemStorage):
    read_bytes: ClassVar[int] = 0

    def _open(self, name: str, mode: str = "rb") -> File:
        return File(io.BufferedReader(CountedFile(self.path(name))), name)
