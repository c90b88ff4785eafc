"""What a reader is given and what it gives back: options, notes, the reading, its summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, BinaryIO, Final

from .counts import Counts
from .errors import NestedArchiveError, OverLimitError
from .limits import ARCHIVE_DEPTH, ARCHIVE_UNPACKED, RECORDS
from .overlaps import Overlaps, Remembered
from .record import Record, iso
from .selection.choice import Choice
from .unpacking import Meter

DUPLICATES_KEPT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Options:
    """What only the person who brings the file can say.

    Attributes:
        owner: the owner's own name in chats that do not mark it.
        tz: zone of wall-clock times, an IANA name.
        ocr: whether pictures are read for text.
        now: times more than two days later are not believed; None allows up to 2100.
        choice: which records are kept; None: all there are.
    """

    owner: str | None = None
    tz: str = "Asia/Shanghai"
    ocr: bool = True
    now: datetime | None = None
    choice: Choice | None = None


@dataclass(slots=True)
class Notes:
    """What a reader learns about the whole file on its way."""

    encoding: str | None = None
    announced: int | None = None  # how many records the exporter says there are
    warnings: Counter[str] = field(default_factory=Counter)
    places: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    duplicates: list[tuple[int, Mapping[str, Any]]] = field(default_factory=list)

    def warn(self, code: str, place: Mapping[str, Any] | None = None, count: int = 1) -> None:
        """Count one warning; the first place of each code is kept."""
        self.warnings[code] += count
        if place is not None:
            self.places.setdefault(code, place)

    def join(self, later: Notes) -> None:
        """What the next stretch of the same file taught, but for its duplicates."""
        self.encoding = self.encoding or later.encoding
        self.warnings.update(later.warnings)
        for code, place in later.places.items():
            self.places.setdefault(code, place)

    def unverified(self) -> None:
        """Little is known of this file's format: said once, however often it is called."""
        if "format_unverified" not in self.warnings:
            self.warn("format_unverified")

    def duplicate(self, first: int, place: Mapping[str, Any]) -> None:
        """A record met again at `place`; `first` counts the messages and calls given before it."""
        self.warn("duplicate_record", place)
        if len(self.duplicates) < DUPLICATES_KEPT:
            self.duplicates.append((first, place))


Companion = Callable[[str], bytes | None]


def alone(_suffix: str) -> bytes | None:
    """The companions of a file that came without any."""
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """What every reader is called with beside the file."""

    name: str
    options: Options
    notes: Notes
    depth: int = 0  # archives around this file
    overlaps: Overlaps | Remembered | None = None  # shared by the members of one archive
    meter: Meter | None = None  # what these members may unpack to, together
    container: str | None = None  # the name of the archive around this file
    # the whole file beside this one, if it came along: `-wal` is added to this one's name, `.json`
    # takes the place of its extension
    companion: Companion = alone
    folder: str = ""  # where in it this file lies, with a slash behind
    # of the files beside this one: name → name; base name → name, where only one has it
    members: Mapping[str, str] = field(default_factory=dict)

    def within(self) -> Context:
        """What the files inside this archive are read with: one deeper, all limits shared.

        Raises:
            NestedArchiveError: too many archives in each other.
        """
        if self.depth >= ARCHIVE_DEPTH:
            raise NestedArchiveError(f"more than {ARCHIVE_DEPTH} archives in each other")
        return replace(
            self,
            depth=self.depth + 1,
            overlaps=self.overlaps or Overlaps(),
            meter=self.meter or Meter(ARCHIVE_UNPACKED),
        )


Reader = Callable[[BinaryIO, Context], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Summary:
    """The last line of a reading: of the chosen records, unless it says otherwise."""

    format: str
    records: int
    left_out: int  # records of the file that were not chosen
    announced: int | None  # by the exporter, of the whole file
    by_kind: Mapping[str, int]
    by_direction: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    days: Mapping[str, Any]
    encoding: str | None
    warnings: tuple[Mapping[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """The value of `summary`; a direction that is not known counts as `none`."""
        return {
            "format": self.format,
            "records": self.records,
            "left_out": self.left_out,
            "announced": self.announced,
            "by_kind": dict(self.by_kind),
            "by_direction": dict(self.by_direction),
            "first_utc": iso(self.first, "ms" if self.first and self.first.microsecond else "s"),
            "last_utc": iso(self.last, "ms" if self.last and self.last.microsecond else "s"),
            "days": dict(self.days),
            "encoding": self.encoding,
            "warnings": list(self.warnings),
        }


class Reading:
    """The records of one file, once through; `summary` tells what was given so far.

    Attributes:
        format: the sniffed format id; `unknown` is an allowed answer and has no records.
        reader, reader_version: which engine reads it; a change of results changes the version.
        notes: warnings, encoding and the places of duplicates.
    """

    def __init__(
        self,
        *,
        format: str,  # noqa: A002 - the word of the command's summary
        reader: str,
        reader_version: str,
        records: Iterator[Record],
        notes: Notes,
        options: Options,
    ) -> None:
        self.format = format
        self.reader = reader
        self.reader_version = reader_version
        self.notes = notes
        self._records = records
        self._choice = options.choice
        self.counts = Counts(options.tz)
        self._left_out = 0
        self._members: set[str] = set()  # of an archive, with a chosen record in them

    def __iter__(self) -> Iterator[Record]:
        """Every record, chosen or not, in file order.

        Raises:
            UnreadableError: the file is of this format and cannot be read (further).
            RefusedError: it passes a limit or holds what a reader must not follow.
        """
        if self._choice is not None:
            yield from (record for record, _ in self.judged())
            return
        counts, take = self.counts, self._take
        for record in self._records:
            if counts.records >= RECORDS:
                raise OverLimitError("records", RECORDS)
            take(record)
            yield record

    def judged(self) -> Iterator[tuple[Record, bool]]:
        """As iterating, each with whether it is chosen; only the chosen enter the summary."""
        choice = self._choice
        for record in self._records:
            if self.counts.records + self._left_out >= RECORDS:
                raise OverLimitError("records", RECORDS)
            if choice is not None and not choice.takes(record):
                self._left_out += 1
                yield record, False
            else:
                self._take(record)
                yield record, True

    def _take(self, record: Record) -> None:
        self.counts.take(record)
        for code in record.warnings:
            self.notes.warn(code, record.source_locator)
        if self._choice is not None and (member := record.source_locator.get("member")):
            self._members.add(member)

    @property
    def summary(self) -> Summary:
        """Counts, first and last time, days, warnings with their first place."""
        counts = self.counts
        return Summary(
            format=self.format,
            records=counts.records,
            left_out=self._left_out,
            announced=self.notes.announced,
            by_kind=counts.by_kind,
            by_direction=counts.by_direction,
            first=counts.first,
            last=counts.last,
            days=counts.days.as_json(),
            encoding=self.notes.encoding,
            warnings=tuple(
                {"code": code, "count": count, "first": self._shown(self.notes.places.get(code))}
                for code, count in sorted(self.notes.warnings.items())
            ),
        )

    def _shown(self, place: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """A place, unless it names a member of an archive that nobody chose: a chat's own name."""
        if place is None or self._choice is None or "member" not in place:
            return place
        return place if place["member"] in self._members else None
