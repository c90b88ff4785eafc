"""What the file's name says: which program names files so, and when."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from evidence.readers.values.names import NameReading, read_name

from .said import DAY, HOUSE_ZONE, Fact, Moment

# Names that say nothing of a message or a call, so that the readers have no need of them.
_FURTHER: Final = tuple(
    (app, kind, re.compile(pattern))
    for app, kind, pattern in (
        ("pixel", "camera", r"^PXL_(?P<utc>\d{8}_\d{6})\d{0,3}(?:[._].*)?$"),
        ("camera", "camera", r"^(?:MVIMG|PANO|BURST\d*|VIDEO)_(?P<local>\d{8}_\d{6}).*$"),
        ("qq", "chat_media", r"^Image_(?P<ms>1\d{12})$"),
        ("wechat", "chat_media", r"^wx_video_(?P<ms>1\d{12})$"),
        ("recorder", "recording", r"^(?:录音|新录音|语音|Recording|Record)[ _-]?"
                                  r"(?P<local>\d{8}[ _-]?\d{6})$"),
        ("recorder", "recording", r"^.{1,60}?[ _](?P<local>\d{4}-\d{2}-\d{2}[ _]"
                                  r"\d{2}-\d{2}-\d{2})$"),
    )
)  # fmt: skip


class Name(NamedTuple):
    """App and kind as codes (`wechat`, `chat_media`), the time if there is one."""

    app: str
    kind: str
    time: Moment | None


def read(name: str) -> Name:
    """What the name tells; an unknown one has kind `unknown`."""
    told = read_name(name)
    if told.when_utc is None or told.kind == "unknown":
        stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
        for app, kind, pattern in _FURTHER:
            if len(stem) < 120 and (found := pattern.match(stem)):
                return Name(app, kind, _further(found))
    return Name(_family(told), told.kind, _time(told))


def facts(name: Name) -> tuple[Fact, ...]:
    """The name as facts. The name itself, which may hold a number, is not among them."""
    said = [Fact("name_kind", f"{name.app} {name.kind}".strip())] if name.kind != "unknown" else []
    return (*said, Fact("name_time", time=name.time)) if name.time else tuple(said)


def _family(told: NameReading) -> str:
    """The program's family; never what the name says of a person."""
    app = (told.app or "").lower()
    if "tencent.mm" in app or app == "wechat":
        return "wechat"
    return app if re.fullmatch(r"[a-z_]{2,20}", app) else ""


def _time(told: NameReading) -> Moment | None:
    if told.when_utc is None:
        return None
    if told.precision == "day":
        return Moment(f"{told.when_utc.astimezone(HOUSE_ZONE):%F}", "", DAY)
    if told.zone_source in ("epoch", "offset"):
        return Moment.of(told.when_utc)
    return Moment(f"{told.when_utc.astimezone(HOUSE_ZONE):%Y-%m-%dT%H:%M:%S}")


def _further(found: re.Match[str]) -> Moment | None:
    got = found.groupdict()
    if ms := got.get("ms"):
        from_epoch = read_name(f"mmexport{ms}").when_utc
        return Moment.of(from_epoch) if from_epoch else None
    text, zone = (got["utc"], "Z") if got.get("utc") else (got["local"], "")
    digits = re.sub(r"\D", "", text or "")
    day, clock = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", digits[8:14]
    moment = Moment(f"{day}T{clock[:2]}:{clock[2:4]}:{clock[4:]}", zone)
    try:
        moment.utc()
    except ValueError:  # digits that are no time
        return None
    return moment
