"""Findings over a whole timeline: what single messages cannot show.

Pure functions of the timeline and the limits (`data/limits.toml`): days and quiet hours are those
of Asia/Shanghai, lines of one lender count together, each finding names all and only its events.
What is merely counted, with no limit to pass, is in `description`, not here.
`python -m evidence.abuse.patterns` reads one timeline a line; with `--describe` it counts instead.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from evidence.abuse import frequency, sequences, worded
from evidence.abuse.contacts import Contacts, Suggest
from evidence.abuse.context import is_third_person
from evidence.abuse.counting import group
from evidence.abuse.description import describe
from evidence.abuse.errors import AbuseInputError
from evidence.abuse.findings import Finding, past
from evidence.abuse.kinds import LABELS
from evidence.abuse.limits import limits
from evidence.abuse.parties import third_person
from evidence.abuse.suggestion import Suggestion
from evidence.abuse.tagger import is_quiet_time, tag
from evidence.abuse.timeline import Event, Timeline

PATTERNS_VERSION = "1.1.1"
EXIT_BAD_INPUT = 2


class Tagger:
    """The tagger's suggestions for each text, with what the timeline knows of it.

    A text that was sent many times to the same sort of person is read once.
    """

    def __init__(self) -> None:
        """Start with nothing read."""
        self._known: dict[tuple[str, str | None, bool], Sequence[Suggestion]] = {}

    def __call__(self, event: Event, timeline: Timeline) -> Sequence[Suggestion]:
        """Suggestions for one event; none for what the creditor side did not write."""
        if event.text is None or event.direction != "in":
            return ()
        recipient = _described(event, timeline)
        # Quiet time alone changes what is found: the moment itself stands in no finding's words.
        key = (event.text, recipient, is_quiet_time(event.at))
        if key not in self._known:
            self._known[key] = tag(event.text, at=event.at, direction="in", recipient=recipient)
        return self._known[key]


def _described(event: Event, timeline: Timeline) -> str | None:
    """The recipient in words from which the tagger can tell a third person."""
    person = third_person(event, timeline)
    if person is None:
        return event.recipient and timeline.parties.get(event.recipient, event.recipient)
    described = f"third person: {timeline.parties.get(person, person)}"
    return described if is_third_person(described) else "third person"


def find(timeline: Timeline, *, suggest: Suggest | None = None) -> list[Finding]:
    """All findings of one timeline, in a stable order; empty for lawful contact.

    Args:
        timeline: the case.
        suggest: gives the suggestions for one event; pass stored (confirmed) tags to use those.
            Without it the tagger reads each text.
    """
    contacts = Contacts.of(timeline, suggest or Tagger())
    found = [
        *worded.labels(contacts),
        *_quiet_hours(contacts),
        *frequency.daily(contacts),
        *frequency.bombing(contacts),
        *sequences.after_refusal(contacts),
        *sequences.new_numbers(contacts),
        *sequences.copies(contacts),
    ]
    order = {label: place for place, label in enumerate(LABELS)}
    return sorted(
        found, key=lambda one: (order.get(one.label or "", len(order)), one.rule, one.event_ids)
    )


def _quiet_hours(contacts: Contacts) -> list[Finding]:
    """Collection contacts in quiet time, one finding a lender."""
    quiet = [event for event in contacts.all if is_quiet_time(event.at)]
    limit = limits()["quiet_hours"]
    return [
        past(
            limit,
            "OFF_HOURS",
            events,
            contacts.held,
            zh=f"{len(events)} 次催收联系发生在北京时间 22:00 至次日 8:00 之间。",
            en=f"{len(events)} collection contacts between 22:00 and 08:00 Beijing time.",
            facts={"days": sorted({event.day.isoformat() for event in events})},
        )
        for events in group(quiet, contacts.lender).values()
        if limit.is_passed(len(events))
    ]


def answer(line: str) -> dict[str, Any]:
    """The findings of one timeline line; raises `AbuseInputError`."""
    given, timeline = _read(line)
    return {
        "id": given,
        "findings": [
            {
                "label": one.label,
                "kind": one.kind,
                "event_ids": list(one.event_ids),
                "rule": one.rule,
                "rule_version": one.rule_version,
                "source": one.source,
                "reason": one.reason_zh,
                "facts": one.told(),
            }
            for one in find(timeline)
        ],
    }


def description(line: str) -> dict[str, Any]:
    """What one timeline line holds, counted; raises `AbuseInputError`."""
    given, timeline = _read(line)
    return {"id": given, "description": describe(timeline, suggest=Tagger())}


def _read(line: str) -> tuple[Any, Timeline]:
    try:
        line.encode()
        raw = json.loads(line)
    except UnicodeEncodeError:
        raise AbuseInputError(field="line", why="is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise AbuseInputError(field="line", why="is not JSON") from None
    timeline = Timeline.from_json(raw)
    return raw.get("id"), timeline


def main(arguments: Sequence[str], source: TextIO, out: TextIO, err: TextIO) -> int:
    """Exit 0 when every line was answered, 2 at the first that could not be read."""
    if list(arguments) not in ([], ["--describe"]):
        err.write("usage: python -m evidence.abuse.patterns [--describe] < TIMELINES\n")
        return EXIT_BAD_INPUT
    answered = description if arguments else answer
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            found = answered(line)
        except AbuseInputError as refused:
            out.flush()
            err.write(f"line {number}: {refused.code}: {refused}\n")
            return EXIT_BAD_INPUT
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    # Bytes that are no UTF-8 come in as lone surrogates, so that their line is refused by number;
    # one that JSON spelt out as an escape goes out as the same escape.
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]  # a real stream here
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr))
