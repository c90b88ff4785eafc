"""Draws a conversation on one long canvas, in one skin, with the box of all that was drawn."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from tests.samples.pictures import chinese_font

from .scripts import Said
from .skins import Skin, chinese_clock

GREY = (140, 140, 140)
APART = timedelta(minutes=5)  # apps write the time again after a pause
EMOJI = re.compile("[\U0001f300-\U0001faff]")
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """One utterance on the canvas: the box of its bubble, and the separator above it as drawn."""

    said: Said
    box: Box
    separator: str | None

    @property
    def words(self) -> str:
        """The text without emoji, which no engine reads."""
        return EMOJI.sub("", self.said.text)


@dataclass(frozen=True, slots=True)
class Canvas:
    """The whole conversation as drawn, without bars."""

    picture: Image.Image
    shown: tuple[Shown, ...]
    skin: Skin
    size: int  # of the letters, pixels
    now: datetime


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The machine's Chinese font in the mainland's letters."""
    path = chinese_font()
    assert path is not None, "no Chinese font"
    return ImageFont.truetype(path, size, index=2 if "Noto" in path else 0)


def draw(
    talk: Sequence[Said], skin: Skin, *, now: datetime, width: int = 1080, size: int = 46
) -> Canvas:
    """Draw it all.

    Args:
        talk: oldest first.
        skin: of the app.
        now: local time at which somebody looks, naive: days are named from it.
        width: pixels of the screen.
        size: of the letters, pixels.
    """
    pen = _Pen(skin, now, width, size)
    height = 200 + sum(pen.height_of(said) for said in talk)
    picture = Image.new("RGB", (width, height), skin.page)
    pen.begin(picture)
    for said in talk:
        pen.put(said)
    return Canvas(picture.crop((0, 0, width, pen.y + size)), tuple(pen.shown), skin, size, now)


def put_text(
    target: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    size: int,
    ink: tuple[int, int, int],
) -> None:
    """One line; emoji are small faces."""
    x, y = at
    for part in EMOJI.split(text) if not EMOJI.search(text) else _parts(text):
        if EMOJI.fullmatch(part):
            _emoji(target, x, y + size * 0.18, size)
            x += size * 1.1
        else:
            target.text((x, y), part, font=font(size), fill=ink)
            x += target.textlength(part, font=font(size))


def _parts(text: str) -> list[str]:
    return [part for part in re.split(f"({EMOJI.pattern})", text) if part]


