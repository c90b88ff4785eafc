"""One message of Telegram's HTML pages, as its boxes were read, and what these say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from evidence.readers.reading import Context, Options
from evidence.readers.values.clock import Moment, from_wall, with_offset

from .chats import attached

_TITLE: Final = re.compile(
    r"(\d{1,2})\.(\d{1,2})\.(\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?: UTC([+-]\d{2}:\d{2}))?"
)
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY: Final = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")
# other programs that write the same pages
_LONG_TITLE: Final = re.compile(
    rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}}),? (\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?"
)
_LENGTH: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})\b")
_TALKED: Final = re.compile(r"\((\d{1,7}) seconds?\)")
_VIA: Final = re.compile(r"\s+via @\S+$")
_INDENT: Final = re.compile(r"\s*\n\s*")
LINE_END: Final = "\u2028"  # of the text itself; the writer never leaves one, and indents freely

_CALLS: Final = {
    "Outgoing": "out",
    "Cancelled": "out",
    "Missed": "missed",
    "Declined": "rejected",
    "Incoming": "in",
}
# A file that was left out stands in a box of a more general kind; its title says which.
_TITLES: Final = {
    "Sticker": "sticker",
    "Animation": "animation",
    "Video message": "video_message",
    "Photo": "photo",
    "Self-destructing photo": "photo",
}
_TIMED: Final = frozenset(
    {"animation", "video_file", "video_message", "voice_message", "audio_file"}
)
FILES: Final = frozenset({"photo", "sticker", "file"}) | _TIMED
_SAID: Final = frozenset({"contact", "location", "game", "invoice"})


@dataclass(slots=True)
class Draft:
    """One message as far as it was read; `depth` is how many boxes are around its own."""

    number: int
    line: int
    service: bool
    joined: bool
    depth: int
    title: str = ""
    words: dict[str, list[list[str]]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    box: str | None = None
    reply_to: int | None = None
    forwarded: bool = False

    def keep(self, name: str) -> str:
        """Begin a new piece of the words kept under a name."""
        self.words.setdefault(name, []).append([])
        return name

    def said(self, name: str) -> str:
        """The words kept under a name, without the writer's own line ends and indents."""
        pieces = (tidy("".join(piece)) for piece in self.words.get(name, ()))
        return "\n".join(piece for piece in pieces if piece)

    def person(self, name: str) -> str | None:
        """The name of a person, without the bot by which they wrote."""
        return _VIA.sub("", self.said(name)) or None

    @property
    def kind(self) -> str | None:
        """What it is beside words: `photo`, `voice_message`, `call` and so on."""
        if self.box in ("photo", "video_file"):
            return _TITLES.get(self.said("title"), self.box)
        return self.box

    @property
    def text(self) -> str | None:
        """What was written; else what a contact, a place, a poll or a bill says."""
        written = self.said("text")
        if self.box == "poll":
            written = written or "\n".join(
                [self.said("question"), *self.said("answer").splitlines()]
            )
        elif self.box in _SAID:
            parts = (self.said("title"), self.said("description"), self.said("status"), written)
            written = "\n".join(part for part in parts if part)
        return written or None

    @property
    def call(self) -> str | None:
        """The direction of a call, by its own words."""
        return _CALLS.get(self.said("status").split(" ", 1)[0])

    @property
    def seconds(self) -> float | None:
        """How long a call, a voice message or a film is."""
        status = self.said("status")
        if self.box == "call":
            talked = _TALKED.search(status)
            return int(talked[1]) if talked else None
        if self.kind in _TIMED and (found := _LENGTH.match(status)):
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return hours * 3600 + minutes * 60 + seconds or None
        return None

    @property
    def is_omitted(self) -> bool:
        """Whether a file was left out of the export."""
        return self.kind in FILES and not self.links

    def files(self, context: Context) -> tuple[Mapping[str, Any], ...]:
        """The files it names, by the sender's name where that is told."""
        named = self.said("title") if self.box == "file" else ""
        if self.is_omitted:
            return ({**attached(named, context), "locator": None},) if named else ()
        return tuple(attached(link, context, name=named or None) for link in self.links)


def tidy(text: str) -> str:
    """Without the line ends and indents between tags; those of the text itself come back."""
    return _INDENT.sub(" ", text.replace(LINE_END, "\0")).strip(" \n\t\0").replace("\0", "\n")


def moment_of(title: str, options: Options) -> Moment:
    """The time in a box's title; since 2021 it has its offset."""
    found = _TITLE.fullmatch(title.strip())
    if found is None:
        return _long_moment(title, options)
    day, month, year, hour, minute, second = (int(part) for part in found.groups()[:6])
    if found[7]:
        clock = f"{hour:02}:{minute:02}:{second:02}{found[7]}"
        return with_offset(f"{year}-{month:02}-{day:02}T{clock}", options.now)._replace(raw=title)
    parts = (year, month, day, hour, minute, second)
    return from_wall(parts, raw=title, zone=options.tz, now=options.now)


def _long_moment(title: str, options: Options) -> Moment:
    """`5 March 2024, 07:08`."""
    found = _LONG_TITLE.fullmatch(title.strip())
    if found is None:
        return Moment(None, title)
    day, hour, minute, second = (int(found[group] or 0) for group in (1, 4, 5, 6))
    parts = (int(found[3]), _MONTHS.index(found[2]) + 1, day, hour, minute, second)
    precision = "min" if found[6] is None else "s"
    return from_wall(parts, raw=title, zone=options.tz, precision=precision, now=options.now)


def is_day(text: str) -> bool:
    """Whether a notice is the line above the messages of one day."""
    return _DAY.fullmatch(text) is not None


def day_of(text: str, options: Options) -> Moment:
    """The day of that line."""
    found = _DAY.fullmatch(text)
    if found is None:
        return Moment(None, text)
    parts = (int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]), 0, 0, 0)
    return from_wall(parts, raw=text, zone=options.tz, precision="day", now=options.now)
