"""A large message export read by several processes at once, for the command only.

Where files of strangers are parsed in a cell nothing may start processes: there one pass reads all.
The lines and the summary are those of one pass; whatever is not plain, one pass reads from there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO, Final

from . import limits
from .messages import sms_backup, sms_stretches
from .messages.sms_stretches import Stretch
from .overlaps import Overlaps, Remembered
from .reading import Context, Notes, Options, Reading
from .record import Record
from .registry import named

LEAST: Final = 16 * limits.MIB
MOST_PROCESSES: Final = 4


def processes() -> int:
    """How many processes may read at once; 1 where one cannot be started as a copy of this one."""
    if not sys.platform.startswith("linux"):
        return 1
    return min(MOST_PROCESSES, len(os.sched_getaffinity(0)))


class SideBySide:
    """The lines of one file, once through; `reading` tells what was given so far."""

    def __init__(
        self, path: Path, *, options: Options, at_once: int, stretch: int = sms_stretches.STRETCH
    ) -> None:
        """Nothing is read yet.

        Args:
            path: an export of SMS Backup & Restore.
            options: without a choice.
            at_once: how many processes.
            stretch: bytes that one process reads before it hands them over.
        """
        self._path = path
        self._options = options
        self._at_once = at_once
        self._stretch = stretch
        self._course = sms_backup.Course()
        self._overlaps = Overlaps(keeps_firsts=False)
        self._unread: int | None = None  # from where on nothing was given; None: from the start
        self.reading = Reading(
            format="sms_backup",
            reader="sms_backup",
            reader_version=sms_backup.VERSION,
            records=self._rest(),
            notes=Notes(),
            options=options,
        )

    def __iter__(self) -> Iterator[bytes]:
        """Lines of JSON in pieces, UTF-8.

        Raises:
            ReadingError: as the reader in one pass, at the same place.
        """
        with self._path.open("rb") as file:
            borders = sms_stretches.borders(file, self._path.stat().st_size, self._stretch)
            for stretch in self._stretches(borders):
                if not self._fits(stretch, is_last=stretch.end == borders[-1]):
                    break
                known = [
                    value for value in stretch.fresh if self._overlaps.first_of(value) is not None
                ]
                yield self._join(self._without(known, stretch, file) if known else stretch)
        if borders and self._unread == borders[-1]:
            sms_backup.conclude(self._course, self.reading.notes)
            return
        for record in self.reading:
            yield record.as_line().encode("utf-8", "replace") + b"\n"

    def _stretches(self, borders: list[int]) -> Iterator[Stretch]:
        """What the processes read, in the order of the file, until one of them fails."""
        context = get_context("fork")  # a copy shares the seed of hashes, which are compared
        with ExitStack() as ends:
            readers: list[Connection] = []
            for first in range(self._at_once):
                here, there = context.Pipe(duplex=False)
                work = (self._path, borders, range(first, len(borders) - 1, self._at_once))
                process = context.Process(
                    target=_work, args=(*work, self._options, there), daemon=True
                )
                process.start()
                ends.callback(process.join)
                ends.callback(process.terminate)
                ends.callback(here.close)
                there.close()
                readers.append(here)
            for index in range(len(borders) - 1):
                try:
                    yield readers[index % self._at_once].recv()
                except EOFError:
                    return

    def _fits(self, stretch: Stretch, *, is_last: bool) -> bool:
        """Whether one pass would have come to the same stretch and read it to its end."""
        counted = self.reading.counts.records + stretch.counts.records
        is_whole = not stretch.course.is_cut and not stretch.course.is_inside
        return counted <= limits.RECORDS and (is_whole or is_last)

    def _without(self, known: list[int], stretch: Stretch, file: BinaryIO) -> Stretch:
        """The stretch again, without records that an earlier one had."""
        return sms_stretches.read(
            file,
            stretch.start,
            stretch.end,
            name=self._path.name,
            options=self._options,
            known=Remembered(known),
        )

    def _join(self, stretch: Stretch) -> bytes:
        self.reading.counts.join(stretch.counts)
        self.reading.notes.join(stretch.notes)
        self._course.join(stretch.course)
        self._unread = stretch.end
        return stretch.lines

    def _rest(self) -> Iterator[Record]:
        """What no process could read apart, in one pass."""
        notes = self.reading.notes
        context = Context(self._path.name, self._options, notes, overlaps=self._overlaps)
        with self._path.open("rb") as file:
            file.seek(self._unread or 0)
            walk = sms_backup.walk(file, context, self._course, utf8_from=self._unread)
            yield from named(walk, notes)
        sms_backup.conclude(self._course, notes)


def _work(path: Path, borders: list[int], mine: range, options: Options, back: Connection) -> None:
    """Read every so many stretches; whatever goes wrong ends this process, and one pass follows."""
    with path.open("rb") as file:
        for index in mine:
            start, end = borders[index], borders[index + 1]
            read = sms_stretches.read(
                file, start, end, name=path.name, options=options, known=Remembered()
            )
            back.send(read)
