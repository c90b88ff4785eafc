"""Magic numbers: what the first bytes of a binary file say it is."""

from __future__ import annotations

from typing import Final

_PLAIN: Final = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"#!AMR-WB_MC1.0\n", "amr_wb"),
    (b"#!AMR_MC1.0\n", "amr"),
    (b"#!AMR-WB\n", "amr_wb"),
    (b"#!AMR\n", "amr"),
    (b"\x02#!SILK_V3", "silk"),
    (b"#!SILK_V3", "silk"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"caff", "caf"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"0&\xb2u\x8ef\xcf\x11", "asf"),
    (b"FLV\x01", "flv"),
    (b"FORM", "aiff"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x37\x7f\x06\x82", "sqlite_log"),
    (b"\x37\x7f\x06\x83", "sqlite_log"),
    (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "sqlite_log"),
    (b"\x6b\x39\xa4\x74", "samsung_backup"),  # Kies and Smart Switch: .ebk .spb .sme .ssc
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"ANDROID BACKUP\n", "android_backup"),
    (b"MIUI BACKUP\n", "miui_backup"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x09\x08\x08\x00\x00\x05\x05\x00", "xls"),  # workbooks without a container: BIFF 2 to 8
    (b"\x09\x08\x08\x00\x00\x05\x10\x00", "xls"),
    (b"\x09\x08\x08\x00\x00\x00\x10\x00", "xls"),
    (b"\x09\x08\x10\x00\x00\x06\x10\x00", "xls"),
    (b"\x09\x00\x04\x00", "xls"),
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"%PDF-", "pdf"),
    (b"MZ", "executable"),
    (b"\x7fELF", "executable"),
)
_HEIF: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF: Final = frozenset({b"avif", b"avis"})
PICTURES: Final = frozenset({"png", "jpeg", "webp", "heic", "avif", "gif", "bmp"})
RECORDINGS: Final = frozenset(
    {
        "amr",
        "amr_wb",
        "silk",
        "flac",
        "ogg",
        "mp3",
        "aac",
        "wav",
        "mp4",
        "caf",
        "matroska",
        "asf",
        "flv",
        "aiff",
    }
)


def binary_format(head: bytes) -> str | None:
    """The format id of a binary file by its first bytes (64 are enough), or None."""
    for magic, name in _PLAIN:
        if head.startswith(magic) and (name != "aiff" or head[8:12] in (b"AIFF", b"AIFC")):
            return name
    if head[:4] in (b"RIFF", b"RF64") and len(head) >= 12:
        return {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _boxed(head)
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip") and head[:2] == b"\0\0":
        return "mp4"
    if (
        head.startswith(b"BM")
        and head[6:10] == b"\0\0\0\0"
        and head[14:15] in b"\x0c\x28\x40\x6c\x7c"
    ):
        return "bmp"
    return _mpeg(head)


def media_format(head: bytes) -> str | None:
    """As `binary_format`, but only pictures and recordings."""
    found = binary_format(head)
    return found if found in PICTURES or found in RECORDINGS else None


def _boxed(head: bytes) -> str:
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
    if brands[0] in _AVIF or (brands[0] in (b"mif1", b"msf1") and _AVIF & set(brands)):
        return "avif"
    if brands[0] in _HEIF:
        return "heic"
    return "mp4"  # an unknown brand is not an error: the demuxer decides what is inside


def _mpeg(head: bytes) -> str | None:
    """ADTS AAC and MP3 without tags: a sync word, then fields that are not reserved."""
    if len(head) < 4 or head[0] != 0xFF or head[1] == 0xFE:  # FF FE begins a UTF-16 text
        return None
    if head[1] & 0xF6 == 0xF0:
        return "aac" if (head[2] >> 2) & 0x0F < 13 else None
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    rate, sampling = head[2] >> 4, (head[2] >> 2) & 3
    if head[1] & 0xE0 == 0xE0 and version != 1 and layer and rate != 15 and sampling != 3:
        return "mp3"
    return None
