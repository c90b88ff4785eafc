"""Chat screenshots: the bubbles of one picture as `chat` records with their boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import numpy as np
from PIL import Image

from evidence.media import ocr
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.values.clock import Moment
from evidence.readers.values.phone_numbers import e164

from .bubbles import Bubble, Page, arrange
from .screen_times import NEEDS_CAPTURE, has_day, resolve, seen_at

_NUMBER: Final = re.compile(r"[+＋]?\d[\d \-()]{2,22}")  # a name bar that names nobody
_DIRECTIONS: Final = {"left": "in", "right": "out", "centre": "system"}
NO_DAY: Final = "time_day_not_seen"
CAPTURE_DIFFERS: Final = "capture_clock_differs"


def look(picture: Image.Image) -> Page:
    """Recognise what an upright RGB picture shows: bubbles, name bar, the status bar's clock."""
    pixels, lines = np.asarray(picture), ocr.read_picture(picture)
    page = arrange(pixels, lines)
    overlooked = [line for box in page.unread if (line := ocr.read_line(picture, box)) is not None]
    if not overlooked:
        return page
    return arrange(pixels, sorted([*lines, *overlooked], key=lambda line: (line.y, line.x)))


def shown_at(
    page: Page, captured_at: datetime | None, *, is_saving: bool, zone: str
) -> datetime | None:
    """When the page was on the screen, as far as name and status bar agree.

    Args:
        page: as `look` gave it.
        captured_at: aware, from the file's name or EXIF.
        is_saving: the time is that of a later saving (chat apps name files so): it counts only
            where the status bar tells the same time.
        zone: IANA name of the phone's clock.
    """
    if captured_at is None or (is_saving and page.clock is None):
        return None
    return seen_at(captured_at, page.clock, zone)


def records(
    page: Page, context: Context, seen: datetime | None, *, is_differing: bool = False
) -> Iterator[Record]:
    """Yield one record for each bubble, in reading order.

    Times come from the separators in the picture: they say when the next message came at the
    earliest, so precision is the minute at best and `time_of_separator` stands among the warnings.
    A clock in a bubble's corner is the message's own. `is_differing`: the file has a time, and the
    status bar tells another one.
    """
    for bubble in page.bubbles:
        record = _record(bubble, page.title, context, seen)
        if is_differing and NEEDS_CAPTURE in record.warnings:
            doubts = [CAPTURE_DIFFERS if w == NEEDS_CAPTURE else w for w in record.warnings]
            record = record._replace(warnings=tuple(doubts))
        yield record


def _record(bubble: Bubble, title: str | None, context: Context, seen: datetime | None) -> Record:
    left, top, right, bottom = bubble.box
    direction = _DIRECTIONS.get(bubble.side)
    is_number = title is not None and _NUMBER.fullmatch(title.strip()) is not None
    raw, moment, warnings = _time(bubble, seen, context.options.tz)
    if bubble.side == "none":
        warnings.append("side_unknown")
    if bubble.is_cut:
        warnings.append("bubble_cut")
    return Record(
        kind="system" if bubble.side == "centre" else "chat",
        source_file=context.name,
        source_locator={"box": [left, top, right - left, bottom - top]},
        when_utc=moment.utc,
        when_raw=raw,
        when_precision=moment.precision,
        zone_source=moment.zone_source,
        direction=direction,
        peer_number_raw=title if is_number else None,
        peer_number_e164=e164(title) if title and is_number else None,
        peer_name=bubble.speaker or title if direction == "in" else title,
        text=bubble.text,
        conversation=title,
        warnings=tuple(warnings),
        facts={"score": bubble.score, "engine": ocr.VERSION},
    )


def _time(bubble: Bubble, seen: datetime | None, zone: str) -> tuple[str | None, Moment, list[str]]:
    """The text that tells the time, the time, and what is doubtful about it."""
    separator, clock = bubble.separator or "", bubble.clock
    if clock is None:
        moment = resolve(separator, seen, zone)
        doubts = ["time_of_separator"] if moment.utc is not None else []
        doubts += [moment.warning] if moment.warning else []
        return bubble.separator, moment, doubts
    if not has_day(separator):  # the line with its day was scrolled away
        return clock, Moment(None, clock), [NO_DAY]
    raw = f"{separator} {clock}"
    moment = resolve(raw, seen, zone)
    return raw, moment, [moment.warning] if moment.warning else []
