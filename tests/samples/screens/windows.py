"""Screenshots of a drawn conversation: a window on the canvas under the phone's bars."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime

from PIL import Image, ImageDraw

from .drawing import Canvas, Shown, font

HEIGHT = 2400


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A picture with what it shows: `whole` utterances, and how many are `cut` by its edges."""

    picture: Image.Image
    title: str
    app: str
    whole: tuple[Shown, ...]
    cut: tuple[Shown, ...]
    now: datetime

    @property
    def png(self) -> bytes:
        """As a file."""
        out = io.BytesIO()
        self.picture.save(out, "PNG")
        return out.getvalue()

    @property
    def name(self) -> str:
        """As an Android phone names it."""
        return f"Screenshot_{self.now:%Y%m%d_%H%M%S}.png"


def scroll_end(canvas: Canvas, *, height: int = HEIGHT) -> int:
    """The offset of the last screenful; 0 when all fits."""
    top, bottom = bars(canvas)
    return max(0, canvas.picture.height - (height - top - bottom))


def bars(canvas: Canvas) -> tuple[int, int]:
    """Heights of what lies above and below the conversation."""
    width = canvas.picture.width
    return round(width * 0.204), round(width * 0.148)


def screenshot(
    canvas: Canvas, title: str, *, offset: int | None = None, height: int = HEIGHT
) -> Screenshot:
    """What the phone shows when scrolled down by `offset` pixels; by default to the end."""
    top, bottom = bars(canvas)
    room = height - top - bottom
    offset = scroll_end(canvas, height=height) if offset is None else offset
    width = canvas.picture.width
    page = Image.new("RGB", (width, height), canvas.skin.page)
    page.paste(canvas.picture.crop((0, offset, width, offset + room)), (0, top))
    if canvas.picture.height - offset < room:  # crop pads with black
        end = top + canvas.picture.height - offset
        ImageDraw.Draw(page).rectangle((0, end, width, height), fill=canvas.skin.page)
    _top_bar(page, canvas, title, top)
    _bottom_bar(page, canvas, bottom)
    moved = [_moved(one, top - offset) for one in canvas.shown]
    seen = [one for one in moved if one.box[3] > top and one.box[1] < height - bottom]
    whole = tuple(one for one in seen if one.box[1] >= top and one.box[3] <= height - bottom)
    cut = tuple(one for one in seen if one not in whole)
    return Screenshot(page, title, canvas.skin.app, whole, cut, canvas.now)


def long_screenshot(canvas: Canvas, title: str) -> Screenshot:
    """The whole conversation under one pair of bars, as phones join it."""
    top, bottom = bars(canvas)
    return screenshot(canvas, title, offset=0, height=canvas.picture.height + top + bottom)


def _moved(one: Shown, by: int) -> Shown:
    left, top, right, bottom = one.box
    return replace(one, box=(left, top + by, right, bottom + by))


def _top_bar(page: Image.Image, canvas: Canvas, title: str, high: int) -> None:
    skin, width = canvas.skin, page.width
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, width, high - 1), fill=skin.bar)
    if skin.bar == skin.page:
        draw.line((0, high - 1, width, high - 1), fill=_between(skin.page, skin.ink, 0.08))
    small = font(round(width * 0.032))
    draw.text((width * 0.055, width * 0.022), f"{canvas.now:%H:%M}", font=small, fill=skin.ink)
    battery = (width * 0.87, width * 0.032, width * 0.93, width * 0.058)
    draw.rounded_rectangle(battery, 6, outline=skin.ink, width=3)
    draw.text((width * 0.78, width * 0.022), "5G", font=small, fill=skin.ink)
    middle, name = width * 0.142, font(round(width * 0.045))
    arrow = [(width * 0.055, middle - 20), (width * 0.037, middle), (width * 0.055, middle + 20)]
    draw.line(arrow, fill=skin.ink, width=5)
    for dot in range(3):
        x = width * 0.93 + dot * 14
        draw.ellipse((x, middle - 4, x + 8, middle + 4), fill=skin.ink)
    if skin.title == "centre":
        draw.text((width / 2, middle), title, font=name, fill=skin.ink, anchor="mm")
        return
    x = width * 0.1
    if skin.inside:
        draw.ellipse((x, middle - 40, x + 80, middle + 40), fill=(120, 140, 160))
        x += 105
    lifted = middle - 16 if skin.subtitle else middle
    draw.text((x, lifted), title, font=name, fill=skin.ink, anchor="lm")
    if skin.subtitle:
        draw.text((x, middle + 34), skin.subtitle, font=font(round(width * 0.027)),
                  fill=(130, 130, 130), anchor="lm")  # fmt: skip


def _bottom_bar(page: Image.Image, canvas: Canvas, high: int) -> None:
    skin, (width, height) = canvas.skin, page.size
    draw = ImageDraw.Draw(page)
    fill = _between(skin.bar, skin.ink, 0.03)
    draw.rectangle((0, height - high, width, height), fill=fill)
    field = (width * 0.12, height - high * 0.85, width * 0.76, height - high * 0.4)
    draw.rounded_rectangle(field, 14, fill=_between(skin.bar, skin.ink, 0.10))
    if skin.placeholder:
        at = (width * 0.15, height - high * 0.62)
        draw.text(at, skin.placeholder, font=font(round(width * 0.037)), fill=(150, 150, 150),
                  anchor="lm")  # fmt: skip
    for place in (0.06, 0.83, 0.92):
        x, y, r = width * place, height - high * 0.62, width * 0.024
        draw.ellipse((x - r, y - r, x + r, y + r), outline=skin.ink, width=4)


def _between(
    one: tuple[int, int, int], other: tuple[int, int, int], share: float
) -> tuple[int, int, int]:
    mixed = [round(a + (b - a) * share) for a, b in zip(one, other, strict=True)]
    return mixed[0], mixed[1], mixed[2]
