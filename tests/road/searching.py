"""Looks for a secret in everything that left the house, however it is packed or spelled.

A file is looked at as it lies, and again as what it holds: members of an archive, streams and
strings of a PDF with their filters undone, its drawn text, what a JSON string encodes. Each half of
a secret is looked for, so that a shortened one is found, too.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

DEPTH = 6
BLANK = re.compile(rb"[\s-]|\xe2\x80\x8b")  # groups of four, broken lines, zero width spaces
ENCODED = re.compile(rb"[A-Za-z0-9+/_=-]{24,}")


def found(secrets: Mapping[str, bytes], name: str, data: bytes) -> set[tuple[str, str]]:
    """Each (secret, place) where one of these secrets of 32 bytes can be read."""
    needles = {key: spellings(secret) for key, secret in secrets.items()}
    hits = set()
    for place, piece in pieces(name, data):
        texts = (piece, BLANK.sub(b"", piece))
        for key, each in needles.items():
            if any(needle in text for needle in each for text in texts):
                hits.add((key, place))
    return hits


def spellings(secret: bytes) -> list[bytes]:
    """Either half as raw bytes, hex, base64 (both alphabets), base32, wherever it begins."""
    return [
        needle
        for half in (secret[: len(secret) // 2], secret[len(secret) // 2 :])
        for needle in (half, half.hex().encode(), half.hex().upper().encode(), *_based(half))
    ]


def _based(half: bytes) -> Iterator[bytes]:
    for before in range(3):
        core = slice(-(-before * 8 // 6), (before + len(half)) * 8 // 6)
        yield base64.b64encode(bytes(before) + half)[core]
        yield base64.urlsafe_b64encode(bytes(before) + half)[core]
    for before in range(5):
        core = slice(-(-before * 8 // 5), (before + len(half)) * 8 // 5)
        yield base64.b32encode(bytes(before) + half)[core]


def pieces(name: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """A file, and all that it holds."""
    yield name, data
    if depth == DEPTH:
        return
    for inner_name, inner in _inside(data):
        yield from pieces(f"{name} > {inner_name}", inner, depth + 1)


def _inside(data: bytes) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(io.BytesIO(data)):  # also behind something else
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "comment", archive.comment
            for entry in archive.infolist():
                yield entry.filename, archive.read(entry)
                yield f"{entry.filename} (extra)", entry.extra + entry.comment
    elif data[:2] == b"\x1f\x8b":
        yield "gzip", gzip.decompress(data)
    elif data[:5] == b"%PDF-":
        yield from _inside_pdf(data)
    elif data[:1] in (b"{", b"["):
        yield from _inside_json(data)


def _inside_pdf(data: bytes) -> Iterator[tuple[str, bytes]]:
    with pikepdf.open(io.BytesIO(data)) as document:
        for number, each in enumerate(document.objects):
            if isinstance(each, pikepdf.Stream):
                try:
                    yield f"stream {number}", each.read_bytes()
                except pikepdf.PdfError:  # a picture's own filter: as it lies
                    yield f"stream {number}", each.read_raw_bytes()
            yield f"strings {number}", b"\n".join(_strings(each))
    done = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True, timeout=120
    )
    yield "drawn text", done.stdout


def _strings(value: Any, depth: int = 0) -> Iterator[bytes]:
    """The strings of one object; what it only refers to comes in its own turn."""
    if isinstance(value, pikepdf.String):
        yield bytes(value)
    elif depth < 20 and isinstance(value, pikepdf.Array):
        for each in value:
            if not getattr(each, "is_indirect", False):
                yield from _strings(each, depth + 1)
    elif depth < 20 and isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in value.keys():  # noqa: SIM118 -- not a mapping
            each = value[key]
            if not getattr(each, "is_indirect", False):
                yield from _strings(each, depth + 1)


def _inside_json(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        told = json.loads(data)
    except ValueError:
        return
    for place, text in _texts(told, "$"):
        raw = text.encode("utf-8", "surrogatepass")
        yield place, raw
        if ENCODED.fullmatch(raw):
            for decode in (base64.b64decode, base64.urlsafe_b64decode, bytes.fromhex):
                try:
                    yield f"{place} decoded", decode(text)
                except (ValueError, binascii.Error):
                    continue


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts(each, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield f"{place} key", key
            yield from _texts(each, f"{place}.{key}")
