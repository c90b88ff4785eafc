"""SMS Backup & Restore (SyncTech) XML: messages and calls; also its siblings with one layout.

Streams: a file of gigabytes is read with a few MiB. A file that was cut off delivers its complete
elements. The places are byte offsets of the elements in the original file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from evidence.readers.overlaps import Overlaps
from evidence.readers.reading import Context, Notes
from evidence.readers.record import Record
from evidence.readers.syntax.base64_sink import Base64Sink, TextSink
from evidence.readers.syntax.encodings import Forward
from evidence.readers.syntax.xml_tags import Sink, Tag, Tags

from . import super_backup
from .mms import Mms
from .sms_elements import WANTED, call, message, place, values_of

VERSION: Final = "3"

_ROOTS: Final = frozenset({b"smses", b"calls", b"alllogs", b"allsms"})


@dataclass(slots=True)
class Course:
    """What a walk over one file, or over a stretch of it, met beside its records."""

    announced: int | None = None
    elements: int = 0
    malformed: int = 0
    openings: int = 0  # of the root
    roots: int = 0  # its tags
    is_closed: bool = False  # by the last of them
    is_cut: bool = False  # it ended inside a tag
    is_inside: bool = False  # it ended inside an element

    def join(self, later: Course) -> None:
        """Take over what the next stretch of the same file met."""
        if later.openings:
            self.announced = later.announced
        if later.roots:
            self.is_closed = later.is_closed
        self.elements += later.elements
        self.malformed += later.malformed
        self.openings += later.openings
        self.roots += later.roots
        self.is_cut, self.is_inside = later.is_cut, later.is_inside


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield messages and calls in file order; overlapping copies only once."""
    course = Course()
    yield from walk(file, context, course)
    conclude(course, context.notes)


def walk(
    file: Forward, context: Context, course: Course, *, utf8_from: int | None = None
) -> Iterator[Record]:
    """Yield what stands in the file from where it stands to its end.

    Args:
        file: at its beginning, or at `utf8_from`.
        context: its overlaps know the records of earlier stretches.
        course: filled on the way.
        utf8_from: a place where a tag begins, in a file that is known to be in UTF-8.
    """
    notes = context.notes
    tags = Tags(file, sink=_sink, wanted=(b"sms", WANTED), utf8_from=utf8_from)
    notes.encoding = tags.encoding
    backup = _Backup(context, course)
    for tag in tags:
        record = backup.take(tag)
        if backup.repairs:
            for code, count in backup.repairs.items():
                notes.warn(code, place(tag), count)
            backup.repairs.clear()
        if record is not None and (first := backup.seen_as(record)) is None:
            yield record
        elif record is not None:
            notes.duplicate(first or 0, record.source_locator)
    course.malformed += tags.malformed
    course.is_cut, course.is_inside = tags.truncated, backup.mms is not None


def conclude(course: Course, notes: Notes) -> None:
    """Say of the whole file what its end shows."""
    if course.is_cut or not course.is_closed:
        notes.warn("file_truncated")
    if course.malformed:
        notes.warn("malformed_markup_skipped", count=course.malformed)
    notes.announced = course.announced
    if course.announced is not None and course.announced != course.elements:
        notes.warn("count_differs")


class _Backup:
    """What must be remembered from tag to tag."""

    def __init__(self, context: Context, course: Course) -> None:
        self.repairs: Counter[str] = Counter()
        self.mms: Mms | None = None
        self._is_super_backup = False
        self._context = context
        self._course = course
        self._overlaps = context.overlaps or Overlaps()

    def take(self, tag: Tag) -> Record | None:
        """The record that this tag completes, if any."""
        name = tag.name
        if name == b"sms" and not tag.closing:
            record = message(tag, self._context, self.repairs)
            if self._is_super_backup:
                named = super_backup.person(values_of(tag, Counter()))
                return record._replace(peer_name=named)
            return record
        if name == b"call" and not tag.closing:
            return call(tag, self._context, self.repairs)
        if name == b"log" and not tag.closing:
            return super_backup.call(values_of(tag, self.repairs), place(tag), self._context)
        if name in _ROOTS:
            self._root(tag)
            return None
        return self._part_of_mms(tag)

    def _root(self, tag: Tag) -> None:
        course = self._course
        if not tag.closing:
            course.announced = _count(values_of(tag, self.repairs))
            course.openings += 1
            self._is_super_backup = tag.name == b"allsms"
        course.roots += 1
        course.is_closed = tag.closing or tag.empty

    def _part_of_mms(self, tag: Tag) -> Record | None:
        if tag.closing:
            if tag.name == b"mms" and self.mms is not None:
                record, self.mms = self.mms.finish(tag.end), None
                return record
            return None
        values = values_of(tag, self.repairs)
        if tag.name == b"mms":
            mms = Mms(values, tag.start, self._context)
            if tag.empty:
                return mms.finish(tag.end)
            self.mms = mms
        elif self.mms is not None and tag.name == b"part":
            self.mms.part(values, tag)
        elif self.mms is not None and tag.name == b"addr":
            self.mms.address(values)
        return None

    def seen_as(self, record: Record) -> int | None:
        """The index of the same record given before, or None."""
        self._course.elements += 1
        number = record.peer_number_e164 or record.peer_number_raw
        said = record.duration_s if record.kind == "call" else record.text
        parts = tuple(part["sha256"] for part in record.attachments) if record.attachments else ()
        return self._overlaps.first_index(
            (record.kind, number, record.when_raw, record.direction, said, parts)
        )


def _sink(name: str) -> Sink:
    return Base64Sink() if name == "data" else TextSink()


def _count(values: Mapping[str, str]) -> int | None:
    count = values.get("count", "")
    return int(count) if count.isascii() and count.isdigit() and len(count) < 12 else None
