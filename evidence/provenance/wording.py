"""A statement in words: labels and values of its facts, and each note with its innocent reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from .codes import WORDS
from .said import (
    DAY,
    HOUSE_ZONE,
    NEVER_SET,
    SEPARATOR,
    UNREADABLE,
    Fact,
    Moment,
    Observation,
    Statement,
)

Say = Callable[..., str]
"""One text of the catalogue: `say(key, **values)`."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_KEYS: Final = {
    "c2pa_state": "provenance-c2pa-state",
    "c2pa_actions": "provenance-c2pa-action",
    "c2pa_source": "provenance-c2pa-source",
    "c2pa_part_source": "provenance-c2pa-source",
}
_YES: Final = frozenset({"phone_digest", "has_place", "jfif", "unreadable"})


@dataclass(frozen=True, slots=True)
class WordedFact:
    """One row: what it is, what it says. `value` may hold somebody else's words."""

    code: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class WordedNote:
    """One note and what it can mean innocently."""

    code: str
    text: str
    means: str


def facts(statement: Statement, say: Say) -> Iterator[WordedFact]:
    """Each fact in its order."""
    for fact in statement.facts:
        yield WordedFact(fact.code, _label(fact.code, say), _value(fact, say))


def notes(statement: Statement, say: Say) -> Iterator[WordedNote]:
    """Each note in its order."""
    for note in statement.observations:
        code = note.code.replace("_", "-")
        yield WordedNote(
            note.code,
            say(f"provenance-seen-{code}", **_values(note, statement, say)),
            say(f"provenance-means-{code}"),
        )


def _values(note: Observation, statement: Statement, say: Say) -> dict[str, str]:
    labels = [_label(code, say) for code in note.facts]
    texts = [_value(fact, say) for fact in statement.facts if fact.code in note.facts and fact.text]
    return {
        "first": labels[0] if labels else "",
        "second": labels[1] if len(labels) > 1 else "",
        "all": say("provenance-comma").join(labels),
        "texts": say("provenance-comma").join(texts),
        "apart": "" if note.seconds is None else apart(note.seconds, say),
    }


def _label(code: str, say: Say) -> str:
    return say(f"provenance-fact-{code.replace('_', '-')}")


def _value(fact: Fact, say: Say) -> str:
    if fact.time is not None:
        return _time(fact.time, say)
    if fact.code in _YES:
        return say("provenance-yes")
    if fact.code in WORDS:
        words = (f"{_KEYS[fact.code]}-{word}" for word in fact.text.split(SEPARATOR))
        return say("provenance-comma").join(say(key.replace("_", "-")) for key in words)
    if fact.code == "name_kind":
        app, _, kind = fact.text.rpartition(" ")
        told = say(f"provenance-kind-{kind.replace('_', '-')}")
        return f"{told} ({app})" if app else told
    return fact.text


def _time(moment: Moment, say: Say) -> str:
    """With a zone: as Beijing time. Without: as it is written, and said so."""
    if moment.state in (NEVER_SET, UNREADABLE):
        return say(f"provenance-time-{moment.state.replace('_', '-')}")
    if moment.state == DAY:
        return moment.written
    if not moment.zone:
        return say("provenance-time-local", time=moment.written.replace("T", " "))
    beijing = moment.utc().astimezone(HOUSE_ZONE)
    return say("provenance-time-beijing", time=f"{beijing:%Y-%m-%d %H:%M:%S}")


def apart(seconds: int, say: Say) -> str:
    """A span in its two greatest units."""
    if seconds >= 2 * _DAY:
        return say("provenance-days", count=str(seconds // _DAY))
    hours, minutes = seconds // _HOUR, seconds % _HOUR // _MINUTE
    if hours and minutes:
        return say("provenance-hours-minutes", hours=str(hours), minutes=str(minutes))
    if hours:
        return say("provenance-hours", count=str(hours))
    if minutes:
        return say("provenance-minutes", count=str(minutes))
    return say("provenance-seconds", count=str(seconds))
