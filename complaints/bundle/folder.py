"""Writes a package as a folder or as one ZIP: stored, ASCII names, fixed times, sorted."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from complaints.bundle.package_files import Package, PackageFile

FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say
UNIX, REGULAR_FILE = 3, 0o100644 << 16
CHUNK_BYTES = 1 << 18


def write_folder(package: Package, directory: Path) -> Path:
    """Write `<directory>/<case>/…`; returns that folder. It must not exist yet."""
    root = directory / package.case
    root.mkdir(parents=True)
    for file in package.files:
        target = root / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        with file.open() as source, target.open("xb") as out:
            shutil.copyfileobj(source, out, CHUNK_BYTES)
    return root


def write_zip(package: Package, out: BinaryIO) -> None:
    """Write the folder as a ZIP into a seekable file. The same package gives the same bytes."""
    write_archive(out, [(f"{package.case}/{file.path}", file) for file in package.files])


def write_archive(out: BinaryIO, files: Iterable[tuple[str, PackageFile]]) -> None:
    """Store files under the names given; Zip64 wherever one is too large for the old fields."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, file in files:
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.create_system = UNIX
            entry.external_attr = REGULAR_FILE
            entry.file_size = file.size
            with file.open() as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, CHUNK_BYTES)
