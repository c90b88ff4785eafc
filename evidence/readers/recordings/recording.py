"""Recordings: measured facts, with number, time and direction from name and tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any, BinaryIO, Final

from evidence.media import audio
from evidence.readers.errors import UnplayableError
from evidence.readers.reading import Context
from evidence.readers.record import Record, iso
from evidence.readers.values.names import NameReading, read_name
from evidence.readers.values.phone_numbers import e164

from . import recorder_sidecar

VERSION: Final = "5"
_CLOCK_SLACK: Final = timedelta(minutes=5)
_ZONE_HOURS: Final = timedelta(hours=14)


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one `recording`, then the messages that a film of a screen shows unless `ocr` is off.

    A file that does not play still gives what its name tells.

    Raises:
        UnplayableError: nothing decodes; raised after the record was given.
    """
    name = read_name(context.name, zone=context.options.tz)
    try:
        facts = audio.inspect(file)
    except UnplayableError:
        yield _record(_noted(name, context), None, context)
        raise
    if name.peer_number is None and name.when_utc is None and facts.title:
        titled = read_name(facts.title, zone=context.options.tz)
        if titled.kind == "recording":  # renamed since: the recorder kept its own name inside
            name = titled
    record = _record(_noted(name, context), facts, context)
    yield record
    if facts.picture_size is None or not context.options.ocr:
        return
    # The engine takes a second to load and 600 MB: only for films that are to be read.
    film = import_module("evidence.readers.screens.screen_film")
    started = record.when_utc if record.when_precision in ("ms", "s") else None
    is_own = name.kind == "screen_recording" and record.zone_source != "tag"
    yield from film.read(file, context, started, is_saving=not is_own)


def _noted(name: NameReading, context: Context) -> NameReading:
    """What the recorder's own note beside the file says wins over the name."""
    raw = context.companion(recorder_sidecar.EXTENSION)
    note = recorder_sidecar.note_in(raw, context) if raw is not None else None
    if note is None or note.when.utc is None:
        return name
    return replace(
        name,
        when_utc=note.when.utc,
        precision=note.when.precision,
        zone_source=note.when.zone_source,
        when_raw=note.when.raw,
        peer_number=note.number or name.peer_number,
        peer_name=note.name or name.peer_name,
        direction=note.direction or name.direction,
        owner_sim=note.sim or name.owner_sim,
        app="bcr",
        confidence="high",
    )


def _record(name: NameReading, facts: audio.AudioFacts | None, context: Context) -> Record:
    warnings = ["not_playable"] if facts is None else list(facts.warnings)
    when, precision, source, raw = name.when_utc, name.precision, name.zone_source, name.when_raw
    if facts is not None and facts.created_at is not None:
        if when is None:
            when, precision, source = facts.created_at, "s", "tag"
            raw = facts.created_at.isoformat()
            warnings.append("time_from_tag")
        elif not _fits(facts, name):
            warnings.append("tag_time_differs")
    if when is not None and context.options.now and when > context.options.now + timedelta(days=2):
        when, precision, source = None, "none", "none"
        warnings.append("time_out_of_range")
    numbers = (name.peer_number or "").split(";")
    return Record(
        kind="recording",
        source_file=context.name,
        source_locator={"seconds": [0, (facts.duration_ms or 0) / 1000 if facts else 0]},
        when_utc=when,
        when_raw=raw,
        when_precision=precision,
        zone_source=source,
        direction=name.direction,
        peer_number_raw=name.peer_number,
        peer_number_e164=e164(numbers[0]) if len(numbers) == 1 else None,
        peer_name=name.peer_name,
        owner_sim=name.owner_sim,
        duration_s=facts.duration_ms / 1000 if facts and facts.duration_ms else None,
        conversation=name.peer_number or name.peer_name,
        warnings=tuple(warnings),
        facts=_facts(facts, name),
    )


def _facts(facts: audio.AudioFacts | None, name: NameReading) -> dict[str, Any]:
    from_name = {"app": name.app, "name_confidence": name.confidence}
    if facts is None:
        empty = ("codec", "container", "duration_ms", "sample_rate", "channels")
        return {**dict.fromkeys((*empty, "loudness_lufs", "silent_share")), **from_name}
    width, height = facts.picture_size or (None, None)
    return {
        "codec": facts.codec,
        "container": facts.container,
        "duration_ms": facts.duration_ms,
        "sample_rate": facts.sample_rate,
        "channels": facts.channels,
        "loudness_lufs": facts.loudness_lufs,
        "silent_share": facts.silent_share,
        "silences": facts.silences,
        "peaks": facts.peaks,
        "width": width,
        "height": height,
        "created_at": iso(facts.created_at),
        **from_name,
    }


def _fits(facts: audio.AudioFacts, name: NameReading) -> bool:
    """Whether tag and name tell one time: equal up to the length, or off by whole hours."""
    if facts.created_at is None or name.when_utc is None:
        return True
    length = timedelta(milliseconds=facts.duration_ms or 0)
    apart = facts.created_at - name.when_utc
    if abs(apart) > _ZONE_HOURS + length:
        return False
    hours = timedelta(hours=round(apart / timedelta(hours=1)))
    return abs(apart - hours) <= _CLOCK_SLACK or -_CLOCK_SLACK <= apart <= length + _CLOCK_SLACK
