"""A real HEIC: one HEVC picture in a HEIF file, as phones write their photos."""

from __future__ import annotations

import io
import struct

import av
from PIL import Image

from tests.evidence.provenance.files import box, full


def heic_of(picture: Image.Image) -> bytes:
    """The picture as HEIC; its sides must be even."""
    film = _film(picture)
    configuration = _found(film, b"hvcC")
    coded = _found(film, b"mdat")[8:]
    brand = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    size = full(b"ispe", 0, struct.pack(">II", *picture.size))
    owned = full(b"ipma", 0, struct.pack(">IHBBB", 1, 1, 2, 0x81, 0x02))

    def meta(at: int) -> bytes:
        return full(
            b"meta", 0,
            full(b"hdlr", 0, bytes(4), b"pict", bytes(13)),
            full(b"pitm", 0, struct.pack(">H", 1)),
            full(b"iloc", 0, struct.pack(">BBHHHHII", 0x44, 0, 1, 1, 0, 1, at, len(coded))),
            full(b"iinf", 0, struct.pack(">H", 1),
                 full(b"infe", 2 << 24, struct.pack(">HH4s", 1, 0, b"hvc1"), b"\0")),
            box(b"iprp", box(b"ipco", configuration, size), owned),
        )  # fmt: skip

    begin = len(brand) + len(meta(0)) + 8
    return brand + meta(begin) + box(b"mdat", coded)


def _film(picture: Image.Image) -> bytes:
    """The picture as an MP4 of one frame."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as film:
        stream = film.add_stream("libx265", rate=1)
        stream.width, stream.height = picture.size
        stream.pix_fmt = "yuv420p"
        stream.options = {"x265-params": "log-level=none:keyint=1", "crf": "12"}
        for frame in (av.VideoFrame.from_image(picture), None):
            film.mux(stream.encode(frame))
    return out.getvalue()


def _found(film: bytes, kind: bytes) -> bytes:
    """The box of this kind, wherever it stands."""
    at = film.index(kind) - 4
    return film[at : at + int.from_bytes(film[at : at + 4], "big")]
