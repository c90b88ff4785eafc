"""Screenshots of one scrolling chat as rows, as the reader would have read them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from evidence.media.picture_hash import COLUMNS
from evidence.models import Case, EvidenceItem, PictureHash, Reading, Record
from tests import make

SAID = (
    "你好请问是本人吗", "什么事", "借款逾期了请尽快处理", "我在和平台协商", "今天必须还清",
    "好的知道了", "别再打给我家人",
)  # fmt: skip


def shot(
    into: Case,
    first: int,
    last: int,
    *,
    said: Sequence[str] = SAID,
    grey: int = 200,
    title: str = "催收小刘",
    when: datetime | None = None,
) -> EvidenceItem:
    """A picture that shows the messages from `first` up to `last`, 100 pixels each."""
    item = make.item(
        into,
        f"{uuid.uuid4()}".encode(),
        kind=EvidenceItem.Kind.CHAT_SCREENSHOT,
        declaration=make.declaration(file_name=f"{first}-{last}.png"),
    )
    reading = Reading.objects.create(
        item=item,
        engine_version="test",
        format="png",
        facts={"width": 1000, "height": 1000, "orientation": 1, "conversation": title},
        record_count=last - first,
        created_at=timezone.now(),
    )
    PictureHash.objects.create(
        reading=reading, engine_version="1", rows=2, cells=bytes([grey]) * 2 * COLUMNS
    )
    for place, number in enumerate(range(first, last)):
        Record.objects.create(
            reading=reading,
            case=into,
            index=place,
            placed_at=when or item.received_at,
            when_utc=when,
            when_precision="min" if when else "none",
            kind="chat",
            direction="out" if number % 2 else "in",
            peer_name=title,
            text=said[number],
            source_locator={"box": [100, 20 + place * 100, 500, 60]},
            warnings=["time_of_separator"] if when else [],
            raw=b"{}",
        )
    return item


def messages_of(item: EvidenceItem) -> list[Record]:
    """What was read on the picture, from top to bottom."""
    return list(Record.objects.filter(reading__item=item).order_by("index"))
