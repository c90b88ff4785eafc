"""The exhibits' pictures and files in the complaint: put in after the pages are set.

The typesetter decodes every picture it is given and keeps the pixels, megabytes for each page; it
packs every file and keeps both. So it is given stand-ins, a picture of one pixel and a file of a
few bytes, and what they stand for takes their places in the finished file, byte for byte as it is.
Where and how large a picture stands is said by the page, not by the picture.
"""

from __future__ import annotations

import bisect
import io
import re
from collections.abc import Sequence

from PIL import Image

from complaints.bundle import jpeg
from complaints.bundle.errors import PageSettingError
from evidence.integrity.digest import sha256

# How the typesetter writes a stand-in up to its bytes, and how its file ends. Reading a file whole
# and writing it anew would take seconds: it has an object for every cell of every table.
_STAND_IN = re.compile(
    rb"<</Length (?P<length>\d+)"
    rb"(?:(?P<picture>/Type/XObject/Subtype/Image/Filter/DCTDecode)/Width 1/Height 1"
    rb"|(?P<file>/Type/EmbeddedFile/Subtype/[^/<>]+/Params<<)/Size \d+)"
    rb"(?P<rest>/[^<>]*>>(?:>>)?\nstream\n)"
)
_ENTRY = re.compile(rb"(?P<at>\d{10})(?P<rest> \d{5} n\r\n)")
_END = re.compile(rb"startxref\n(?P<at>\d+)\n%%EOF\s*\Z")


class StandIns:
    """What is put in, by its stand-ins; the same picture has one stand-in, and so has a file."""

    def __init__(self) -> None:
        self._pictures: dict[bytes, bytes] = {}  # stand-ins by the digest of the picture
        self._meant: dict[bytes, bytes] = {}  # by the stand-in

    def picture(self, picture: bytes) -> bytes:
        """The JPEG of one pixel that is set in this picture's place.

        Raises:
            ContentError: the picture is no JPEG of grey or colour.
        """
        digest = sha256(picture)
        if digest not in self._pictures:
            made = _pixel(jpeg.shape(picture).colours, number=len(self._pictures))
            self._pictures[digest], self._meant[made] = made, picture
        return self._pictures[digest]

    def file(self, data: bytes) -> bytes:
        """The bytes that are attached in this file's place: its digest, which nothing can pack."""
        made = sha256(data)
        self._meant[made] = data
        return made

    def put_in(self, pdf: bytes) -> bytes:
        """The file with all of them in their places; the same file without any.

        Raises:
            PageSettingError: a stand-in is not in the file as it was given, or the file does not
                end in the one plain table of its objects that the typesetter writes.
        """
        if not self._meant:
            return pdf
        waiting = set(self._meant)
        parts: list[bytes] = []
        ends, moves, done = [0], [0], 0  # from each end on, the bytes moved by so much
        for found in _STAND_IN.finditer(pdf):
            end = found.end() + int(found["length"])
            stand_in = pdf[found.end() : end]
            meant = self._meant.get(stand_in)
            if meant is None:
                continue
            waiting.discard(stand_in)
            parts += [pdf[done : found.start()], _head(found, meant), meant]
            done = end
            ends.append(end)
            moves.append(sum(map(len, parts[-2:])) - (end - found.start()) + moves[-1])
        if waiting:
            raise PageSettingError("the typesetter changed or left out a picture or file")
        return b"".join([*parts, _rest(pdf, done, ends, moves)])


def _head(found: re.Match[bytes], meant: bytes) -> bytes:
    """What stands before the bytes of a picture or file, with its own size."""
    if found["picture"] is None:
        size = b"%b/Size %d" % (found["file"], len(meant))
    else:
        shape = jpeg.shape(meant)
        size = b"%b/Width %d/Height %d" % (found["picture"], shape.width, shape.height)
    return b"<</Length %d%b%b" % (len(meant), size, found["rest"])


def _rest(pdf: bytes, done: int, ends: Sequence[int], moves: Sequence[int]) -> bytes:
    """The file from there to its end; its table says where each object is now."""
    end = _END.search(pdf, max(0, len(pdf) - 100))
    table = int(end["at"]) if end else 0
    if end is None or not done <= table or pdf[table : table + 7] != b"xref\n0 ":
        raise PageSettingError("the typesetter's file does not end in a plain table")

    def moved(entry: re.Match[bytes]) -> bytes:
        at = int(entry["at"])
        return b"%010d%b" % (at + moves[bisect.bisect_right(ends, at) - 1], entry["rest"])

    return b"".join(
        [
            pdf[done:table],
            _ENTRY.sub(moved, pdf[table : end.start()]),
            b"startxref\n%d\n%%%%EOF" % (table + moves[-1]),
        ]
    )


def _pixel(colours: int, *, number: int) -> bytes:
    """A grey pixel unlike any other by its comment; of so many colours as the picture has."""
    out = io.BytesIO()
    pixel = Image.new("L" if colours == 1 else "RGB", (1, 1))
    pixel.save(out, "JPEG", comment=f"page picture {number}".encode())
    return out.getvalue()
