"""Pictures: one `image` record, then one `chat` record for each bubble of a chat screenshot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any, BinaryIO, Final

from evidence.media import image
from evidence.media.image import ImageFacts
from evidence.readers.reading import Context
from evidence.readers.record import Record, iso
from evidence.readers.values.names import NameReading, read_name

VERSION: Final = "2"


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield what the picture is, then its text unless `options.ocr` is off.

    The time of the `image` record is when it was taken or captured; times seen inside the
    picture belong to the bubbles.
    """
    facts = image.inspect(file, zone=context.options.tz)
    name = read_name(context.name, zone=context.options.tz)
    if not context.options.ocr:
        yield _image(facts, name, context, {}, ())
        return
    # The engine takes a second to load and 600 MB: only for pictures that are to be read.
    screen = import_module("evidence.readers.screens.screen")
    apps = import_module("evidence.readers.screens.screen_apps")
    quality = import_module("evidence.readers.screens.screen_quality")
    when, is_saving = _captured(facts, name)
    try:
        page = screen.look(image.upright_rgb(file))
    except Exception:
        yield _image(facts, name, context, {}, ())  # what it is stays known
        raise
    seen = screen.shown_at(page, when, is_saving=is_saving, zone=context.options.tz)
    bubbles = list(screen.records(page, context, seen, is_differing=when is not None and not seen))
    app, source = apps.by_name(name.app), "name"
    if app is None:
        app, source = apps.by_look(page), "look"
    shown = {
        "chat_app": app,
        "chat_app_from": source if app else None,
        "conversation": page.title,
        "screen_clock": page.clock,
        "seen_at": iso(seen),
    }
    yield _image(facts, name, context, shown, quality.hints(page, bubbles))
    yield from bubbles


def _captured(facts: ImageFacts, name: NameReading) -> tuple[datetime | None, bool]:
    """When it was taken or captured; True where the name tells a later saving."""
    if facts.taken_at is not None:
        return facts.taken_at, False
    return (name.when_utc if name.precision != "day" else None), name.kind == "chat_media"


def _image(
    facts: ImageFacts,
    name: NameReading,
    context: Context,
    shown: dict[str, Any],
    hints: tuple[str, ...] | list[str],
) -> Record:
    when, precision, source, raw = facts.taken_at, "s", facts.zone_source, facts.taken_raw
    if when is None:
        when, precision, source, raw = (
            name.when_utc,
            name.precision,
            name.zone_source,
            name.when_raw,
        )
    quality = [*facts.quality, *(() if when else ("no_capture_time",)), *hints]
    return Record(
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
            **shown,
        },
    )
