"""Pictures: what they are, whether they are whole, and small copies without metadata.

The header is judged before a pixel is decoded; the original is never changed, turned or stripped.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

import pi_heif
from PIL import Image, ImageOps, ImageStat

from .errors import OverLimitError, PictureBombError, TruncatedPictureError, UnreadableError

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_PIXELS: Final = 100_000_000
MAX_SIDE: Final = 60_000  # JPEG copies end at 65535
SMALL_SIDE: Final = 320

_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF", "HEIF")
_IDS: Final = {"MPO": "jpeg", "HEIF": "heic"}
_ANIMATED: Final = frozenset({"gif", "png", "webp"})
_DAMAGE: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    OverflowError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
_EXIF_IFD: Final = 0x8769
_GPS_IFD: Final = 0x8825
_ORIENTATION: Final = 0x0112
_TAKEN: Final = 0x9003  # DateTimeOriginal, local time
_SUBSECONDS: Final = 0x9291
_OFFSET: Final = 0x9011
_USER_COMMENT: Final = 0x9286

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a picture says of itself.

    `width` and `height` are pixels as stored; `orientation` is the EXIF value 1..8; `taken_at` is
    UTC with `zone_source` offset or assumed; `quality` holds codes, empty when nothing is wrong.
    """

    format: str
    width: int
    height: int
    orientation: int
    taken_at: datetime | None
    taken_raw: str | None
    zone_source: str
    has_gps: bool
    is_screenshot: bool | None  # True only where the phone says so
    quality: tuple[str, ...]


def inspect(file: BinaryIO, *, zone: str = "Asia/Shanghai") -> ImageFacts:
    """Read the header, decode once to see that the picture is whole.

    Raises:
        PictureBombError: more than 100 megapixels, or a packed text bomb; nothing was decoded.
        TruncatedPictureError: the pixels end early.
        UnreadableError: not a picture that we know.
        OverLimitError: more than 64 MiB.
    """
    with _opened(file) as picture:
        format_id = _IDS.get(picture.format or "", (picture.format or "").lower())
        width, height = picture.size
        try:
            exif = picture.getexif()
            details = exif.get_ifd(_EXIF_IFD)
            has_gps = bool(exif.get_ifd(_GPS_IFD)) or b"exif:GPSLatitude" in _xmp(picture)
        except _DAMAGE:  # a broken EXIF block is no reason to refuse the picture
            exif, details, has_gps = Image.Exif(), {}, False
        animated = _frames(picture) > 1 and format_id in _ANIMATED
        quality = _quality(_decoded(picture), width, height, animated)
        taken_at, raw, source = _taken(details, zone)
        comment = details.get(_USER_COMMENT, b"")
        if isinstance(comment, str):
            comment = comment.encode("utf-8", "replace")
        orientation = exif.get(_ORIENTATION, 1)
        return ImageFacts(
            format=format_id,
            width=width,
            height=height,
            orientation=orientation if orientation in range(1, 9) else 1,
            taken_at=taken_at,
            taken_raw=raw,
            zone_source=source,
            has_gps=has_gps,
            is_screenshot=True if b"Screenshot" in bytes(comment) else None,
            quality=quality,
        )


def page_jpeg(file: BinaryIO, width: int = 720) -> bytes:
    """A JPEG at most `width` pixels wide for a page: turned upright, no metadata at all."""
    with _opened(file) as picture:
        upright = _upright(picture, (width, MAX_SIDE))
        if upright.width > width:
            height = max(1, round(upright.height * width / upright.width))
            upright = upright.resize((width, height), Image.Resampling.LANCZOS)
        return _jpeg(upright, quality=82)


def thumbnail(file: BinaryIO, side: int = 240) -> bytes:
    """A JPEG that fits into `side` × `side` pixels, turned upright, without metadata."""
    with _opened(file) as picture:
        upright = _upright(picture, (side, side))
        upright.thumbnail((side, side), Image.Resampling.LANCZOS)
        return _jpeg(upright, quality=75)


def upright_rgb(file: BinaryIO) -> Image.Image:
    """The whole picture as RGB, turned upright: what character recognition looks at."""
    with _opened(file) as picture:
        return _upright(picture, None)


def frame_count(file: BinaryIO) -> int:
    """How many pictures it holds: more than one when it moves, or has several pages."""
    with _opened(file) as picture:
        return _frames(picture)


