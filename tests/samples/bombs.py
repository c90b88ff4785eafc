"""Small files that unpack to huge ones, or that would have a reader open something else."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

from tests.samples import exports

MIB = 1024 * 1024


def png_bomb(side: int = 60_000) -> bytes:
    """A picture of 3.6 thousand million points in a few kilobytes."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    line = bytes(1 + side // 8)
    pixels = b"".join(packer.compress(line) for _ in range(2000)) + packer.flush()
    chunks = (b"IHDR", head), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def entity_bomb() -> bytes:
    """The "billion laughs": ten levels of ten."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = '<smses count="1"><sms address="1" date="1" type="1" body="&l9;"/></smses>'
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>{body}'.encode()


def file_entity() -> bytes:
    """An entity that would fetch a file of the server."""
    body = '<smses count="1"><sms address="1" date="1" type="1" body="&f;"/></smses>'
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return f"{head}{body}".encode()


def zip_bomb() -> bytes:
    """An export of half a gibibyte of blanks, packed thousandfold."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("sms.xml", "w", force_zip64=True) as member,
    ):
        member.write(b'<?xml version="1.0"?><smses count="1">')
        for _ in range(64):
            member.write(b" " * 8 * MIB)
    return out.getvalue()


def gzip_bomb() -> bytes:
    packed = io.BytesIO()
    with gzip.open(packed, "wb", compresslevel=9) as file:
        file.write(b'<?xml version="1.0"?><smses count="1">')
        for _ in range(64):
            file.write(b" " * 8 * MIB)
    return packed.getvalue()


def nested(depth: int = 6) -> bytes:
    inner = exports.backup(exports.sms())
    for level in range(depth):
        inner = exports.zipped({f"{level}.zip" if level else "sms.xml": inner})
    return inner
