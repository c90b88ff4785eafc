"""What is packed or spelled inside some bytes: archives, PDF objects, base64, base32, hex."""

from __future__ import annotations

import base64
import io
import itertools
import re
import string
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence

import pikepdf

from complaints.bundle import stretches
from complaints.bundle.pdf_strings import in_objects
from complaints.bundle.pdf_text import page_texts

MOST_BYTES = 64 * 1024 * 1024  # of one thing that is unpacked: more is an exhibit's own bomb
LEAST_RUN = 22  # letters: sixteen bytes in base64
LEAST_SPACED = 16
ALONE_BYTES = 64  # of what is spelled: it may be a whole file
LARGE_BYTES = 16 * 1024  # of a PDF's stream: pictures, embedded files
AS_IT_LIES = (None, "/DCTDecode")  # filters of streams that `_stream` gives as they lie there
# Between short parts that stand together: no letter of any spelling, no white space, and long
# enough for every decoder to find its step again.
BETWEEN = b"\x01" * 8
_LETTERS, _DIGITS = string.ascii_letters.encode(), string.digits.encode()
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{%d,}" % (LEAST_RUN + 1))
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
_PACKED = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def opened(data: bytes) -> tuple[bytes, Iterator[tuple[str, bytes]]]:
    """What is to be read of these bytes as they are, and each thing inside with a name for it.

    All of them and nothing for plain bytes. What is given as a thing inside just as it lies there
    (the large streams of a PDF) may be left out of the first.
    """
    if b"PK\x03\x04" in data[:64]:
        return data, itertools.chain(_members(data), _packed(data))
    if b"%PDF-" not in data[:1024]:
        return data, itertools.chain(spaced_letters(data), _packed(data))
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError:
        return data, _packed(data)
    around = _around_streams(data, pdf)
    return around, itertools.chain(_of_pdf(pdf), _packed(around))


def _packed(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:2] in _PACKED:
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
    """What each run of letters in these bytes spells, with a name for it.

    Long ones and packed ones by themselves; short ones, of which there are thousands, together.
    """
    for place, match in enumerate(_ASCII85.finditer(data) if b"<~" in data else ()):
        yield from _ascii85(f"ascii85-{place}", match.group())
    for name, kind, runs in (
        ("base64", _from_base64, _BASE64.finditer(stretches.of(_joined(data), *_IN_BASE64))),
        ("base32", _from_base32, _BASE32.finditer(stretches.of(data, *_IN_BASE32))),
        ("hex", _from_hex, _HEX.finditer(stretches.of(data, *_IN_HEX))),
    ):
        yield from _parted(name, kind, [match.group() for match in runs])


def _parted(
    name: str, kind: Callable[[bytes], Iterator[bytes]], runs: Iterable[bytes]
) -> Iterator[tuple[str, bytes]]:
    short: list[bytes] = []
    for place, run in enumerate(dict.fromkeys(runs)):
        for inner in kind(run):
            if len(inner) >= ALONE_BYTES or is_packed(inner):
                yield f"{name}-{place}", inner
            else:
                short.append(inner)
    if short:
        yield name, BETWEEN.join(short)


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


def is_packed(data: bytes) -> bool:
    """Whether `opened` would open these bytes as a whole: an archive, a PDF, a packed stream."""
    return (
        data[:2] in _PACKED
        or b"PK\x03\x04" in data[:64]
        or b"%PDF-" in data[:1024]
        or b"<~" in data
    )


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


def _of_pdf(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """Every stream decoded, every string, the text of every page; embedded files are streams."""
    objects: list[bytes] = []
    for number, each in enumerate(pdf.objects):
        if isinstance(each, pikepdf.Stream):
            yield f"stream-{number}", _stream(each)
            objects.append(each.stream_dict.unparse(resolved=True))
        else:
            objects.append(each.unparse(resolved=True))
    yield from _strings(dict.fromkeys(in_objects(b"\n".join(objects))))
    for name, text in page_texts(pdf):
        yield name, text.encode("utf-8", "replace")


def _stream(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # a picture in a form of its own (JPEG): as it lies there
        return bytes(stream.read_raw_bytes())


def _strings(strings: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """As text, and as bytes: long ones and packed ones by themselves, the others together."""
    short: list[bytes] = []
    for place, one in enumerate(strings):
        if len(one) >= ALONE_BYTES or is_packed(one):
            yield f"string-{place}", one
        else:
            short.append(one)
    yield "strings", BETWEEN.join(short)
    texts = (str(pikepdf.String(one)) for one in strings)
    yield "texts", "\n".join(texts).encode("utf-8", "replace")


def _around_streams(data: bytes, pdf: pikepdf.Pdf) -> bytes:
    """A PDF without its large streams, as far as they lie there as `_of_pdf` gives them."""
    parts, end = [], 0
    for each in pdf.objects:
        if not isinstance(each, pikepdf.Stream) or each.get("/Filter") not in AS_IT_LIES:
            continue
        stream = bytes(each.read_raw_bytes())
        at = data.find(stream, end) if len(stream) >= LARGE_BYTES else -1
        if at >= 0:
            parts.append(data[end:at])
            end = at + len(stream)
    return BETWEEN.join([*parts, data[end:]])
