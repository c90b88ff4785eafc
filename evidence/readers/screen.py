"""Chat screenshots: the bubbles of one picture as `chat` records with their boxes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Final

import numpy as np

from evidence.media import image, ocr

from .bubbles import Bubble, arrange
from .reading import Context
from .record import Record
from .screen_times import resolve

_DIRECTIONS: Final = {"left": "in", "right": "out", "centre": "system"}


def read(file: BinaryIO, context: Context, captured_at: datetime | None) -> Iterator[Record]:
    """Yield one record for each bubble, in reading order.

    Times come from the separators in the picture: they say when the next message came at the
    earliest, so precision is the minute and `time_of_separator` stands among the warnings.
    """
    picture = image.upright_rgb(file)
    lines = ocr.read_picture(picture)
    page = arrange(np.asarray(picture), lines)
    for bubble in page.bubbles:
        yield _record(bubble, page.title, context, captured_at)


def _record(
    bubble: Bubble, title: str | None, context: Context, captured_at: datetime | None
) -> Record:
    left, top, right, bottom = bubble.box
    direction = _DIRECTIONS.get(bubble.side)
    warnings: list[str] = []
    moment = resolve(bubble.separator or "", captured_at, context.options.tz)
    if moment.utc is not None:
        warnings.append("time_of_separator")
    elif moment.warning:
        warnings.append(moment.warning)
    if bubble.side == "none":
        warnings.append("side_unknown")
    return Record(
        kind="system" if bubble.side == "centre" else "chat",
        source_file=context.name,
        source_locator={"box": [left, top, right - left, bottom - top]},
        when_utc=moment.utc,
        when_raw=bubble.separator,
        when_precision=moment.precision,
        zone_source=moment.zone_source,
        direction=direction,
        peer_name=bubble.speaker or title if direction == "in" else title,
        text=bubble.text,
        conversation=title,
        warnings=tuple(warnings),
        facts={"score": bubble.score, "engine": ocr.VERSION},
    )
