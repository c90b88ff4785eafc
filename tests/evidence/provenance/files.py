"""Files with known marks, built in code: what a test needs of each container."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from evidence.provenance import Fact, look
from evidence.readers import sniff
from tests.samples.pictures import encoded, gradient
from tests.samples.recordings import recording, tone

SHOT = (1080, 2400)


def looked(raw: bytes) -> dict[str, Fact]:
    """The facts of these bytes by code, as a file of the format that they have."""
    file = io.BytesIO(raw)
    return {fact.code: fact for fact in look(file, sniff(file)).facts}


def exif(
    *,
    taken: str = "2026:03:04 12:33:01",
    offset: str = "+08:00",
    changed: str = "",
    software: str = "",
    camera: bool = True,
    place: bool = False,
) -> Image.Exif:
    """An EXIF block as a phone's camera writes it."""
    block = Image.Exif()
    if camera:
        block[0x010F], block[0x0110] = "Xiaomi", "2312DRA50C"
    if software:
        block[0x0131] = software
    if changed:
        block[0x0132] = changed
    details = block.get_ifd(0x8769)
    if taken:
        details[0x9003] = taken
    if offset:
        details[0x9011] = offset
    if place:
        gps = block.get_ifd(0x8825)
        gps[1], gps[2] = "N", (31.0, 13.0, 49.3)
        gps[3], gps[4] = "E", (121.0, 28.0, 11.7)
    return block


def jpeg(size: tuple[int, int] = (400, 600), **marks: object) -> bytes:
    """A JPEG with EXIF; without marks a bare one (JFIF, as every encoder writes)."""
    given = {"exif": exif(**marks)} if marks else {}
    return encoded(gradient(*size), "JPEG", quality=30, **given)


def png(size: tuple[int, int] = SHOT, *chunks: bytes, **texts: str) -> bytes:
    """A PNG with texts, and further chunks before its end."""
    info = PngInfo()
    for keyword, value in texts.items():
        info.add_text(keyword.replace("_", " "), value)
    raw = encoded(Image.new("RGB", size, "white"), "PNG", pnginfo=info)
    return raw[:-12] + b"".join(chunks) + raw[-12:]


def png_time(*numbers: int) -> bytes:
    """A tIME chunk."""
    body = b"tIME" + struct.pack(">HBBBBB", *numbers)
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def xmp(tool: str = "Adobe Photoshop 25.0", created: str = "2026-03-04T12:33:01+08:00") -> bytes:
    """An XMP packet with a tool and a date."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description '
        f'xmp:CreatorTool="{tool}" xmp:CreateDate="{created}"/></x:xmpmeta>'
    ).encode()


def box(kind: bytes, *parts: bytes) -> bytes:
    """One ISO box."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, head: int, *parts: bytes) -> bytes:
    """One ISO box with version and flags."""
    return box(kind, struct.pack(">I", head), *parts)


def heic(block: Image.Exif | None = None) -> bytes:
    """A HEIC of 64 x 48 pixels that nobody decodes, with an EXIF block as its second item."""
    picture, marks = b"\0\0\0\1\x26", struct.pack(">I", 0) + (block or exif()).tobytes()
    brand = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    codec = bytes([1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93, 0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8])
    size = full(b"ispe", 0, struct.pack(">II", 64, 48))
    items = [full(b"infe", 2 << 24, struct.pack(">HH4s", number, 0, kind), b"\0")
             for number, kind in ((1, b"hvc1"), (2, b"Exif"))]  # fmt: skip
    owned = full(b"ipma", 0, struct.pack(">IHBBB", 1, 1, 2, 0x01, 0x82))

    def meta(at: int) -> bytes:
        places = struct.pack(">HHHII", 1, 0, 1, at, len(picture))
        places += struct.pack(">HHHII", 2, 0, 1, at + len(picture), len(marks))
        return full(
            b"meta", 0,
            full(b"hdlr", 0, bytes(4), b"pict", bytes(13)),
            full(b"pitm", 0, struct.pack(">H", 1)),
            full(b"iinf", 0, struct.pack(">H", 2), *items),
            full(b"iloc", 0, struct.pack(">BBH", 0x44, 0, 2), places),
            full(b"iref", 0, box(b"cdsc", struct.pack(">HHH", 2, 1, 1))),
            box(b"iprp", box(b"ipco", size, box(b"hvcC", codec + bytes([0, 0, 15, 0]))), owned),
        )  # fmt: skip

    begin = len(brand) + len(meta(0)) + 8
    return brand + meta(begin) + box(b"mdat", picture, marks)