def _emoji(target: ImageDraw.ImageDraw, x: float, y: float, size: int) -> None:
    side = size * 1.0
    target.ellipse((x, y, x + side, y + side), fill=(250, 205, 60), outline=(220, 160, 30))
    for eye in (0.3, 0.62):
        target.ellipse(
            (x + side * eye, y + side * 0.3, x + side * (eye + 0.1), y + side * 0.45),
            fill=(90, 60, 10),
        )
    target.arc((x + side * 0.25, y + side * 0.35, x + side * 0.75, y + side * 0.8), 20, 160,
               fill=(90, 60, 10), width=max(2, size // 14))  # fmt: skip


class _Pen:
    """Where the next bubble goes."""

    def __init__(self, skin: Skin, now: datetime, width: int, size: int) -> None:
        self.skin, self.now, self.width, self.size = skin, now, width, size
        self.small = round(size * 0.68)
        self.step = round(size * 1.42)
        self.pad = round(size * 0.6)
        self.margin = round(width * (0.145 if skin.faces != "none" else 0.035))
        self.y = size
        self.shown: list[Shown] = []
        self.last: datetime | None = None
        self.separator: str | None = None

    def begin(self, picture: Image.Image) -> None:
        self.draw = ImageDraw.Draw(picture)

    def height_of(self, said: Said) -> int:
        return len(self._wrapped(said.text)) * self.step + self.pad * 2 + self.size * 5

    def put(self, said: Said) -> None:
        self._time_above(said.at)
        if said.side == "centre":
            self._notice(said)
        else:
            self._bubble(said)

    def _time_above(self, at: datetime) -> None:
        if self.skin.inside:
            due = self.last is None or self.last.date() != at.date()
        else:
            due = self.last is None or at - self.last > APART
        self.last = at
        if not due:
            return
        self.separator = self.skin.separator(at, self.now)
        self.y += self.size // 2
        middle = self.width / 2
        if self.skin.inside:
            half = self.draw.textlength(self.separator, font=font(self.small)) / 2 + self.pad
            self.draw.rounded_rectangle(
                (middle - half, self.y, middle + half, self.y + self.small * 1.8), self.small / 2,
                fill=self.skin.came,
            )  # fmt: skip
        self.draw.text(
            (middle, self.y + self.small * 0.9), self.separator, font=font(self.small), fill=GREY,
            anchor="mm",
        )  # fmt: skip
        self.y += self.small * 2 + self.size // 2

    def _notice(self, said: Said) -> None:
        self.draw.text(
            (self.width / 2, self.y + self.small), said.text, font=font(self.small), fill=GREY,
            anchor="mm",
        )  # fmt: skip
        half = round(self.draw.textlength(said.text, font=font(self.small)) / 2)
        box = (self.width // 2 - half, self.y, self.width // 2 + half, self.y + self.small * 2)
        self.shown.append(Shown(said, box, self.separator))
        self.y += self.small * 2 + self.size

    def _bubble(self, said: Said) -> None:
        skin, is_mine = self.skin, said.side == "right"
        lines = self._wrapped(said.text)
        clock = chinese_clock(said.at) if skin.inside else ""
        wide = round(max(self._length(line) for line in lines)) + 2 * self.pad
        high = len(lines) * self.step + round(self.pad * 1.2)
        if clock:
            taken = round(self.draw.textlength(clock, font=font(self.small))) + self.size * 2
            if self._length(lines[-1]) + taken + 2 * self.pad > self.width * 0.72:
                high += self.small + 6  # on a line of its own
            wide = max(wide, min(round(self._length(lines[-1])) + taken + 2 * self.pad,
                                 round(self.width * 0.72)))  # fmt: skip
        x = self.width - self.margin - wide if is_mine else self.margin
        box = (x, self.y, x + wide, self.y + high)
        radius = self.size * skin.rounding
        self.draw.rounded_rectangle(box, radius, fill=skin.went if is_mine else skin.came)
        self._face(is_mine)
        ink = skin.went_ink if is_mine else skin.ink
        for number, line in enumerate(lines):
            at = (x + self.pad, self.y + self.pad * 0.45 + number * self.step)
            put_text(self.draw, at, line, self.size, ink)
        if clock:
            corner = (x + wide - self.pad, self.y + high - self.pad * 0.3)
            self.draw.text(corner, clock, font=font(self.small), fill=GREY, anchor="rs")
        self.shown.append(Shown(said, box, self.separator))
        self.y += high + round(self.size * 0.7)

    def _face(self, is_mine: bool) -> None:
        if self.skin.faces == "none":
            return
        side = round(self.width * 0.097)
        x = self.width - round(self.width * 0.025) - side if is_mine else round(self.width * 0.025)
        chance = random.Random(int(is_mine) + 7)
        if self.skin.faces == "round":
            self.draw.ellipse((x, self.y, x + side, self.y + side), fill=(70, 110, 160))
            self.draw.ellipse(
                (x + side * 0.3, self.y + side * 0.2, x + side * 0.7, self.y + side * 0.6),
                fill=(230, 200, 170),
            )
            return
        for i in range(4):
            for j in range(4):
                colour = tuple(chance.randint(40, 220) for _ in range(3))
                left, top = x + i * side // 4, self.y + j * side // 4
                self.draw.rectangle((left, top, left + side // 4, top + side // 4), fill=colour)

    def _length(self, line: str) -> float:
        faces = len(EMOJI.findall(line))
        return font(self.size).getlength(EMOJI.sub("", line)) + faces * self.size * 1.1

    def _wrapped(self, text: str) -> list[str]:
        """Chinese breaks anywhere but before a stop; Latin words and numbers stay whole."""
        most = self.width * 0.64 - 2 * self.pad
        lines, line = [], ""
        for word in re.findall(r"[A-Za-z0-9_.,%:]+ ?|.", text):
            if line and self._length(line + word.rstrip()) > most and word not in "，。？！：、":
                lines.append(line)
                line = ""
            line += word
        return [*lines, line]
