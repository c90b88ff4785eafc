"""The second export: the same folder as the payload of a BagIt 1.0 bag (RFC 8493), in a ZIP."""

from __future__ import annotations

import io
from typing import BinaryIO

from complaints.bundle.bag_tags import PAYLOAD, tag_files
from complaints.bundle.folder import write_archive
from complaints.bundle.package_files import Package, PackageFile
from evidence.integrity.digest import sha256_hex


def write_bag(package: Package, out: BinaryIO) -> None:
    """Write `<case>_bag/…` as a ZIP into a seekable file."""
    root = f"{package.case}_bag"
    prefix = f"{PAYLOAD}/{package.case}/"
    payload = {prefix + file.path: (file.sha256, file.size) for file in package.files}
    tags = tag_files(package.case, package.built_at.date().isoformat(), payload)
    files = [(f"{root}/{name}", _tag_file(name, data)) for name, data in tags.items()]
    files += [(f"{root}/{prefix}{file.path}", file) for file in package.files]
    write_archive(out, sorted(files, key=lambda entry: entry[0]))


def _tag_file(name: str, data: bytes) -> PackageFile:
    def opened() -> BinaryIO:
        return io.BytesIO(data)

    return PackageFile(name, sha256_hex(data), len(data), "text/plain", opened)
