"""Pictures: one `image` record, then one `chat` record for each bubble of a chat screenshot."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import BinaryIO, Final

from evidence.media import image

from .names import read_name
from .reading import Context
from .record import Record, iso

VERSION: Final = "1"


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield what the picture is, then its text unless `options.ocr` is off.

    The time of the `image` record is when it was taken or captured; times seen inside the
    picture belong to the bubbles.
    """
    facts = image.inspect(file, zone=context.options.tz)
    name = read_name(context.name, zone=context.options.tz)
    when, precision, source, raw = facts.taken_at, "s", facts.zone_source, facts.taken_raw
    if when is None:
        when, precision, source, raw = (
            name.when_utc,
            name.precision,
            name.zone_source,
            name.when_raw,
        )
    quality = [*facts.quality, *(() if when else ("no_capture_time",))]
    yield Record(
        kind="image",
        source_file=context.name,
        source_locator={"box": [0, 0, facts.width, facts.height]},
        when_utc=when,
        when_raw=raw,
        when_precision=precision if when else "none",
        zone_source=source,
        facts={
            "format": facts.format,
            "width": facts.width,
            "height": facts.height,
            "orientation": facts.orientation,
            "taken_at": iso(facts.taken_at),
            "has_gps": facts.has_gps,
            "quality": quality,
            "name_kind": name.kind,
            "app": name.app,
            "is_screenshot": facts.is_screenshot or (name.kind == "screenshot") or None,
        },
    )
    if context.options.ocr:
        # The engine takes a second to load and 600 MB: only for pictures that are to be read.
        screen = import_module("evidence.readers.screen")
        yield from screen.read(file, context, when)
