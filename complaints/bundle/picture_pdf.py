"""A plain PDF of pictures, one a page, each with one line under it; JPEGs go in as they are.

For upload as copies: no fonts are embedded and nothing is decoded, so it needs no engine. The same
pictures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from complaints.bundle.jpeg import shape

WIDTH_PT, MARGIN_PT, FOOT_PT = 595, 36, 40  # A4 wide; as high as the picture asks for
MOST_PT = 14_400  # the highest page that readers of PDF open
PAGE_BYTES = 1_200  # at most what a page costs beside its picture
FRAME_BYTES = 1_000  # at most what the file costs beside its pages


@dataclass(frozen=True)
class Picture:
    """A JPEG and the line under it (ASCII)."""

    jpeg: bytes
    line: str


def bytes_of(picture: Picture) -> int:
    """At most what a picture adds to a file."""
    return len(picture.jpeg) + PAGE_BYTES


def write(pictures: Sequence[Picture]) -> bytes:
    """The PDF; at most `FRAME_BYTES` and `bytes_of` each picture.

    Raises:
        ContentError: a picture is no JPEG of grey or colour.
    """
    kids = " ".join(f"{4 + 3 * index} 0 R" for index in range(len(pictures)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pictures)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for index, picture in enumerate(pictures):
        objects += _page(picture, first=4 + 3 * index)
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n".encode()
    return bytes(out + b"%%EOF\n")


def _page(picture: Picture, *, first: int) -> list[bytes]:
    """The page, what is drawn on it, and the picture."""
    of = shape(picture.jpeg)
    scale = min((WIDTH_PT - 2 * MARGIN_PT) / of.width, (MOST_PT - MARGIN_PT - FOOT_PT) / of.height)
    wide, high = of.width * scale, of.height * scale
    line = picture.line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    drawn = (
        f"q {wide:.2f} 0 0 {high:.2f} {MARGIN_PT} {FOOT_PT} cm /P Do Q\n"
        f"BT /F 7 Tf {MARGIN_PT} 20 Td ({line}) Tj ET"
    ).encode("ascii", "replace")
    space = "DeviceGray" if of.colours == 1 else "DeviceRGB"
    return [
        (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH_PT} {high + FOOT_PT + MARGIN_PT:.2f}]"
            f"/Resources<</Font<</F 3 0 R>>/XObject<</P {first + 2} 0 R>>>>"
            f"/Contents {first + 1} 0 R>>"
        ).encode(),
        f"<</Length {len(drawn)}>>\nstream\n".encode() + drawn + b"\nendstream",
        (
            f"<</Type/XObject/Subtype/Image/Width {of.width}/Height {of.height}/ColorSpace/{space}"
            f"/BitsPerComponent 8/Filter/DCTDecode/Length {len(picture.jpeg)}>>\nstream\n"
        ).encode()
        + picture.jpeg
        + b"\nendstream",
    ]