def _frames(picture: Image.Image) -> int:
    try:
        return int(getattr(picture, "n_frames", 1))
    except _DAMAGE:  # counting walks the whole file; what is cut off still has its first
        return 1


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Image.Image]:
    """The picture with its header judged; decoding errors become ours."""
    file.seek(0, io.SEEK_END)
    if file.tell() > MAX_BYTES:
        raise OverLimitError("picture_bytes", MAX_BYTES)
    file.seek(0)
    try:
        picture = Image.open(file, formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as cause:
        raise PictureBombError(f"more than {MAX_PIXELS} pixels") from cause
    except _DAMAGE as cause:
        if "too large" in str(cause).lower():
            raise PictureBombError("packed text beyond its limit") from cause
        raise UnreadableError("the picture's header cannot be read") from cause
    with picture:
        if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE:
            raise PictureBombError(f"more than {MAX_PIXELS} pixels")
        yield picture


def _decoded(picture: Image.Image, least: tuple[int, int] | None = (360, 360)) -> Image.Image:
    if least is not None:
        picture.draft("RGB", least)  # JPEG: the whole stream is walked at an eighth of the size
    try:
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as cause:
        raise PictureBombError(f"more than {MAX_PIXELS} pixels") from cause
    except _DAMAGE as cause:
        if "too large" in str(cause).lower():
            raise PictureBombError("packed text beyond its limit") from cause
        raise TruncatedPictureError("the picture ends early or is damaged") from cause
    return picture


def _upright(picture: Image.Image, least: tuple[int, int] | None) -> Image.Image:
    decoded = _decoded(picture, least)
    try:
        turned = ImageOps.exif_transpose(decoded)
    except _DAMAGE:  # a broken EXIF block turns nothing
        turned = decoded
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        alpha = turned.convert("RGBA")
        page = Image.new("RGB", alpha.size, "white")
        page.paste(alpha, mask=alpha.getchannel("A"))
        return page
    return turned.convert("RGB")


def _jpeg(picture: Image.Image, *, quality: int) -> bytes:
    """Re-encoded from bare pixels, so that nothing of the original file rides along."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _xmp(picture: Image.Image) -> bytes:
    xmp = picture.info.get("xmp", b"")
    return xmp if isinstance(xmp, bytes) else b""


def _quality(picture: Image.Image, width: int, height: int, animated: bool) -> tuple[str, ...]:
    notes: list[str] = []
    if min(width, height) < SMALL_SIDE:
        notes.append("too_small")
    if animated:
        notes.append("animated")
    sample = picture.convert("L").resize((64, 64), Image.Resampling.BILINEAR)
    statistics = ImageStat.Stat(sample)
    if statistics.stddev[0] < 1.0:
        notes.append("blank")
    elif statistics.mean[0] < 12:
        notes.append("very_dark")
    return tuple(notes)


def _taken(details: dict[int, object], zone: str) -> tuple[datetime | None, str | None, str]:
    """DateTimeOriginal as UTC, its raw text, and where its zone came from."""
    raw = details.get(_TAKEN)
    if not isinstance(raw, str) or not raw.strip("\0 :"):
        return None, None, "none"
    raw = raw.strip("\0 ")
    try:
        local = datetime.strptime(raw, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
    except ValueError:
        return None, raw, "none"
    fraction = str(details.get(_SUBSECONDS, "") or "").strip("\0 ")
    if fraction.isdecimal():
        local = local.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    offset = _offset(details.get(_OFFSET))
    try:
        if offset is not None:
            return local.replace(tzinfo=offset).astimezone(UTC), raw, "offset"
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), raw, "assumed"
    except (ValueError, OverflowError):
        return None, raw, "none"


def _offset(raw: object) -> timezone | None:
    """`+08:00` as a zone; cameras also leave it blank or `   :  `."""
    text = raw.strip("\0 ") if isinstance(raw, str) else ""
    if text == "Z":
        return UTC
    if len(text) != 6 or text[0] not in "+-" or text[3] != ":":
        return None
    if not (text[1:3].isdecimal() and text[4:].isdecimal()):
        return None
    minutes = int(text[1:3]) * 60 + int(text[4:])
    return (
        timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
        if minutes < 1440
        else None
    )
