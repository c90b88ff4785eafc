"""Records of messages and calls from the values that Android keeps, whatever file they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from evidence.readers.databases.database import cut
from evidence.readers.reading import Context
from evidence.readers.record import NO_FACTS, Record
from evidence.readers.values.clock import from_epoch
from evidence.readers.values.phone_numbers import e164, is_withheld, masked_sim

from .mms import DIRECTIONS as MMS_DIRECTIONS
from .sms_elements import CALL_DIRECTIONS, HIDDEN, MESSAGE_DIRECTIONS

OWNER: Final = "insert-address-token"
FROM, TO = "137", "151"  # types of an address
NOTICE: Final = "130"  # shape of a message of which only the notice came


def sms(
    context: Context,
    place: Mapping[str, Any],
    *,
    number: str | None,
    date: str | None,
    kind: str | None,
    text: str | None,
    sim: str | None = None,
    sent: str | None = None,
    subject: str | None = None,
) -> Record:
    """One text message.

    `kind` is Android's `type`, 1 to 6; `date` and `sent` (the network's) are epochs, told apart by
    magnitude; `sim` is masked already.
    """
    moment = from_epoch(date or "", context.options.now)
    direction = MESSAGE_DIRECTIONS.get(kind or "")
    text, warnings = cut(text)
    if text is None:
        warnings += ("no_text",)
    if direction is None:
        warnings += ("unknown_type",)
    return Record(
        kind="sms",
        source_file=context.name,
        source_locator=place,
        when_utc=moment.utc,
        when_raw=moment.raw,
        when_precision=moment.precision,
        zone_source=moment.zone_source,
        direction=direction,
        peer_number_raw=number,
        peer_number_e164=e164(number) if number else None,
        owner_sim=sim,
        text=text,
        conversation=_conversation(number),
        warnings=(*moment.doubts, *warnings),
        facts=_facts(sent, subject),
    )


def mms(
    context: Context,
    place: Mapping[str, Any],
    *,
    date: str | None,
    box: str | None,
    shape: str | None,
    senders: Sequence[str],
    receivers: Sequence[str],
    everyone: str | None,
    texts: Sequence[str],
    attachments: Sequence[Mapping[str, Any]] = (),
    sim: str | None = None,
    sent: str | None = None,
    subject: str | None = None,
) -> Record:
    """One multimedia message.

    `box` and `shape` are Android's `msg_box` and `m_type`; `senders` and `receivers` are numbers
    without the owner's; `everyone` has all of the conversation, joined by `~`.
    """
    moment = from_epoch(date or "", context.options.now)
    direction = MMS_DIRECTIONS.get(box or "")
    warnings = moment.doubts
    if direction is None:
        direction = {"128": "out", "132": "in", NOTICE: "in"}.get(shape or "")
        warnings += ("unknown_type",)
    if shape == NOTICE:
        warnings += ("mms_not_downloaded",)
    number = "~".join(senders if direction == "in" else receivers) or everyone
    text, more = cut("\n".join(texts) if texts else None)
    return Record(
        kind="mms",
        source_file=context.name,
        source_locator=place,
        when_utc=moment.utc,
        when_raw=moment.raw,
        when_precision=moment.precision,
        zone_source=moment.zone_source,
        direction=direction,
        peer_number_raw=number,
        peer_number_e164=e164(number) if number else None,
        owner_sim=sim,
        text=text,
        attachments=tuple(attachments),
        conversation=_conversation(everyone or number),
        warnings=warnings + more,
        facts=_facts(sent, subject),
    )


def call(
    context: Context,
    place: Mapping[str, Any],
    *,
    number: str | None,
    date: str | None,
    kind: str | None,
    duration: int | None,
    name: str | None = None,
    presentation: str | None = None,
    sim: str | None = None,
) -> Record:
    """One call; of missed and rejected ones the duration (seconds) may be ringing."""
    moment = from_epoch(date or "", context.options.now)
    direction = CALL_DIRECTIONS.get(kind or "")
    warnings = moment.doubts
    if direction is None:
        warnings += ("unknown_type",)
    if kind == "7":
        warnings += ("answered_elsewhere",)
    known = presentation not in HIDDEN and number is not None and not is_withheld(number)
    return Record(
        kind="call",
        source_file=context.name,
        source_locator=place,
        when_utc=moment.utc,
        when_raw=moment.raw,
        when_precision=moment.precision,
        zone_source=moment.zone_source,
        direction=direction,
        peer_number_raw=number,
        peer_number_e164=e164(number) if known and number else None,
        peer_name=name or None,
        owner_sim=sim,
        duration_s=None if kind in ("3", "5") or duration is None or duration < 0 else duration,
        conversation=number if known else None,
        warnings=warnings,
    )


def sim_of(*candidates: str | None) -> str | None:
    """The first that names a SIM, a serial by its last four digits only."""
    return next((sim for raw in candidates if (sim := masked_sim(raw)) is not None), None)


def _conversation(number: str | None) -> str | None:
    return None if number is None or is_withheld(number) else number


def _facts(sent: str | None, subject: str | None) -> Mapping[str, Any]:
    facts = {"subject": subject} if subject else {}
    if sent not in (None, "", "0"):
        facts["date_sent"] = sent or ""
    return facts or NO_FACTS
