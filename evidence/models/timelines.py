"""A case's records and the roles of its numbers as the one timeline that pattern rules look at."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from evidence.abuse.linking import By, Message, link
from evidence.abuse.naming import is_same
from evidence.abuse.timeline import Timeline
from evidence.models.cases import Case
from evidence.models.items import EvidenceItem
from evidence.models.readings import Reading, Record
from evidence.models.screens import told_elsewhere
from evidence.models.tags import NumberRole
from evidence.models.transcripts import SegmentDecision

Role = NumberRole.Role
APART = (Role.NOT_COLLECTION, Role.WITNESS)  # whom a person set apart from the other side
TIMEZONE = "Asia/Shanghai"
TOWARDS = frozenset(["in", "missed", "rejected", "blocked", "voicemail"])
AWAY = frozenset(["out"])  # drafts, queued and failed messages were never sent
UNANSWERED = frozenset(["missed", "rejected", "blocked", "voicemail"])
CALLS = frozenset(["call", "recording"])
MESSAGES = frozenset(["sms", "mms", "chat"])
SAME_CALL = timedelta(minutes=2)  # a recording and the call log's line about it
BATCH = 2000


def timeline_of(case: Case) -> Timeline:
    """What happened in a case, as far as a time, a direction and a counterparty are known.

    Left out: undated records and those of which only the day is known (a day's midnight is no time
    of night), numbers that the borrower said are not about collection, what two overlapping exports
    or pictures tell twice, and the recording of a call that a call log tells too.
    """
    return Timeline.from_json(timeline_json(case))


def timeline_json(case: Case) -> dict[str, Any]:
    """The same in the form of docs' `python -m evidence.abuse.patterns`; ids are record ids."""
    roles = current_roles(case)
    heard = _heard(case)
    parties: dict[str, dict[str, str]] = {}
    events: list[dict[str, Any]] = []
    for record, recording in _once(_records(case)):
        role = roles.get(_party(record))
        if role is not None and role.role == NumberRole.Role.NOT_COLLECTION:
            continue
        event = _event(record)
        if event is not None:
            words = heard.get(recording.reading.item_id) if recording is not None else None
            if words:
                event["transcript"] = words
            events.append(event)
            parties[event["counterparty"]] = {"role": role_text(role)}
            if "recipient" in event:
                parties[event["recipient"]] = {"role": "witness"}
    for line, name in _tied(events, roles).items():
        parties[line] = {"role": f"acts for [{name}]"}
    return {"id": str(case.pk), "timezone": TIMEZONE, "parties": parties, "events": events}


def _tied(events: Iterable[Mapping[str, Any]], roles: Mapping[str, NumberRole]) -> dict[str, str]:
    """Lines of which the person said nothing, that the texts tie to a lender the person named.

    They count with that lender's lines, under the person's spelling of it. Like wording alone is
    too little for that: agencies use one wording for many lenders.
    """
    said = {number: role.lender for number, role in roles.items() if role.lender}
    if not said:
        return {}
    messages = [
        Message(event["id"], event["counterparty"], text)
        for event in events
        if event["direction"] == "in" and (text := event.get("text") or event.get("transcript"))
    ]
    apart = {number for number, role in roles.items() if role.role in APART}
    ties = link(messages, said, lines={event["counterparty"] for event in events}, apart=apart)
    tied: dict[str, str] = {}
    for line, tie in ties.items():
        is_open = line not in said and (line not in roles or roles[line].role == Role.UNKNOWN)
        if is_open and tie.by in (By.OWN_WORDS, By.SHARED) and not tie.conflicts:
            spelt = [name for name in said.values() if is_same(name, tie.lender)]
            if spelt:
                tied[line] = spelt[0]
    return tied


def current_roles(case: Case) -> dict[str, NumberRole]:
    """The last word on each number."""
    rows = NumberRole.objects.filter(case=case).order_by("created_at", "id")
    return {row.number: row for row in rows}


def role_text(role: NumberRole | None) -> str:
    """A role as the pattern rules read it: free text in which a lender's name joins its lines."""
    if role is None or role.role == NumberRole.Role.UNKNOWN:
        return "unknown number"
    if role.role == NumberRole.Role.WITNESS:
        return "witness"
    if role.role == NumberRole.Role.LENDER:
        # Not "official line": in a case about this lender its own calls are collection, too.
        return f"lender [{role.lender}]" if role.lender else "lender"
    return f"says it acts for [{role.lender}]" if role.lender else "collector"


