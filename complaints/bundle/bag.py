"""The second export: the same folder as the payload of a BagIt 1.0 bag (RFC 8493), in a ZIP."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import BinaryIO

from complaints.bundle.folder import write_archive
from complaints.bundle.package import Package, PackageFile
from evidence.integrity.digest import sha256_hex

PAYLOAD = "data"
DECLARATION, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"


def write_bag(package: Package, out: BinaryIO) -> None:
    """Write `<case>_bag/…` as a ZIP into a seekable file."""
    root = f"{package.case}_bag"
    prefix = f"{PAYLOAD}/{package.case}/"
    payload = {prefix + file.path: (file.sha256, file.size) for file in package.files}
    tags = tag_files(package.case, package.built_at.date().isoformat(), payload)
    files = [(f"{root}/{name}", _tag_file(name, data)) for name, data in tags.items()]
    files += [(f"{root}/{prefix}{file.path}", file) for file in package.files]
    write_archive(out, sorted(files, key=lambda entry: entry[0]))


def tag_files(case: str, on: str, payload: Mapping[str, tuple[str, int]]) -> dict[str, bytes]:
    """The four tag files. A verifier makes them again and compares, so each byte counts.

    `on` is the date of the package (YYYY-MM-DD); `payload` maps `data/…` to digest and size.
    """
    octets = sum(size for _, size in payload.values())
    info = {
        "Bag-Software-Agent": "liuzheng",
        "Bagging-Date": on,
        "External-Identifier": case,
        "Payload-Oxum": f"{octets}.{len(payload)}",
    }
    lines = "".join(f"{payload[path][0]}  {path}\n" for path in sorted(payload))
    files = {
        DECLARATION: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        INFO: "".join(f"{name}: {value}\n" for name, value in info.items()).encode("ascii"),
        MANIFEST: lines.encode("ascii"),
    }
    listed = "".join(f"{sha256_hex(files[name])}  {name}\n" for name in sorted(files))
    return {**files, TAG_MANIFEST: listed.encode("ascii")}


def _tag_file(name: str, data: bytes) -> PackageFile:
    def opened() -> BinaryIO:
        return io.BytesIO(data)

    return PackageFile(name, sha256_hex(data), len(data), "text/plain", opened)
