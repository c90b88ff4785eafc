"""Judge the patterns on hand-written timelines: findings that match in name and in events.

Usage: python bench/abuse/timelines.py. A line of timelines.jsonl is a timeline as in
docs/formats/abuse-rules.md with `gold`: what (label, or kind where there is no label), event_ids.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from evidence.abuse.patterns import find  # noqa: E402
from evidence.abuse.timeline import Timeline  # noqa: E402

Key = tuple[str, frozenset[str]]


def judge(raw: dict[str, object]) -> tuple[set[Key], set[Key]]:
    """Gold and found findings of one timeline."""
    gold = {(one["what"], frozenset(one["event_ids"])) for one in raw.pop("gold")}  # type: ignore[attr-defined]
    found = {
        (one.label or one.kind, frozenset(one.event_ids)) for one in find(Timeline.from_json(raw))
    }
    return gold, found


def main() -> None:
    hit = extra = missed = 0
    for line in (HERE / "timelines.jsonl").read_text("utf-8").splitlines():
        raw = json.loads(line)
        gold, found = judge(raw)
        hit, extra = hit + len(gold & found), extra + len(found - gold)
        missed += len(gold - found)
        for sign, keys in (("+", found - gold), ("-", gold - found)):
            for what, events in sorted(keys, key=str):
                print(f"{raw['id']}: {sign}{what} {sorted(events)}")
    score = 2 * hit / (2 * hit + extra + missed)
    print(f"findings {hit + missed}, matched {hit}, extra {extra}, missed {missed}, F1 {score:.3f}")


if __name__ == "__main__":
    main()
