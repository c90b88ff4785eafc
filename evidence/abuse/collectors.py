"""What in one confirmed record names the collecting side, in a form to compare across cases.

Strict on purpose: whom we are not sure of takes no part (docs/matching.md, "What takes part").
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from evidence.abuse import traces
from evidence.abuse.naming import lists
from evidence.abuse.tagger import heard
from evidence.abuse.traces import Trace, traces_in
from evidence.readers.values.phone_numbers import e164

_MOBILE = re.compile(r"\+861[3-9]\d{9}")
_COMPANY_LINE = re.compile(r"\+86[48]00\d{7}")
COLLECTS = "creditor"  # of `context.SIDES`


class Sort(StrEnum):
    """What an identifier is; as the API and the catalogue name it."""

    NUMBER = "number"
    LINK = "payment_link"
    ACCOUNT = "payment_account"


@dataclass(frozen=True, order=True)
class Identifier:
    """One thing by which a collector can be known again."""

    sort: Sort
    value: str


def number_of(number: str, *, is_named: bool) -> Identifier | None:
    """A caller's or sender's number, or None where it may be anybody's line.

    Short and service numbers have no subscriber's form; 400 and 800 are lines of whole companies.
    Behind a landline or a foreign number may stand a bank's desk, a court or a station whose number
    somebody shows on the display: those count only where the person said who it is.

    Args:
        number: as its record tells it.
        is_named: the person said that it is a collector's or the lender's.
    """
    plain = e164(number)
    if plain is None or _COMPANY_LINE.fullmatch(plain):
        return None
    if not is_named and not _MOBILE.fullmatch(plain):
        return None
    return Identifier(Sort.NUMBER, plain)


def traces_of(text: str, *, apart: Collection[str] = ()) -> list[Identifier]:
    """Where a text asks to pay, each once; no bank's, courier's, operator's or state's own pages.

    Args:
        text: a message, or words that a person heard.
        apart: numbers of relatives and of others who do not collect: no account is one of theirs.
    """
    theirs = {e164(one) or one for one in apart}
    found = [trace for trace in traces_in(text) if not _is_ordinary(trace)]
    kept = (Identifier(Sort(one.sort), one.value) for one in found if e164(one.value) not in theirs)
    return list(dict.fromkeys(kept))


def is_from_collector(text: str) -> bool:
    """Whether a text reads as the collecting side's: no notice of a court, bank, shop or courier.

    A call without words says nothing of that, and the person's decision counts.
    """
    return heard(text, direction="in", recipient=None)[1].side == COLLECTS


def _is_ordinary(trace: Trace) -> bool:
    if trace.sort != traces.Sort.LINK:
        return False
    host = trace.value.split("/")[0]
    return any(
        host == one or host.endswith(f".{one}") for one in lists()["links"]["ordinary_hosts"]
    )