def _records(case: Case) -> Iterator[Record]:
    current = Reading.objects.filter(item__case=case).current()
    rows = (
        Record.objects.filter(case=case, reading__in=current, when_utc__isnull=False)
        .exclude(when_precision="day")
        .exclude(pk__in=told_elsewhere(case).values("record"))
        .select_related("reading__item")
        .defer("raw")
        .order_by("when_utc", "reading_id", "index")
    )
    yield from rows.iterator(BATCH)


def _heard(case: Case) -> dict[uuid.UUID, str]:
    """By item: what people heard the other side say in a recording; never a machine's draft."""
    rows = SegmentDecision.objects.heard().filter(segment__transcript__item__case=case)
    said = rows.exclude(speaker=SegmentDecision.Speaker.SELF).order_by("segment__index")
    found: dict[uuid.UUID, list[str]] = {}
    for item_id, words in said.values_list("segment__transcript__item", "words"):
        found.setdefault(item_id, []).append(words)
    return {item_id: "\n".join(words) for item_id, words in found.items()}


def _once(records: Iterable[Record]) -> Iterator[tuple[Record, Record | None]]:
    """Drop what is told twice: by overlapping exports, or by a log and a recording.

    Beside each record stands the recording whose words belong to it: itself, or the one that a
    call log's line stands for.

    The same words twice in one export are two messages. Under one separator of a picture all have
    its time: whether two pictures show one message is told by their places (`stages.comparing`).
    """
    seen: set[tuple[Any, ...]] = set()
    times: Counter[tuple[Any, ...]] = Counter()
    rows = list(records)
    calls: dict[str, list[Record]] = {}
    for record in rows:
        if record.kind == "call":
            calls.setdefault(_party(record), []).append(record)
    logged: dict[uuid.UUID, Record] = {}  # call -> its recording
    left_out: set[uuid.UUID] = set()
    for record in rows:
        call = _same_call(record, calls) if record.kind == "recording" else None
        if call is not None:
            left_out.add(record.pk)
            logged.setdefault(call.pk, record)
    for record in rows:
        told = (
            record.kind,
            _party(record),
            record.when_utc,
            record.direction,
            record.text,
            record.duration_s,
        )
        within = (record.reading_id, told)
        by_place = record.reading_id if "time_of_separator" in record.warnings else None
        key = (told, times[within] if record.kind in MESSAGES else 0, by_place)
        times[within] += 1
        if key in seen:
            continue
        seen.add(key)
        if record.pk not in left_out:
            yield record, record if record.kind == "recording" else logged.get(record.pk)


def _same_call(recording: Record, calls: Mapping[str, list[Record]]) -> Record | None:
    """The call log's line about a recorded call."""
    for call in calls.get(_party(recording), ()):
        if recording.when_utc is None or call.when_utc is None:
            continue
        if abs(call.when_utc - recording.when_utc) <= SAME_CALL:
            return call
    return None


def _event(record: Record) -> dict[str, Any] | None:
    if record.when_utc is None or record.kind not in CALLS | MESSAGES:
        return None
    if record.direction in TOWARDS:
        direction = "in"
    elif record.direction in AWAY:
        direction = "out"
    else:
        return None
    event: dict[str, Any] = {
        "id": str(record.pk),
        "at": record.when_utc.isoformat(),
        "direction": direction,
        "counterparty": _party(record),
    }
    if record.kind in CALLS:
        event |= {"type": "call", **_outcome(record)}
    else:
        event |= {"type": "message", "channel": record.kind, "text": record.text}
    if record.reading.item.origin == EvidenceItem.Origin.WITNESS:
        witness = f"W-{record.reading.item_id}"
        event |= {"recipient": witness, "uploaded_by": witness}
        if direction == "out":  # the witness's own words: their refusal ends contact with them
            event["direction"] = "out_witness"
    return event


def _outcome(record: Record) -> dict[str, Any]:
    """Whether a call was taken, as far as its source tells; a source without durations does not."""
    if record.direction in UNANSWERED:
        was_blocked = {"blocked": True} if record.direction == "blocked" else {}
        return {"answered": False, "duration_s": record.duration_s or 0, **was_blocked}
    if record.duration_s is None:
        return {}
    return {"answered": bool(record.duration_s), "duration_s": record.duration_s}


def _party(record: Record) -> str:
    return record.peer_number or record.peer_name or "unknown"
