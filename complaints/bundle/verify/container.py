"""Where the package lies: a folder or a ZIP, seen as names and bytes, hostile until proved tame."""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from complaints.errors import ComplaintError

MAX_FILES = 100_000
MAX_RATIO, RATIO_FROM_BYTES = 100, 10 * 1024 * 1024
ENCRYPTED = 0x1
END_BYTES, END_MAGIC = 22, b"PK\x05\x06"  # of an end record without a comment
# What zipfile says of damage, and of a way of packing that it does not know.
BROKEN_FILE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


class ContainerError(ComplaintError):
    """The container cannot be read in one meaning only, so nothing in it is judged.

    `reason` is a word: unreadable, link, special_file, name, duplicate, encrypted, bomb, too_many,
    hidden (bytes that belong to no file).
    """

    code = "package_container"

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{reason} {where}".strip())
        self.reason = reason
        self.where = where


class UnreadableFileError(ComplaintError):
    """One file of the container cannot be read whole."""

    code = "package_file_unreadable"


class Container(Protocol):
    """Files by name (forward slashes), with sizes; folders apart."""

    files: dict[str, int]
    folders: set[str]

    def open(self, name: str) -> BinaryIO:
        """The bytes of one file from the start."""


class FolderContainer:
    """A folder on disk. Links and special files are refused: they could point anywhere."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, int] = {}
        self.folders: set[str] = set()
        for parent, folders, names in os.walk(root, onerror=_refuse):
            for name in folders + names:
                full = Path(parent, name)
                relative = full.relative_to(root).as_posix()
                mode = full.lstat().st_mode
                if stat.S_ISLNK(mode):
                    raise ContainerError("link", relative)
                _check_name(relative)
                if stat.S_ISDIR(mode):
                    self.folders.add(relative)
                elif stat.S_ISREG(mode):
                    self.files[relative] = full.lstat().st_size
                else:
                    raise ContainerError("special_file", relative)
                if len(self.files) + len(self.folders) > MAX_FILES:
                    raise ContainerError("too_many")
        _refuse_twins(self.files.keys() | self.folders)

    def open(self, name: str) -> BinaryIO:
        """One file; its name came from the walk."""
        try:
            return (self.root / name).open("rb")
        except OSError as cause:
            raise UnreadableFileError(name) from cause


class ZipContainer:
    """A ZIP, also one written anew by another program."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            self._archive = zipfile.ZipFile(file)
        except (*BROKEN_FILE, ValueError) as cause:
            raise ContainerError("unreadable") from cause
        self.files: dict[str, int] = {}
        self.folders: set[str] = set()
        entries = self._archive.infolist()
        if len(entries) > MAX_FILES:
            raise ContainerError("too_many")
        for entry in entries:
            self._take(entry)
        _refuse_twins(self.files.keys() | self.folders)
        _check_ends(file, entries, size)
        # Entries that share bytes, as the smallest bombs do, add up to more than there is.
        if sum(entry.compress_size for entry in entries) > size:
            raise ContainerError("bomb")

    def _take(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.removesuffix("/") if entry.is_dir() else entry.filename
        # orig_filename keeps what zipfile cuts off or turns round.
        if entry.orig_filename != entry.filename:
            raise ContainerError("name", name)
        _check_name(name)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise ContainerError("link", name)
        if name in self.files or name in self.folders:
            raise ContainerError("duplicate", name)
        if entry.flag_bits & ENCRYPTED:
            raise ContainerError("encrypted", name)
        packed = max(entry.compress_size, 1)
        if entry.file_size > RATIO_FROM_BYTES and entry.file_size / packed > MAX_RATIO:
            raise ContainerError("bomb", name)
        if entry.is_dir():
            self.folders.add(name)
        else:
            self.files[name] = entry.file_size

    def open(self, name: str) -> BinaryIO:
        """One entry; a damaged one fails here or while it is read."""
        try:
            return self._archive.open(name)  # type: ignore[return-value]  # IO[bytes] it is
        except (*BROKEN_FILE, RuntimeError, ValueError) as cause:
            raise UnreadableFileError(name) from cause


def _refuse_twins(names: Collection[str]) -> None:
    """Two names that a computer with another idea of letters would unpack into one."""
    if len({name.casefold() for name in names}) != len(names):
        raise ContainerError("duplicate")


def _check_ends(file: BinaryIO, entries: Sequence[zipfile.ZipInfo], size: int) -> None:
    """The archive begins with its first file and ends with its directory, no comment behind.

    What stands before, behind or in a comment is in no list and under no signature.
    """
    file.seek(max(0, size - END_BYTES))
    end = file.read(END_BYTES)
    begins = min((entry.header_offset for entry in entries), default=0)
    if begins or end[:4] != END_MAGIC or end[-2:] != b"\0\0":
        raise ContainerError("hidden")


def read_whole(container: Container, name: str, *, limit: int) -> bytes:
    """A small file's bytes, never more than `limit` of them.

    Raises:
        UnreadableFileError: damaged, or larger than any such file may be.
    """
    try:
        with container.open(name) as file:
            data = file.read(limit + 1)
    except BROKEN_FILE as cause:
        raise UnreadableFileError(name) from cause
    if len(data) > limit:
        raise UnreadableFileError(f"{name}: too large")
    return data


def _check_name(name: str) -> None:
    """A name that means one place only, on every computer."""
    parts = name.split("/")
    is_plain = (
        all(part not in ("", ".", "..") for part in parts)
        and "\\" not in name
        and ":" not in name
        and name == unicodedata.normalize("NFC", name)
        and not any(unicodedata.category(character).startswith("C") for character in name)
        and not any(part[-1:] in (" ", ".") for part in parts)  # Windows cuts these off
    )
    if not is_plain:
        raise ContainerError("name", ascii(name)[1:-1])


def _refuse(problem: OSError) -> None:
    raise ContainerError("unreadable") from problem
