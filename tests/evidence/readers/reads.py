"""Reads bytes as a caller does."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from evidence.readers import Options, Reading, Record, read

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def records(raw: bytes, *, name: str = "sms-20241027.xml", **options: object) -> list[Record]:
    return list(reading(raw, name=name, **options))


def reading(raw: bytes, *, name: str = "sms-20241027.xml", **options: object) -> Reading:
    return read(io.BytesIO(raw), name=name, options=Options(now=NOW, **options))


def warnings(raw: bytes, **named: object) -> dict[str, int]:
    got = reading(raw, **named)
    list(got)
    return {warning["code"]: warning["count"] for warning in got.summary.warnings}
