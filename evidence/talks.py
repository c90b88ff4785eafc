"""A case's chats as its pictures, films and exports tell them, to be compared with each other."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet

from evidence.models import EvidenceItem, PictureHash, Reading, Record
from evidence.readers.screens.screen_overlaps import plain
from evidence.same_messages import Said, Talk

MESSAGES = frozenset(["chat", "sms", "mms"])
SIDES = frozenset(["in", "out"])
EXACT = frozenset(["ms", "s", "min"])
MOST_SHOWN = 400  # pictures and films, the newest
MOST_TALKS, MOST_MESSAGES = 50, 20_000  # of exports: chats in which words of a picture stand
BATCH = 500


def of_pictures(case_id: uuid.UUID) -> list[Talk]:
    """One for each picture, oldest first."""
    return _shown(_pictures(case_id))


def of_films(case_id: uuid.UUID) -> list[Talk]:
    """One for each chat of each film, oldest first."""
    return _shown(_current(case_id).filter(reader="recording"))


def of_exports(case_id: uuid.UUID, words: Collection[str]) -> list[Talk]:
    """The chats of message exports in which one of these messages stands word for word."""
    readings = _current(case_id).exclude(reader="recording")
    readings = readings.exclude(pk__in=_pictures(case_id).values("pk"))
    rows = _messages(readings)
    found: dict[tuple[uuid.UUID, str, str, str], None] = {}
    texts = sorted(set(words))
    for at in range(0, len(texts), BATCH):
        hits = rows.filter(text__in=texts[at : at + BATCH]).order_by().distinct()
        for key in hits.values_list("reading_id", "conversation", "peer_number", "peer_name"):
            found[key] = None
    return [_exported(rows, key) for key in list(found)[:MOST_TALKS]]


def is_compared(item: EvidenceItem) -> bool:
    """Whether another look over the case could find something of this item."""
    if PictureHash.objects.filter(reading__item=item).exists():
        return True
    current = Reading.objects.filter(item=item).current()
    if not Record.objects.filter(reading__in=current, kind__in=MESSAGES).exists():
        return False
    films = Record.objects.filter(reading__in=_current(item.case_id).filter(reader="recording"))
    return _pictures(item.case_id).exists() or films.filter(kind="chat").exists()


def _current(case_id: uuid.UUID) -> QuerySet[Reading]:
    items = EvidenceItem.objects.kept().filter(case=case_id)
    return Reading.objects.filter(item__in=items).current()


def _pictures(case_id: uuid.UUID) -> QuerySet[Reading]:
    hashed = PictureHash.objects.filter(reading=OuterRef("pk"))
    return _current(case_id).filter(Exists(hashed))


def _messages(readings: QuerySet[Reading]) -> QuerySet[Record]:
    rows = Record.objects.filter(reading__in=readings, kind__in=MESSAGES, direction__in=SIDES)
    return rows.exclude(text="").defer("raw").select_related("reading")


def _shown(readings: QuerySet[Reading]) -> list[Talk]:
    newest = readings.order_by("-item__received_at", "-item_id")[:MOST_SHOWN]
    talks = []
    for reading in reversed(newest):
        rows = _messages(Reading.objects.filter(pk=reading.pk)).order_by("index")
        chats: dict[str, list[Record]] = {}
        for row in rows:
            if "bubble_cut" not in row.warnings:  # half words are recognised as anything
                chats.setdefault(row.conversation or row.peer_name, []).append(row)
        talks += [_talk(reading.item_id, told) for told in chats.values()]
    return talks


def _exported(rows: QuerySet[Record], key: tuple[uuid.UUID, str, str, str]) -> Talk:
    reading, conversation, number, name = key
    told = rows.filter(reading=reading, conversation=conversation)
    if not conversation:
        told = told.filter(peer_number=number, peer_name=name)
    ordered = list(told.order_by("when_utc", "index")[:MOST_MESSAGES])
    return _talk(ordered[0].reading.item_id, ordered)


def _talk(item_id: uuid.UUID, rows: Iterable[Record]) -> Talk:
    told = list(rows)
    names = {
        plain(word.removeprefix("+86"))
        for row in told
        for word in (row.conversation, row.peer_name, row.peer_number)
        if word
    }
    return Talk(str(item_id), frozenset(names - {""}), tuple(map(_said, told)))


def _said(row: Record) -> Said:
    return Said(
        id=str(row.pk),
        side=row.direction,
        words=row.text,
        at=row.when_utc if row.when_precision in EXACT else None,
        is_after="time_of_separator" in row.warnings,
    )
