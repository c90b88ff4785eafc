"""Screen recordings: the chat pages of a film's key frames, each message of the film once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import BinaryIO, Final

from PIL import Image

from evidence.media.film import Film, KeyFrame
from evidence.readers.errors import ReadingError
from evidence.readers.reading import Context
from evidence.readers.record import Record

from . import screen
from .bubbles import FOOTER, HEADER
from .screen_overlaps import Mark, Screen, overlap
from .screen_strands import strands

MOST_WITHOUT_CHAT: Final = 12  # key frames in a row: a film of something else
NOT_READ: Final = "film_not_read"
DAMAGED: Final = "film_damaged_frames"
THINNED: Final = "film_looked_at_thinly"
STOPPED: Final = "film_read_in_part"
MAYBE_TWICE: Final = "message_perhaps_twice"
_SOME_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)  # frames need times relative to each other only


@dataclass(frozen=True, slots=True)
class _Shown:
    """A chat page of the film, as compared, and its records by the ids of their marks."""

    second: float
    screen: Screen
    records: Mapping[str, Record]


def read(
    file: BinaryIO, context: Context, started_at: datetime | None, *, is_saving: bool
) -> Iterator[Record]:
    """Yield what the chat pages show, in reading order; what hinders it goes into the notes.

    Args:
        file: a recording with a picture track.
        context: as the recording is read with.
        started_at: aware, from the file's name or the container.
        is_saving: that time counts only where the status bar tells the same one.
    """
    film = Film(file)
    pages: list[_Shown] = []
    without_chat = 0
    try:
        for frame in film.key_frames():
            page = _page(frame, len(pages), context, started_at, is_saving=is_saving)
            without_chat = 0 if page else without_chat + 1
            if page:
                pages.append(page)
            elif without_chat == MOST_WITHOUT_CHAT:
                film.stopped_at = frame.second
                break
    except ReadingError:
        context.notes.warn(NOT_READ)  # the sound and the file's own facts stay what they are
    if film.lost_frames:
        context.notes.warn(DAMAGED, count=film.lost_frames)
    for code, second in ((THINNED, film.thinned_at), (STOPPED, film.stopped_at)):
        if second is not None:
            context.notes.warn(code, {"seconds": [second, second]})
    yield from _once(pages)


def _page(
    frame: KeyFrame, number: int, context: Context, started: datetime | None, *, is_saving: bool
) -> _Shown | None:
    """The page with its records; None where no bubble is seen: a list, a desktop, a film."""
    page = screen.look(frame.picture)
    if not page.is_chat:
        return None
    at = None if started is None else started + timedelta(seconds=frame.second)
    seen = screen.shown_at(page, at, is_saving=is_saving, zone=context.options.tz)
    told = screen.records(page, context, seen, is_differing=at is not None and seen is None)
    place = {"seconds": [frame.second, frame.second]}
    records = {
        f"{number}:{index}": record._replace(
            source_locator={**place, **record.source_locator}
        )
        for index, record in enumerate(told)
    }  # fmt: skip
    marks = (_mark(name, record, frame.picture) for name, record in records.items())
    compared = Screen(
        id=str(number),
        title=page.title or "",
        marks=tuple(mark for mark in marks if mark is not None),
        seen_at=_SOME_DAY + timedelta(seconds=frame.second),
    )
    return _Shown(frame.second, compared, records)


def _mark(name: str, record: Record, picture: Image.Image) -> Mark | None:
    """The bubble of a record; None for a line of text that is no bubble.

    A film's compression smears the edges of the bars, so that a cut is not always seen: what
    reaches where bars are is compared as if it were cut.
    """
    if not record.direction:
        return None
    _, top, _, height = record.source_locator["box"]
    scale = 1000 / picture.width
    is_at_bar = (
        top < HEADER * picture.width or top + height > picture.height - FOOTER * picture.width
    )
    return Mark(
        id=name,
        side=record.direction,
        words=record.text or "",
        top=top * scale,
        bottom=(top + height) * scale,
        is_cut=is_at_bar or "bubble_cut" in record.warnings,
        when=record.when_utc if record.when_precision in ("ms", "s", "min") else None,
    )


def _once(pages: list[_Shown]) -> Iterator[Record]:
    """Each message once: strand by strand from top to bottom, pages without neighbours between."""
    screens = [page.screen for page in pages]
    filled = [one for one in screens if one.marks]
    shared = [found for pair in combinations(filled, 2) if (found := overlap(*pair)) is not None]
    joined = strands(screens, [each for each in shared if each.is_sure])
    twins: dict[str, str] = {}
    order: dict[str, tuple[str, ...]] = {}  # the first page of a strand → its messages
    for strand in joined:
        twins |= strand.twins
        order[min(strand.screens, key=int)] = strand.messages
    later = {name for strand in joined for name in strand.screens} - order.keys()
    by_name = {name: record for page in pages for name, record in page.records.items()}
    seconds = {name: page.second for page in pages for name in page.records}
    doubtful = {
        twins.get(second, second)
        for each in shared
        for first, second in each.pairs
        if not each.is_sure and twins.get(first, first) != twins.get(second, second)
    }
    told_again: dict[str, list[float]] = {}
    for lost, kept in twins.items():
        told_again.setdefault(kept, []).append(seconds[lost])
    marked = {mark.id for page in pages for mark in page.screen.marks}
    for page in pages:
        if page.screen.id in later:
            names = [name for name in page.records if name not in marked]
        elif page.screen.id in order:
            loose = [name for name in page.records if name not in marked]
            names = [*order[page.screen.id], *loose]
        else:
            names = list(page.records)
        for name in names:
            yield _told(by_name[name], sorted(told_again.get(name, ())), name in doubtful)


def _told(record: Record, again: list[float], is_doubtful: bool) -> Record:
    """With the further seconds at which it is shown."""
    doubts = (*record.warnings, MAYBE_TWICE) if is_doubtful else record.warnings
    facts = {**record.facts, "shown_again_at": again} if again else record.facts
    return record._replace(warnings=doubts, facts=facts)
