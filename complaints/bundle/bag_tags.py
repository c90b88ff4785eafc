"""The tag files of a bag (RFC 8493): made when it is written, made again when it is checked."""

from __future__ import annotations

from collections.abc import Mapping

from evidence.integrity.digest import sha256_hex

PAYLOAD = "data"
DECLARATION, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"


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
