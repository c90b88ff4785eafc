"""A package as a list of files: what the builder makes, and what a kept ZIP is read back to.

Apart from the builder, so that the web process can hand a package over without its engines.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO, cast

from complaints.bundle import formats, layout
from complaints.bundle.exhibits import Opener
from evidence.integrity.digest import hash_stream
from evidence.integrity.times import read_time

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and of how much."""

BYTES = "application/octet-stream"


@dataclass(frozen=True)
class Missed:
    """One TSA that was asked and gave no token that holds."""

    source: str
    why: str  # a code


@dataclass(frozen=True)
class SignatureStamp:
    """Whose token the complaint's signature carries, and who was asked before in vain."""

    source: str
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True)
class PackageFile:
    """One file of the package; `open` gives its bytes from the start, as often as asked."""

    path: str
    sha256: str
    size: int
    media_type: str
    open: Opener


@dataclass(frozen=True)
class Package:
    """A whole package, ready to be written as folder, ZIP or bag. Files are sorted by path."""

    case: str
    built_at: datetime
    files: tuple[PackageFile, ...]
    exhibits_digest: str  # of 5_PROOF/exhibits.json, the one printed on paper
    package_digest: str  # of 5_PROOF/package.json
    complaint_digest: str  # of the signed 2_COMPLAINT.pdf
    house_fingerprint: str
    stamped: SignatureStamp | None = None  # None: it was read back from a ZIP

    def file(self, path: str) -> PackageFile:
        """One file by its path; KeyError when there is none."""
        return {file.path: file for file in self.files}[path]


def read_zip(file: BinaryIO) -> Package:
    """A package ZIP that we built and verified ourselves, as a package again.

    Args:
        file: seekable; it must stay open as long as the answer's openers are used.

    Raises:
        formats.ManifestFormatError, ManifestVersionError: not a package of ours.
    """
    archive = zipfile.ZipFile(file)
    case = archive.namelist()[0].split("/", 1)[0]
    told = formats.read(archive.read(f"{case}/{layout.PACKAGE}"), formats.PACKAGE_V1)
    types = {entry["path"]: entry["media_type"] for entry in told["files"]}
    files = []
    for name in sorted(archive.namelist()):
        path = name.split("/", 1)[1]
        opened = partial(_open, archive, name)
        with opened() as member:
            sha256, size = hash_stream(member)
        files.append(PackageFile(path, sha256, size, types.get(path, BYTES), opened))
    digests = {one.path: one.sha256 for one in files}
    return Package(
        case=case,
        built_at=read_time(told["built_at"]),
        files=tuple(files),
        exhibits_digest=digests[layout.EXHIBITS],
        package_digest=digests[layout.PACKAGE],
        complaint_digest=digests[layout.COMPLAINT],
        house_fingerprint=told["house"],
    )


def _open(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    return cast(BinaryIO, archive.open(name))
