"""What is packed or spelled inside some bytes: archives, PDF objects, base64, base32, hex."""

from __future__ import annotations

import base64
import io
import itertools
import lzma
import re
import string
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress

from complaints.bundle import pdf_parts, stretches
from complaints.bundle.packed import DEFLATED, MOST_BYTES, is_archive, is_pdf, parted

LEAST_RUN = 22  # letters: sixteen bytes in base64
LEAST_SPACED = 16
_LETTERS, _DIGITS = string.ascii_letters.encode(), string.digits.encode()
_B64 = rb"[A-Za-z0-9+/_-]"
# Digests and ids are no base64: of sixteen bytes one in ten million millions has no other letters.
_NO_DIGEST = rb"(?<!%b)(?![0-9a-f-]+(?!%b))" % (_B64, _B64)
_BASE64 = re.compile(rb"%b%b{%d,}" % (_NO_DIGEST, _B64, LEAST_RUN + 1))
_BASE32 = re.compile(rb"[A-Za-z2-7](?:[ -]?[A-Za-z2-7]){25,}")
_HEX = re.compile(rb"[0-9A-Fa-f](?:[\s:-]?[0-9A-Fa-f]){15,}")
# What each consists of, and how many bytes of it at least: only there it is looked for.
_IN_BASE64 = stretches.table(_LETTERS + _DIGITS + b"+/_-"), LEAST_RUN + 1
_IN_LINES = stretches.table(_LETTERS + _DIGITS + b"+/_- \t\r\n"), LEAST_RUN + 1
_IN_BASE32 = stretches.table(_LETTERS + b"234567 -"), 26
_IN_HEX = stretches.table(string.hexdigits.encode() + b" \t\r\n\v\f:-"), 16
_ZERO = stretches.table(b"\0")
_LINE_END = re.compile(rb"\r?\n[ \t]*")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_ASCII85 = re.compile(rb"<~[!-uz\s]{20,}~>")
# Of a ZIP's entry before its bytes: 26 bytes, then how long its name and what else is told are.
_ENTRY_HEAD, _LENGTHS = 30, struct.Struct("<26xHH")
# What somebody else's archive ends in: damaged, encrypted, packed in a way that is not known here.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError),
    *(OSError, EOFError, ValueError, RuntimeError, NotImplementedError),
)


def opened(data: bytes) -> tuple[bytes, Iterator[tuple[str, bytes]]]:
    """What is to be read of these bytes as they are, and each thing inside with a name for it.

    All of them and nothing for plain bytes. What is given as a thing inside just as it lies there
    (the large streams of a PDF) may be left out of the first.
    """
    if is_archive(data):
        return data, itertools.chain(_members(data), packed(data))
    if is_pdf(data):
        around, parts = pdf_parts.opened(data)
        return around, itertools.chain(parts, packed(around))
    return data, itertools.chain(spaced_letters(data), packed(data))


def packed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What these bytes are when they are unpacked, and what is spelled in them."""
    if data[:2] in DEFLATED:
        yield from _inflated(data)
    yield from spelled(data)


def spaced_letters(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Letters that stand in two or four bytes each, without the zeros between them."""
    if b"\0" not in data:
        return
    zeros = stretches.of_bytes(data, _ZERO)
    near = zeros.copy()  # those that have one at most three bytes on
    for further in range(1, 4):
        near[:-further] |= zeros[further:]
    if letters := stretches.cut(data, near, LEAST_SPACED):
        yield "letters", letters.replace(b"\0", b"")


def spelled(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What each run of letters in these bytes spells, with a name for it."""
    for place, match in enumerate(_ASCII85.finditer(data) if b"<~" in data else ()):
        yield from _ascii85(f"ascii85-{place}", match.group())
    for name, kind, runs in (
        ("base64", _from_base64, _BASE64.findall(stretches.of(_joined(data), *_IN_BASE64))),
        ("base32", _from_base32, _BASE32.findall(stretches.of(data, *_IN_BASE32))),
        ("hex", _from_hex, _HEX.findall(stretches.of(data, *_IN_HEX))),
    ):
        each = dict.fromkeys(runs)
        yield from parted(name, itertools.chain.from_iterable(map(kind, each)))


def _from_base64(run: bytes) -> Iterator[bytes]:
    letters = run.translate(_URL_SAFE)
    for phase in range(4):  # a run may begin before what is meant
        yield base64.b64decode(_filled(letters[phase:], 4, (0, 2, 3)))


def _from_base32(run: bytes) -> Iterator[bytes]:
    letters = run.translate(None, b" -").upper()
    for phase in range(8):
        yield base64.b32decode(_filled(letters[phase:], 8, (0, 2, 4, 5, 7)))


def _from_hex(run: bytes) -> Iterator[bytes]:
    digits = run.translate(None, b" \t\r\n\v\f:-")
    for phase in range(2):
        whole = digits[phase:]
        yield bytes.fromhex(whole[: len(whole) // 2 * 2].decode("ascii"))


def _joined(data: bytes) -> bytes:
    """Without ends of lines, which may stand anywhere in base64, and what indents the next."""
    if b"\n " in data or b"\n\t" in data:
        return _LINE_END.sub(b"", stretches.of(data, *_IN_LINES))
    return data.translate(None, b"\r\n")


def _filled(letters: bytes, group: int, ends: Sequence[int]) -> bytes:
    """The letters with a last group made whole, so that no byte of it is lost.

    `ends`: how many letters the last group of any bytes can have.
    """
    over = len(letters) % group
    while over not in ends:
        letters, over = letters[:-1], over - 1
    return letters + b"=" * (-len(letters) % group)


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    # Looks like one and is none: its bytes were searched as they are.
    with suppress(*BROKEN), zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield "comment", archive.comment
        for entry in archive.infolist():
            yield f"{entry.filename}#", entry.comment + entry.extra
            if entry.file_size <= MOST_BYTES:
                with suppress(*BROKEN):  # this one alone
                    yield entry.filename, _content(data, archive, entry)


def _content(data: bytes, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry's bytes, also where their checksum is wrong: others give it out nevertheless."""
    try:
        return archive.read(entry)
    except zipfile.BadZipFile:
        name, more = _LENGTHS.unpack_from(data, entry.header_offset)
        begin = entry.header_offset + _ENTRY_HEAD + name + more
        lying = data[begin : begin + entry.compress_size]
        return zlib.decompressobj(-15).decompress(lying, MOST_BYTES)


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
