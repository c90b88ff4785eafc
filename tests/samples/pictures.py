"""Pictures made for tests: chat pages with known bubbles, photos with known metadata."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PAGE, IN, OUT, INK = (237, 237, 237), (255, 255, 255), (149, 236, 105), (20, 20, 20)
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


def chinese_font() -> str | None:
    """The first Chinese font of this machine, or None."""
    return next((font for font in FONTS if Path(font).exists()), None)


def chat_page(
    lines: Sequence[tuple[str, str]],
    *,
    title: str,
    size: tuple[int, int] = (720, 1280),
    clock: str = "21:07",
) -> bytes:
    """A PNG of a chat: pairs of side (left, right, time) and text of one line each.

    Tests that draw one carry the mark `chinese_font`.
    """
    font = chinese_font()
    assert font is not None
    width = size[0]
    page = Image.new("RGB", size, PAGE)
    draw = ImageDraw.Draw(page)
    body, small = ImageFont.truetype(font, 32), ImageFont.truetype(font, 22)
    draw.rectangle((0, 0, width, 140), fill=(245, 245, 245))
    draw.text((30, 14), clock, font=small, fill=INK)
    draw.text((width / 2, 95), title, font=body, fill=INK, anchor="mm")
    y = 180
    for side, text in lines:
        if side == "time":
            draw.text((width / 2, y + 12), text, font=small, fill=(140, 140, 140), anchor="mm")
            y += 56
            continue
        wide = draw.textlength(text, font=body) + 40
        x = 110 if side == "left" else width - 110 - wide
        draw.rounded_rectangle((x, y, x + wide, y + 74), 12, fill=IN if side == "left" else OUT)
        face = 24 if side == "left" else width - 94
        draw.rectangle((face, y, face + 70, y + 70), fill=(70, 110, 160))
        draw.text((x + 20, y + 16), text, font=body, fill=INK)
        y += 110
    return encoded(page, "PNG")


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    """The picture's bytes in this format."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def gradient(width: int = 400, height: int = 600) -> Image.Image:
    """A picture that is neither blank nor dark."""
    row = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (row, row.rotate(180), row))


def photo(*, orientation: int = 1, taken: str = "", offset: str = "", gps: bool = False) -> bytes:
    """A JPEG with EXIF."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    details = exif.get_ifd(0x8769)
    if taken:
        details[0x9003] = taken
    if offset:
        details[0x9011] = offset
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
    return encoded(gradient(), "JPEG", exif=exif)
