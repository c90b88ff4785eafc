"""Cuts a package into parts that a desk's page takes, and lists what goes on a medium instead.

Pure: from the package as it was kept. The package itself is not touched: it stays what verifies,
and goes on the medium whole (docs/upload-parts.md).
"""

from __future__ import annotations

import html
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, BinaryIO

from complaints.bundle import layout, picture_pdf
from complaints.bundle.codes import grouped
from complaints.bundle.language import text
from complaints.bundle.package_files import Package, PackageFile
from complaints.bundle.picture_pdf import Picture
from evidence.integrity.digest import sha256_hex

LIST, LABEL, PASTE = "HANDOVER.txt", "LABEL.html", "TEXT.txt"
MEDIA_TYPES = {"pdf": "application/pdf", "txt": "text/plain", "html": "text/html"}


class Why(StrEnum):
    """Why a file goes on the medium."""

    COPY_ONLY = "copy_only"  # the parts have a smaller copy of it
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Part:
    """One file to upload; `of`: numbers of the exhibits that it shows, empty for the paper."""

    name: str
    data: bytes
    of: tuple[str, ...]


@dataclass(frozen=True)
class Left:
    """One file of the package that is not in the parts as it is."""

    number: str  # of the exhibit; empty for the paper
    path: str
    sha256: str
    size: int
    why: Why


@dataclass(frozen=True)
class Cut:
    """What is uploaded and what is handed over on a medium."""

    parts: tuple[Part, ...]
    left: tuple[Left, ...]


def cut(
    package: Package,
    pages: Mapping[str, bytes],
    *,
    file_bytes: int,
    file_count: int | None = None,
) -> Cut:
    """Cut a package so that no part is larger than `file_bytes`.

    Args:
        package: as it was kept and verified.
        pages: exhibit number → the small JPEG of it, made from the form handed over.
        file_bytes: at most, one part.
        file_count: at most, all parts; None: unknown, every part is offered.
    """
    files = {file.path: file for file in package.files}
    paper = files[layout.COMPLAINT]
    exhibits = json.loads(_bytes(files[layout.EXHIBITS]))["exhibits"]
    parts: list[Part] = []
    left: list[Left] = []
    if paper.size <= file_bytes:
        parts.append(Part("01_COMPLAINT.pdf", _bytes(paper), ()))
    else:
        left.append(_left("", paper, Why.TOO_LARGE))
    room = file_bytes - picture_pdf.FRAME_BYTES
    pictures: list[tuple[str, Picture]] = []
    for exhibit in exhibits:
        number, file = exhibit["number"], files[exhibit["path"]]
        picture = _picture(exhibit, pages)
        if picture is not None and picture_pdf.bytes_of(picture) <= room:
            pictures.append((number, picture))
            left.append(_left(number, file, Why.COPY_ONLY))
        elif file.size <= file_bytes:
            parts.append(Part(file.path.rsplit("/", 1)[1], _bytes(file), (number,)))
        else:
            copies = [files[path] for path in exhibit["copies"] if files[path].size <= file_bytes]
            parts += [Part(one.path.rsplit("/", 1)[1], _bytes(one), (number,)) for one in copies]
            left.append(_left(number, file, Why.COPY_ONLY if copies else Why.TOO_LARGE))
    parts += _copies(pictures, room)
    if file_count is None or len(parts) <= file_count:
        return Cut(tuple(parts), tuple(left))
    kept = parts[:file_count]
    shown = {number for part in kept for number in part.of}
    by_number = {one["number"]: files[one["path"]] for one in exhibits}
    gone = {number for part in parts[file_count:] for number in part.of} - shown
    left = [one for one in left if one.number not in gone]
    left += [_left(number, by_number[number], Why.TOO_MANY) for number in sorted(gone)]
    return Cut(tuple(kept), tuple(left))


def files_of(package: Package, made: Cut, *, language: str, paste: str = "") -> list[PackageFile]:
    """The parts, the list for the medium, its label, and the text to paste, sorted by name."""
    found = [_file(part.name, part.data) for part in made.parts]
    found.append(_file(LIST, _encode(_list(package, made, language))))
    found.append(_file(LABEL, _label(package, made, language).encode()))
    if paste:
        found.append(_file(PASTE, _encode(paste.split("\n"))))
    return sorted(found, key=lambda file: file.path)


