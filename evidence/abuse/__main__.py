"""`python -m evidence.abuse`: suggest labels for messages, one JSON object a line in and out."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any, TextIO

from evidence.abuse.errors import AbuseInputError
from evidence.abuse.suggestion import Suggestion
from evidence.abuse.tagger import labels, tag

EXIT_BAD_INPUT = 2


def _text(entry: dict[str, Any], field: str) -> str | None:
    value = entry.get(field)
    if value is not None and not isinstance(value, str):
        raise AbuseInputError(field=field, why="is not a string")
    return value


def _at(entry: dict[str, Any]) -> datetime | None:
    raw = _text(entry, "at")
    if raw is None:
        return None
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        raise AbuseInputError(field="at", why="is not ISO 8601") from None
    if at.tzinfo is None:
        raise AbuseInputError(field="at", why="has no offset from UTC")
    return at


def _as_json(one: Suggestion) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "label": one.label,
        "start": one.start,
        "end": one.end,
        "rule": one.rule,
        "reason": one.reason_zh,
    }


def answer(line: str) -> dict[str, Any]:
    """The output object for one input line; raises `AbuseInputError`."""
    try:
        entry = json.loads(line)
    except json.JSONDecodeError:
        raise AbuseInputError(field="line", why="is not JSON") from None
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise AbuseInputError(field="text", why="is missing or not a string")
    direction = _text(entry, "direction")
    if direction not in (None, "in", "out"):
        raise AbuseInputError(field="direction", why="is neither in nor out")
    found = tag(
        entry["text"], at=_at(entry), direction=direction, recipient=_text(entry, "recipient")
    )
    return {
        "id": entry.get("id"),
        "labels": labels(found),
        "tags": [_as_json(one) for one in found],
    }


def main(lines: TextIO, out: TextIO, err: TextIO) -> int:
    """Exit 0 when every line was answered, 2 at the first line that could not be read."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = answer(line)
        except AbuseInputError as refused:
            out.flush()
            err.write(f"line {number}: {refused.code}: {refused}\n")
            return EXIT_BAD_INPUT
        out.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a real stream here
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.stdin, sys.stdout, sys.stderr))
