"""The middle and the right column of an item: its records as text, its suggestions as cards."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from complaints.console.passages import Passage, passages, visible
from complaints.console.rail import newest_tagging
from evidence.abuse.kinds import KINDS
from evidence.abuse.sureness import sureness
from evidence.models import EvidenceItem, Reading, Record, Tag, TagDecision

PER_PAGE = 40
LONGEST_WORDS = 200  # characters of the marked words on a card


@dataclass(frozen=True)
class Card:
    """One suggestion: what it points at, and every decision on it, oldest first."""

    number: int  # on this page, as the mark in the text shows it
    tag: Tag
    words: str
    decisions: tuple[TagDecision, ...]
    then: uuid.UUID  # the card to go to once this one is decided

    @property
    def sureness(self) -> str | None:
        """How sure the rule is, in a word; None for a person's own tag."""
        return sureness(self.tag.confidence)

    @property
    def standing(self) -> TagDecision | None:
        """The newest decision; it counts, the others stay on screen."""
        return self.decisions[-1] if self.decisions else None


@dataclass(frozen=True)
class Row:
    """One record with its text cut into passages, and the numbers of the cards about it."""

    record: Record
    passages: list[Passage]
    cards: tuple[Card, ...]
    is_cut: bool  # something of the text is not shown


@dataclass(frozen=True)
class Shown:
    """One page of an item."""

    page: Page[Record]
    rows: list[Row]
    cards: list[Card]  # of the rows and of the item itself, in the order of the text


def suggested_tags(item: EvidenceItem) -> QuerySet[Tag]:
    """The suggestions that count (newest tagging), people's own tags, and all that was decided."""
    counts = Q(tagging__in=newest_tagging(item).values("pk")) | Q(tagging__isnull=True)
    decided = TagDecision.objects.filter(tag=OuterRef("pk"))
    rows = Tag.objects.filter(item=item).on_words_that_stand()
    return rows.filter(counts | Q(Exists(decided)))


def shown(
    item: EvidenceItem, reading: Reading | None, *, number: str | None, only: str, whole: str
) -> Shown:
    """One page of the records of an item, in the order of the file, with their suggestions.

    Args:
        item: which.
        reading: its newest, if there is one.
        number: which page.
        only: `tagged` for records with a suggestion; anything else for all.
        whole: the id of a record whose text is shown in full.
    """
    tags = suggested_tags(item)
    records = Record.objects.none() if reading is None else reading.records.order_by("index")
    if only == "tagged":
        records = records.filter(Exists(tags.filter(record=OuterRef("pk"))))
    page = Paginator(records.defer("raw"), PER_PAGE).get_page(number)
    ids = [record.pk for record in page]
    about = defaultdict(list)
    for tag in _with_decisions(tags.filter(Q(record__in=ids) | Q(record__isnull=True))):
        about[tag.record_id].append(tag)
    cards = _cards([tag for record in page for tag in about[record.pk]])
    cards += _cards(about[None], first=len(cards) + 1)
    cards = _linked(cards)
    rows = [_row(record, cards, is_whole=str(record.pk) == whole) for record in page]
    return Shown(page, rows, cards)


def kinds(lang: str) -> list[tuple[str, str]]:
    """Code and name of each kind, for a correction."""
    return [(one.code, one.zh if lang == "zh-CN" else one.en) for one in KINDS.values()]


def _with_decisions(tags: QuerySet[Tag]) -> QuerySet[Tag]:
    decisions = TagDecision.objects.select_related("by").order_by("at", "id")
    return tags.select_related("tagging", "record", "heard").prefetch_related(
        Prefetch("decisions", queryset=decisions)
    )


def _cards(tags: Sequence[Tag], *, first: int = 1) -> list[Card]:
    return [
        Card(number, tag, _words(tag), tuple(tag.decisions.all()), tag.pk)
        for number, tag in enumerate(tags, first)
    ]


def _words(tag: Tag) -> str:
    words = tag.words[tag.start : tag.end]
    cut = words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]}…"
    return visible(cut)


def _linked(cards: Sequence[Card]) -> list[Card]:
    """Each card knows the next undecided one; the last stays where it is."""
    linked: list[Card] = []
    then: uuid.UUID | None = None
    for card in reversed(cards):
        linked.append(replace(card, then=then or card.tag.pk))
        if not card.decisions:
            then = card.tag.pk
    return linked[::-1]


def _row(record: Record, cards: Sequence[Card], *, is_whole: bool) -> Row:
    own = tuple(card for card in cards if card.tag.record_id == record.pk)
    spans = [(card.tag.start, card.tag.end) for card in own if card.tag.heard_id is None]
    parts = passages(record.text, spans, longest=None) if is_whole else passages(record.text, spans)
    return Row(record, parts, own, any(part.left_out for part in parts))
