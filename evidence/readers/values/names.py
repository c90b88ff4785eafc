"""What a file name tells: app, kind, time, number, name, direction. A hint, never a proof."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath
from typing import Any, Final
from zoneinfo import ZoneInfo

from evidence.readers.record import iso

from .clock import EARLIEST, LATEST, from_epoch
from .miui_names import callers
from .name_patterns import HINT_EPOCH, HINT_NUMBER, HINT_TIME, NOT_SOUND, PATTERNS, SOUND_EXTENSIONS

ZONE: Final = "Asia/Shanghai"
LONGEST: Final = 512  # characters; no phone writes longer names
_UNCERTAIN: Final = frozenset({"hyperos", "harmonyos"})  # one source each
_LOW: Final = frozenset({"ios"})
_DIRECTIONS: Final = {"in": "in", "out": "out", "From": "in", "To": "out"}
_NUMBER_LIKE: Final = re.compile(r"^[+＋_*#]?[0-9][0-9 ()\-*#]{1,23}$")
_NOT_DIGIT: Final = re.compile(r"\D")
_WIDE: Final = str.maketrans("０１２３４５６７８９＋", "0123456789+")
_SCREENS: Final = frozenset(
    {"miui_screenshot", "android_screenshot", "screenshot_cn", "camera", "screen_recorder", "ios"}
)
_NO_NUMBER: Final = frozenset({"null", "unknown", "private", "anonymous"})


@dataclass(frozen=True, slots=True)
class NameReading:
    """What one name says; everything it does not say is None.

    `kind` is recording, screenshot, camera, screen_recording, chat_media or unknown;
    `confidence` high, medium or low; `precision` ms, s, day or none.
    """

    name: str
    kind: str = "unknown"
    when_utc: datetime | None = None
    precision: str = "none"
    zone_source: str = "none"
    when_raw: str | None = None
    peer_number: str | None = None
    peer_name: str | None = None
    direction: str | None = None
    app: str | None = None
    confidence: str = "low"
    owner_sim: str | None = None

    def as_json(self) -> dict[str, Any]:
        """One line of `python -m evidence.readers --names`."""
        return {
            "name": self.name,
            "kind": self.kind,
            "when_utc": iso(self.when_utc, self.precision),
            "peer_number": self.peer_number,
            "peer_name": self.peer_name,
            "direction": self.direction,
            "app": self.app,
            "confidence": self.confidence,
        }


def read_name(name: str, *, zone: str = ZONE) -> NameReading:
    """Read a file name, with or without folders before it.

    Args:
        name: as given by the sender; both kinds of slashes separate folders.
        zone: of names that carry no offset of their own.
    """
    if len(name) > LONGEST:
        return NameReading(name)
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, extension = _split(base)
    for app, kind, pattern in PATTERNS:
        found = pattern.match(stem)
        if found and not (kind == "recording" and extension in NOT_SOUND):
            return _from_pattern(name, app, kind, found.groupdict(), extension, zone)
    return _from_hints(name, stem, extension, zone)


def _split(base: str) -> tuple[str, str]:
    """Stem and lower-case extension; a dot inside the name is no extension."""
    path = PurePosixPath(base)
    extension = path.suffix[1:].lower()
    if (
        extension.isalnum()
        and extension.isascii()
        and not extension.isdigit()
        and len(extension) < 6
    ):
        return path.stem, extension
    return base, ""


def _from_pattern(
    name: str, app: str, kind: str, got: Mapping[str, str | None], extension: str, zone: str
) -> NameReading:
    when, precision, source, raw = _time(got, zone)
    number, person = _peer(app, got)
    confidence = "medium" if app in _UNCERTAIN else "low" if app in _LOW else "high"
    if when is None and app != "ios":
        confidence = "low" if number is None else "medium"
    if app == "ios" and extension == "png":
        kind = "screenshot"
    return NameReading(
        name=name,
        kind=kind,
        when_utc=when,
        precision=precision,
        zone_source=source,
        when_raw=raw,
        peer_number=number,
        peer_name=person,
        direction=_DIRECTIONS.get(got.get("dir") or ""),
        app=_app(app, got),
        confidence=confidence,
        owner_sim=got.get("sim"),
    )


def _app(app: str, got: Mapping[str, str | None]) -> str | None:
    """The recorder or chat app; of a screenshot the package or label that the name ends in."""
    return got.get("pkg") if app in _SCREENS else app


def _peer(app: str, got: Mapping[str, str | None]) -> tuple[str | None, str | None]:
    if (everyone := got.get("callers")) is not None:
        return callers(everyone)
    number, person = got.get("num"), got.get("name")
    if (who := got.get("who")) is not None:
        if _NUMBER_LIKE.match(who):
            number = "*" + who[1:] if app == "samsung" and who.startswith("_") else who
        else:
            person = who
    if number is not None and number.strip().lower() in _NO_NUMBER:
        number = None
    return (number.strip() if number else None), (person.strip() or None if person else None)


def _time(got: Mapping[str, str | None], zone: str) -> tuple[datetime | None, str, str, str | None]:
    """Time, precision, zone source, and the text it was read from."""
    if epoch := got.get("ms13") or got.get("s10"):
        moment = from_epoch(epoch)
        return moment.utc, moment.precision, moment.zone_source, epoch
    if day := got.get("day"):
        return _local(day + "000000", 0, zone, None), "day", "assumed", day
    whole = next((got[key] for key in ("ts", "dt", "a", "b", "c") if got.get(key)), None)
    raw = whole or (got.get("d") or "") + (got.get("t") or "")
    digits = _NOT_DIGIT.sub("", raw)
    if len(digits) == 12:  # yyMMdd
        digits = "20" + digits
    milliseconds = got.get("ms")
    offset = got.get("off")
    when = _local(digits, int((milliseconds or "0").ljust(3, "0")), zone, offset)
    if when is None:
        return None, "none", "none", raw or None
    return when, "ms" if milliseconds else "s", "offset" if offset else "assumed", raw


def _local(digits: str, milliseconds: int, zone: str, offset: str | None) -> datetime | None:
    """Fourteen digits as a time in `zone` or at `offset` (`+0800`, `Z`), if they are one."""
    if len(digits) != 14:
        return None
    tz: ZoneInfo | timezone = ZoneInfo(zone)
    if offset:
        sign = -1 if offset.startswith("-") else 1
        hours, minutes = (0, 0) if offset == "Z" else (int(offset[1:3]), int(offset[3:5]))
        if hours > 15 or minutes > 59:
            return None
        tz = timezone(sign * timedelta(hours=hours, minutes=minutes))
    try:
        local = datetime(
            int(digits[:4]),
            int(digits[4:6]),
            int(digits[6:8]),
            int(digits[8:10]),
            int(digits[10:12]),
            int(digits[12:]),
            milliseconds * 1000,
            tzinfo=tz,
        )
        when = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return when if EARLIEST <= when <= LATEST else None


def _from_hints(name: str, stem: str, extension: str, zone: str) -> NameReading:
    """No known pattern: a time and a number that stand in the name, with low confidence."""
    rest = stem = stem.translate(_WIDE)
    when, precision, source, raw = None, "none", "none", None
    if (found := HINT_TIME.search(stem)) or (found := HINT_EPOCH.search(stem)):
        when, precision, source, raw = _time(found.groupdict(), zone)
        rest = stem[: found.start()] + " " + stem[found.end() :]
    number = HINT_NUMBER.search(rest)
    is_sound = extension in SOUND_EXTENSIONS and (number is not None or when is not None)
    return NameReading(
        name=name,
        kind="recording" if is_sound else "unknown",
        when_utc=when,
        precision=precision,
        zone_source=source,
        when_raw=raw,
        peer_number=number.group() if number else None,
    )
