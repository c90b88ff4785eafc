"""Reads bytes as a caller does."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import UTC, datetime

from evidence.cell.child import derived, makers_of
from evidence.readers import Options, Reading, ReadingError, Record, Survey, read
from evidence.readers.errors import ReaderFailedError
from evidence.readers.selection.excerpt import excerpt

PLACES = 20  # of one file, at which the original is shown again
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def records(raw: bytes, *, name: str = "sms-20241027.xml", **options: object) -> list[Record]:
    return list(reading(raw, name=name, **options))


def reading(raw: bytes, *, name: str = "sms-20241027.xml", **options: object) -> Reading:
    return read(io.BytesIO(raw), name=name, options=Options(now=NOW, **options))


def warnings(raw: bytes, **named: object) -> dict[str, int]:
    got = reading(raw, **named)
    list(got)
    return {warning["code"]: warning["count"] for warning in got.summary.warnings}


def worked_through(raw: bytes) -> list[str]:
    """All that the cell does with a file but recognition: records, survey, places, derivatives.

    Returns:
        What each record says as JSON, and the code of a refusal.

    Raises:
        ReaderFailedError: a reader met what nobody foresaw; so does any error without a name.
    """
    got = read(io.BytesIO(raw), name="f", options=Options(ocr=False))
    told: list[str] = []
    places = []
    survey = Survey()
    try:
        for record in got:
            survey.take(record)
            places.append(record.source_locator)
            told.append(json.dumps(record.as_json(), sort_keys=True))
    except ReaderFailedError:
        raise
    except ReadingError as refusal:
        told.append(refusal.code)
    json.dumps([survey.as_json(), got.summary.as_json()])
    for place in places[:PLACES]:
        with suppress(ReadingError):
            json.dumps(excerpt(io.BytesIO(raw), place))
    for _ in derived(io.BytesIO(raw), makers_of(got.format)):
        pass
    return told
