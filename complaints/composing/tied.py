"""How each number of the other side is known to be theirs: by the person, by the texts shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q

from accounts.language import ZH_CN, text
from complaints.models import Complaint, Exhibit
from evidence.abuse.linking import Tie
from evidence.models.tags import NumberRole
from evidence.numbers import sentence, ties_of


def ties(
    complaint: Complaint, rows: Sequence[Exhibit], numbers: Collection[str]
) -> Mapping[str, Tie]:
    """What the texts say, as far as the package hands them over: what it withholds ties nothing.

    Args:
        complaint: whose case.
        rows: its exhibits.
        numbers: the other side's; no other number is named as a ground.
    """
    whole = [row.item_id for row in rows if row.form == Exhibit.Form.ORIGINAL]
    chosen = [pk for row in rows if row.form == Exhibit.Form.RECORDS for pk in row.record_ids]
    shown = Q(reading__item__in=whole) | Q(pk__in=chosen)
    return ties_of(complaint.case, shown & Q(peer_number__in=set(numbers)))


def how_known(number: str, role: NumberRole | None, tie: Tie | None) -> str:
    """The person's words, then each ground of the texts, each said to be what it is."""
    said = [text("draft-tie-person", words=role.how_known)] if role and role.how_known else []
    if tie is not None:
        grounds = (sentence(ground, number, ZH_CN) for ground in tie.grounds)
        said += [text("draft-tie-texts", words=ground) for ground in grounds]
        if tie.conflicts:
            said.append(text("draft-tie-conflict", names="、".join(tie.conflicts)))
    return "；".join(said)
