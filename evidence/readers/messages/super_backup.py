"""Super Backup: call logs and messages.

`<alllogs><log number time date type name dur new/></alllogs>`, and
`<allsms><sms address time date type body read service_center name/></allsms>`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.values.clock import Moment, from_epoch, from_wall
from evidence.readers.values.phone_numbers import e164, is_withheld

DIRECTIONS: Final = {
    "1": "in",
    "2": "out",
    "3": "missed",
    "4": "voicemail",
    "5": "rejected",
    "6": "blocked",
}
_NO_NAMES: Final = frozenset({"", "null", "(Unknown)"})
_LOCAL: Final = re.compile(r"^\s*(\d{1,2})\.(\d{1,2})\.(\d{4}) (\d{1,2}):(\d{2}):(\d{2})\s*$")


def call(values: Mapping[str, str], place: Mapping[str, Any], context: Context) -> Record:
    """One `<log>` as a call record; the epoch in `date` wins over the local text in `time`."""
    number = values.get("number", "")
    moment = _moment(values, context)
    kind = values.get("type", "")
    direction = DIRECTIONS.get(kind)
    duration = values.get("dur", "")
    warnings = moment.doubts
    if direction is None:
        warnings += ("unknown_type",)
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
        peer_number_e164=e164(number),
        peer_name=person(values),
        duration_s=int(duration) if duration.isdecimal() and kind not in ("3", "5") else None,
        conversation=None if is_withheld(number) else number,
        warnings=warnings,
    )


def person(values: Mapping[str, str]) -> str | None:
    """Who an element names: `name`, where SMS Backup & Restore writes `contact_name`."""
    name = values.get("name", "")
    return name if name not in _NO_NAMES else None


def _moment(values: Mapping[str, str], context: Context) -> Moment:
    now = context.options.now
    epoch = from_epoch(values.get("date", ""), now)
    local = values.get("time", "")
    if epoch.utc is not None or not (found := _LOCAL.match(local)):
        return epoch if epoch.utc is not None or not local else Moment(None, local)
    day, month, year, hour, minute, second = (int(part) for part in found.groups())
    parts = (year, month, day, hour, minute, second)
    return from_wall(parts, raw=local, zone=context.options.tz, now=now)
