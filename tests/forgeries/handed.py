"""What is put before the verifier: a ZIP, a folder, or a PDF alone."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = "LZ-SAMPLE-0001/"


@dataclass(frozen=True)
class Handed:
    """Bytes under a name, or files in a folder."""

    data: bytes = b""
    name: str = "package.zip"
    folder: Mapping[str, bytes] | None = None
    beside: Callable[[Path], None] | None = None  # what is done to the folder on disk
    original: bytes | None = None  # given as `--original`
    original_name: str = "sms-20261104.xml"
    # Given as `--trust`: words as they are, bytes as files; None: what a careful clerk brings.
    brought: tuple[str | bytes, ...] | None = None
    roots: bytes | None = None  # given as `--roots`, a file
    at: str = "2026-12-01"  # given as `--at`: so that the corpus is the same on any day

    def lay(self, into: Path) -> Path:
        """Write it below a folder; where it lies."""
        if self.folder is None:
            path = into / self.name
            path.write_bytes(self.data)
            return path
        root = into / "package"
        for name, data in self.folder.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        if self.beside is not None:
            self.beside(root)
        return root

    def lay_original(self, into: Path) -> list[str]:
        """Write what is given as `--original`, if anything is; the arguments that say so."""
        if self.original is None:
            return []
        path = into / self.original_name
        path.write_bytes(self.original)
        return ["--original", str(path)]


def zipped(
    files: Mapping[str, bytes],
    *,
    root: str = ROOT,
    method: int = zipfile.ZIP_STORED,
    extra: Callable[[zipfile.ZipFile], None] | None = None,
    folders: tuple[str, ...] = (),
    backwards: bool = False,
) -> Handed:
    """The files as a ZIP; `extra` may add what no honest program would."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for folder in folders:
            archive.writestr(zipfile.ZipInfo(root + folder + "/"), b"")
        for path in sorted(files, reverse=backwards):
            archive.writestr(root + path, files[path])
        if extra is not None:
            extra(archive)
    return Handed(out.getvalue())


def flip(data: bytes, at: int) -> bytes:
    """One bit of one byte changed."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def fifo(root: Path) -> None:
    """A special file among the others."""
    os.mkfifo(root / "pipe")


def empty(root: Path) -> None:
    """A folder with nothing in it: its name is the message."""
    (root / "THE LENDER PAID").mkdir()


def link(root: Path) -> None:
    """A file exchanged for a link to itself elsewhere."""
    target = root / "3_EXHIBITS" / "A-1.pdf"
    elsewhere = root.parent / "elsewhere.pdf"
    target.rename(elsewhere)
    target.symlink_to(elsewhere)