def _copies(pictures: Sequence[tuple[str, Picture]], room: int) -> Iterator[Part]:
    """Copies in the exhibits' order, as many in a file as it has room for."""
    held: list[tuple[str, Picture]] = []
    number = 1
    for at, (exhibit, picture) in enumerate(pictures):
        held.append((exhibit, picture))
        size = sum(picture_pdf.bytes_of(one) for _, one in held)
        is_last = at + 1 == len(pictures)
        if is_last or size + picture_pdf.bytes_of(pictures[at + 1][1]) > room:
            data = picture_pdf.write([one for _, one in held])
            yield Part(f"02_COPIES_{number:02}.pdf", data, tuple(one for one, _ in held))
            held, number = [], number + 1


def _picture(exhibit: Mapping[str, Any], pages: Mapping[str, bytes]) -> Picture | None:
    jpeg = pages.get(exhibit["number"])
    if jpeg is None:
        return None
    line = f"{exhibit['number']}  smaller copy  SHA-256 of the exhibit: {exhibit['sha256']}"
    return Picture(jpeg, line)


def _list(package: Package, made: Cut, language: str) -> list[str]:
    """`HANDOVER.txt`: each part with size and digest, then each file for the medium."""

    def say(key: str) -> str:
        return text(key, language)

    lines = [f"{say('parts-title')}  {package.case}", say("parts-whole"), "", say("parts-parts")]
    for part in made.parts:
        lines.append(f"  {part.name}  {len(part.data)} bytes  {'、'.join(part.of)}")
        lines.append(f"    SHA-256 {sha256_hex(part.data)}")
    lines += [_total(made.parts, language), "", say("parts-left")]
    for one in made.left:
        lines.append(f"  {one.number or say('parts-paper')}  {one.path}  {one.size} bytes")
        lines.append(f"    SHA-256 {one.sha256}  {say(f'parts-why-{one.why}')}")
    if not made.left:
        lines.append(f"  {say('parts-nothing-left')}")
    return [*lines, _total(made.left, language), ""]


def _total(listed: Sequence[object], language: str) -> str:
    return f"  {text('parts-total', language, count=len(listed))}"


def _label(package: Package, made: Cut, language: str) -> str:
    """`LABEL.html`: printed, cut out and stuck on the disc or the bag of the stick."""

    def say(key: str) -> str:
        return text(key, language)

    rows = [
        (say("parts-label-case"), package.case),
        (say("parts-label-built"), package.built_at.date().isoformat()),
        (say("parts-label-exhibits"), "、".join(one.number for one in made.left if one.number)),
        (say("parts-label-manifest"), grouped(package.exhibits_digest)),
        (say("parts-label-house"), grouped(package.house_fingerprint)),
        (say("parts-label-by"), ""),
    ]
    told = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>"
        for name, value in rows
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{html.escape(package.case)}</title><style>"
        "body{font:11pt serif;margin:12mm}"
        "table{width:120mm;border:1pt solid;border-collapse:collapse}"
        "th,td{border:.5pt solid;padding:1.5mm;text-align:left;vertical-align:top;"
        "overflow-wrap:anywhere}th{width:28mm}tr:last-child td{height:10mm}"
        "</style></head><body>"
        f"<h1>{html.escape(say('parts-label-title'))}</h1><table>{told}</table>"
        f"<p>{html.escape(say('parts-label-how'))}</p></body></html>\n"
    )


def _left(number: str, file: PackageFile, why: Why) -> Left:
    return Left(number, file.path, file.sha256, file.size, why)


def _bytes(file: PackageFile) -> bytes:
    with file.open() as source:
        return source.read()


def _file(name: str, data: bytes) -> PackageFile:
    media_type = MEDIA_TYPES.get(name.rsplit(".", 1)[1], "application/octet-stream")
    return PackageFile(name, sha256_hex(data), len(data), media_type, partial(_opened, data))


def _opened(data: bytes) -> BinaryIO:
    return io.BytesIO(data)


def _encode(lines: Sequence[str]) -> bytes:
    """With the mark and CRLF, for old editors."""
    return ("\ufeff" + "\r\n".join(lines)).encode()
