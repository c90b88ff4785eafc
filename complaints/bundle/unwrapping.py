"""What is packed or spelled inside some bytes: archives, PDF objects, base64, base32, hex."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf

from complaints.bundle.pdf_text import page_texts

MOST_BYTES = 64 * 1024 * 1024  # of one thing that is unpacked: more is an exhibit's own bomb
LEAST_RUN = 22  # letters: sixteen bytes in base64
_BASE64 = re.compile(
    rb"[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|\r?\n[ \t]*(?=[A-Za-z0-9+/_-])){%d,}" % LEAST_RUN
)
_BASE32 = re.compile(rb"[A-Za-z2-7](?:[ -]?[A-Za-z2-7]){25,}")
_HEX = re.compile(rb"[0-9A-Fa-f](?:[\s:-]?[0-9A-Fa-f]){15,}")
_ASCII85 = re.compile(rb"<~[!-uz\s]{20,}~>")
_PACKED = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def unwrapped(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each thing inside these bytes, with a name for it; nothing for plain bytes."""
    if b"PK\x03\x04" in data[:64]:
        yield from _members(data)
    elif b"%PDF-" in data[:1024]:
        yield from _of_pdf(data)
    elif b"\0" in data:  # letters that stand in two or four bytes each
        yield "letters", data.replace(b"\0", b"")
    if data[:2] in _PACKED:
        yield from _inflated(data)
    for place, match in enumerate(_BASE64.finditer(data)):
        letters = re.sub(rb"\s", b"", match.group()).replace(b"-", b"+").replace(b"_", b"/")
        for phase in range(4):  # a run may begin before what is meant
            whole = letters[phase:]
            yield f"base64-{place}", base64.b64decode(whole[: len(whole) // 4 * 4])
    for place, match in enumerate(_BASE32.finditer(data)):
        letters = re.sub(rb"[ -]", b"", match.group()).upper()
        for phase in range(8):
            whole = letters[phase:]
            yield f"base32-{place}", base64.b32decode(whole[: len(whole) // 8 * 8])
    for place, match in enumerate(_HEX.finditer(data)):
        digits = re.sub(rb"[\s:-]", b"", match.group())
        for phase in range(2):
            whole = digits[phase:]
            yield f"hex-{place}", bytes.fromhex(whole[: len(whole) // 2 * 2].decode("ascii"))
    for place, match in enumerate(_ASCII85.finditer(data)):
        yield from _ascii85(f"ascii85-{place}", match.group())


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "comment", archive.comment
            for entry in archive.infolist():
                yield f"{entry.filename}#", entry.comment + entry.extra
                if entry.file_size <= MOST_BYTES:
                    yield entry.filename, archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return  # looks like one and is none: its bytes were searched as they are


def _inflated(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        yield "inflated", zlib.decompressobj(47).decompress(data, MOST_BYTES)
    except zlib.error:
        return


def _ascii85(name: str, run: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        yield name, base64.a85decode(run, adobe=True)
    except ValueError:
        return


def _of_pdf(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every stream decoded, every string, the text of every page; embedded files are streams."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError:
        return
    with pdf:
        for number, each in enumerate(pdf.objects):
            if isinstance(each, pikepdf.Stream):
                yield f"stream-{number}", _stream(each)
            strings = list(_strings(each, is_top=True))
            yield f"object-{number}", "\n".join(map(str, strings)).encode("utf-8", "replace")
            for one in strings:
                yield f"object-{number}", bytes(one)
        for name, text in page_texts(pdf):
            yield name, text.encode("utf-8", "replace")


def _stream(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # a picture in a form of its own (JPEG): as it lies there
        return bytes(stream.read_raw_bytes())


def _strings(value: object, *, is_top: bool = False) -> Iterator[pikepdf.Object]:
    """Every string within one object, not following references."""
    if not isinstance(value, pikepdf.Object) or (value.is_indirect and not is_top):
        return
    if isinstance(value, pikepdf.String):
        yield value
    elif isinstance(value, pikepdf.Array):
        for each in value.as_list():
            yield from _strings(each)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for _, each in value.items():
            yield from _strings(each)
