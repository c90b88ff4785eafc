"""Looking is an act too: each look at a case or at the records of an item leaves an event."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.models import Case, Derivative, EvidenceItem, Reading

ONE_EVENT_PER = timedelta(hours=1)  # and person: turning a page is not another look
# What a person must see or hear; words that an engine got out of it do not stand for it.
SEEN_OR_HEARD = (Derivative.Name.PAGE, Derivative.Name.PLAYABLE)


@transaction.atomic
def case_viewed(case: Case, *, by: User) -> None:
    """Record that this person looked into the case."""
    actor, since = Actor.of(by), timezone.now() - ONE_EVENT_PER
    if not custody.recorded_since(Subject.CASE, case.pk, Act.CASE_VIEWED, actor=actor, since=since):
        custody.record(Subject.CASE, case.pk, Act.CASE_VIEWED, actor=actor)


@transaction.atomic
def records_shown(item: EvidenceItem, *, by: User) -> None:
    """Record that this person was shown the item's records: an opening, without the bytes."""
    actor, since = Actor.of(by), timezone.now() - ONE_EVENT_PER
    if not custody.recorded_since(Subject.ITEM, item.pk, Act.OPENED, actor=actor, since=since):
        custody.record(Subject.ITEM, item.pk, Act.OPENED, actor=actor, facts={"shown": "records"})


def is_read_as_text(reading: Reading | None) -> bool:
    """Whether the records are the item's content: an export, not a picture or a recording."""
    if reading is None or not reading.record_count:
        return False
    return not any(made.name in SEEN_OR_HEARD for made in reading.derivatives.all())
