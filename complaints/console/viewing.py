"""Looking is an act too: each look at a case or at the records of an item leaves an event."""

from __future__ import annotations

from datetime import timedelta

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models import Derivative, EvidenceItem, Reading

ONE_EVENT_PER = timedelta(hours=1)  # and person: turning a page is not another look
# What a person must see or hear; words that an engine got out of it do not stand for it.
SEEN_OR_HEARD = (Derivative.Name.PAGE, Derivative.Name.PLAYABLE)


def records_shown(item: EvidenceItem, *, by: Actor) -> None:
    """Record that this person was shown the item's records: an opening, without the bytes."""
    facts = {"shown": "records"}
    custody.record_once(Subject.ITEM, item.pk, Act.OPENED, actor=by, per=ONE_EVENT_PER, facts=facts)


def is_read_as_text(reading: Reading | None) -> bool:
    """Whether the records are the item's content: an export, not a picture or a recording."""
    if reading is None or not reading.record_count:
        return False
    return not any(made.name in SEEN_OR_HEARD for made in reading.derivatives.all())