def header(created: int, *, seconds: int = 60, modified: int = 0) -> bytes:
    """An `mvhd` box of version 0: seconds since 1904, a length."""
    body = struct.pack(">4xIIII", created, modified or created, 1000, seconds * 1000)
    return box(b"mvhd", body + bytes(80))


def mp4(*in_moov: bytes, created: int = 3_855_443_581, seconds: int = 60) -> bytes:
    """A file with a header and nothing to play: created 2026-03-04 04:33:01 UTC."""
    return box(b"ftyp", b"mp42", bytes(4), b"isommp42") + box(
        b"moov", header(created, seconds=seconds), *in_moov
    )


def android_keys() -> bytes:
    """`com.android.version` as Android's muxer writes it."""
    name = b"com.android.version"
    keys = box(b"keys", bytes(4), struct.pack(">I", 1), box(b"mdta", name))
    value = box(b"data", struct.pack(">II", 1, 0), b"14")
    return box(
        b"meta", box(b"hdlr", bytes(25)), keys, box(b"ilst", box(struct.pack(">I", 1), value))
    )


def m4a(**tags: str) -> bytes:
    """A playable M4A by FFmpeg."""
    return recording(tone(0.3), container="mp4", codec="aac", **tags)


def wav(*chunks: bytes) -> bytes:
    """A WAV of no sound with these chunks."""
    body = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16) + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    """One RIFF chunk."""
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) & 1)


def broadcast(date: bytes = b"2026-03-04", time: bytes = b"12-33-01") -> bytes:
    """A `bext` chunk."""
    body = bytes(256) + b"Recorder 3".ljust(32, b"\0") + bytes(32) + date + time + bytes(10)
    return chunk(b"bext", body)


def id3(version: int = 4, **frames: str) -> bytes:
    """An ID3v2 tag and one frame of MPEG sound."""
    body = b""
    for name, value in frames.items():
        text = b"\x03" + value.encode()
        body += name.encode() + struct.pack(">I", len(text)) + bytes(2) + text
    size = len(body)
    head = bytes([(size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127])
    return b"ID3" + bytes([version, 0, 0]) + head + body + b"\xff\xfb\x90\x00" + bytes(413)


def pdf(**info: str) -> bytes:
    """A PDF of one page with this information dictionary."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, value in info.items():
            document.docinfo[f"/{name}"] = value
        document.save(out)
    return out.getvalue()


def packed(*dates: tuple[int, int, int, int, int, int]) -> bytes:
    """A ZIP of empty members with these dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, date in enumerate(dates):
            archive.writestr(zipfile.ZipInfo(f"{number}.txt", date), b"x")
    return out.getvalue()


def backup(date: int = 1_772_598_781_000) -> bytes:
    """The head of an SMS Backup & Restore export."""
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
        f'<smses count="1" backup_set="0f1e2d3c" backup_date="{date}" type="full">'
        '<sms address="1" date="1772598000000" type="1" body="hi" /></smses>'
    ).encode()


def sqlite(number: int = 0x4C5A0001) -> bytes:
    """The first page of a database with an application's number."""
    head = bytearray(b"SQLite format 3\0" + bytes(496))
    head[68:72] = number.to_bytes(4, "big")
    return bytes(head)
