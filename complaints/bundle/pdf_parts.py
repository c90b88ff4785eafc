"""What is inside a PDF: streams, strings, the text of its pages; and what a signature added.

Many PDFs are strangers' exhibits. Of one in which something is broken, whatever can be read is
given, and every stream once more that can be unpacked where it lies.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import pikepdf

from complaints.bundle.packed import BETWEEN, MOST_BYTES, is_pdf, parted
from complaints.bundle.pdf_strings import in_objects
from complaints.bundle.pdf_text import UNREADABLE, page_texts

Parts = Iterator[tuple[str, bytes]]
"""Each thing inside with a name for it."""
MOST_REVISIONS = 8  # the last ones are looked at
LARGE_BYTES = 16 * 1024  # of a stream: pictures, embedded files
AS_IT_LIES = (None, "/DCTDecode")  # filters of streams that `_stream` gives as they lie there
_STREAM = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
# A third of a tagged paper: an element of a table, row or line, with nothing but its place in the
# tree; and where the objects lie. There numbers count what there is, and can tell nothing else.
_PLACE = re.compile(
    rb"<</Type/StructElem/S/(?:TD|TR|P|Span|Strong|LI|Lbl|LBody|Div)/P \d+ 0 R"
    rb"(?:/A\[<</O/Table/Headers\[(?:\(U\d{1,5}x\d{1,3}y\d{1,3}\))?\]>>(?:<</O/Layout/BorderStyle/Solid>>)?\])?"
    rb"/K\[[\d R]*+\](?:/Pg \d+ 0 R)?>>"
)
_TABLE = re.compile(rb"xref\r?\n0 \d+\r?\n(?:\d{10} \d{5} [nf](?: ?\r?\n| ))+")
_REVISION = re.compile(rb"%%EOF")
_OBJECT = re.compile(rb"(?:^|[\r\n])(\d{1,10}) (\d{1,5}) obj\b")  # where one begins in an update
_OF_SIGNATURES = ("/Certs", "/CRLs", "/OCSPs")


def opened(data: bytes) -> tuple[bytes, Parts]:
    """A PDF without its large streams, as far as they lie there as they are given; its parts.

    Without its order, too: places in the tree of its elements and in the file.
    """
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        objects = list(pdf.objects)
        around = _around_streams(data, objects)
    except UNREADABLE:
        return data, _loose_streams(data)
    return around, _parts(pdf, objects, pdf.pages, data)


def revisions(data: bytes) -> Sequence[tuple[int, bytes]]:
    """Where each earlier state of a PDF with updates ends, and its digest; the latest first."""
    if not is_pdf(data):
        return ()
    ends = [found.end() for found in _REVISION.finditer(data)][-MOST_REVISIONS:-1]
    state, done, found = hashlib.sha256(), 0, []
    for end in ends:
        state.update(memoryview(data)[done:end])
        found.append((end, state.digest()))
        done = end
    return found[::-1]


def added(data: bytes, at: int) -> tuple[bytes, Parts] | None:
    """What `opened` gives of the updates that lie behind the place `at`.

    None where they do more than a signature does, which adds metadata, certificates and objects
    without streams: then all of the file is to be opened.
    """
    update = data[at:]
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        numbers = {(int(each[1]), int(each[2])) for each in _OBJECT.finditer(update)}
        objects = [pdf.get_object(each) for each in sorted(numbers)]
        proofs = _proofs(pdf)
        if not all(_is_of_signature(each, proofs) for each in objects):
            return None
        pages = [page for page in pdf.pages if page.obj.objgen in numbers]
    except UNREADABLE:
        return None
    return update, _parts(pdf, objects, pages, update)


def _is_of_signature(each: pikepdf.Object, proofs: set[tuple[int, int]]) -> bool:
    if isinstance(each, pikepdf.Stream):
        return each.objgen in proofs and "/Filter" not in each
    return not isinstance(each, pikepdf.Dictionary) or each.get("/Type") != "/Font"


def _proofs(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """The streams that a signature brings: metadata; certificates and lists of revoked ones."""
    root = pdf.Root
    told = root.get("/DSS", pikepdf.Dictionary())
    listed = [each for name in _OF_SIGNATURES for each in told.get(name, ())]
    return {each.objgen for each in [*listed, root.get("/Metadata")] if each is not None}


def _parts(
    pdf: pikepdf.Pdf,
    objects: Iterable[pikepdf.Object],
    pages: Iterable[pikepdf.Page],
    data: bytes,
) -> Parts:
    """Every stream decoded, every string, the text of every page; embedded files are streams."""
    written: list[bytes] = []
    is_broken = False
    with pdf:  # its objects end with it
        for number, each in enumerate(objects):
            try:
                if isinstance(each, pikepdf.Stream):
                    yield f"stream-{number}", _stream(each)
                    written.append(each.stream_dict.unparse(resolved=True))
                elif isinstance(each, pikepdf.Object):  # numbers and the like are Python's own
                    written.append(each.unparse(resolved=True))
            except UNREADABLE:
                is_broken = True
        try:
            for name, text in page_texts(pages):
                yield name, text.encode("utf-8", "replace")
        except UNREADABLE:  # a tree of pages that leads nowhere
            is_broken = True
    strings = dict.fromkeys(in_objects(b"\n".join(written)))
    yield from parted("strings", strings)
    texts = (str(pikepdf.String(one)) for one in strings)
    yield "texts", "\n".join(texts).encode("utf-8", "replace")
    if is_broken:
        yield from _loose_streams(data)


def _stream(stream: pikepdf.Stream) -> bytes:
    """Its bytes; of a bomb the first `MOST_BYTES`."""
    raw = data = bytes(stream.read_raw_bytes())
    told = stream.get("/Filter")
    filters = list(told) if isinstance(told, pikepdf.Array) else [told]
    if all(each == "/FlateDecode" for each in filters) and "/DecodeParms" not in stream:
        with suppress(zlib.error):
            for _ in filters:
                data = zlib.decompressobj().decompress(data, MOST_BYTES)
            return data
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # a picture in a form of its own (JPEG): as it lies there
        return raw


def _around_streams(data: bytes, objects: Iterable[pikepdf.Object]) -> bytes:
    parts, end = [], 0
    for each in objects:
        if not isinstance(each, pikepdf.Stream) or each.get("/Filter") not in AS_IT_LIES:
            continue
        stream = bytes(each.read_raw_bytes())
        at = data.find(stream, end) if len(stream) >= LARGE_BYTES else -1
        if at >= 0:
            parts.append(data[end:at])
            end = at + len(stream)
    around = BETWEEN.join([*parts, data[end:]])
    return _PLACE.sub(BETWEEN, _TABLE.sub(BETWEEN, around))


def _loose_streams(data: bytes) -> Parts:
    """The streams of a file that has lost its order; another reader may find it again."""
    for place, found in enumerate(_STREAM.finditer(data)):
        with suppress(zlib.error):
            yield f"loose-{place}", zlib.decompressobj().decompress(found[1], MOST_BYTES)
