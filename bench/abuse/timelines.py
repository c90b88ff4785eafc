"""Judge the patterns on hand-written timelines: findings that match in name and in events.

Usage: python bench/abuse/timelines.py [FILE …] (default: timelines.jsonl beside this script). A
line is a timeline as in docs/formats/abuse-rules.md with `gold`: a list of `{label, kind?,
event_ids}`. A finding counts as matched when its label (its kind, where it has no label) and its
set of events are both the same: one event too many or too few is one extra and one missed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from evidence.abuse.patterns import find  # noqa: E402
from evidence.abuse.timeline import Timeline  # noqa: E402

Key = tuple[str, frozenset[str]]


def judge(raw: dict[str, Any]) -> tuple[set[Key], set[Key]]:
    """Gold and found findings of one timeline."""
    gold = {(one["label"] or one["kind"], frozenset(one["event_ids"])) for one in raw.pop("gold")}
    found = {
        (one.label or one.kind, frozenset(one.event_ids)) for one in find(Timeline.from_json(raw))
    }
    return gold, found


def measure(path: Path, *, tell: bool) -> None:
    """Print the figures of one file and, when asked to, each finding that does not match."""
    timelines = hit = extra = missed = lawful = accused = 0
    for line in path.read_text("utf-8").splitlines():
        raw = json.loads(line)
        gold, found = judge(raw)
        timelines += 1
        lawful += not gold
        accused += not gold and bool(found)
        hit, extra = hit + len(gold & found), extra + len(found - gold)
        missed += len(gold - found)
        for sign, keys in (("+", found - gold), ("-", gold - found)):
            for what, events in sorted(keys, key=str) if tell else ():
                print(f"{raw['id']}: {sign}{what} {sorted(events)}")
    precision, recall = hit / max(hit + extra, 1), hit / max(hit + missed, 1)
    score = 2 * hit / max(2 * hit + extra + missed, 1)
    print(
        f"{path.name}: {timelines} timelines, {hit + missed} gold findings, matched {hit}, "
        f"extra {extra}, missed {missed}; precision {precision:.3f}, recall {recall:.3f}, "
        f"F1 {score:.3f}; lawful timelines with a finding: {accused} of {lawful}"
    )


def main(arguments: list[str]) -> None:
    """Measure every file named; `--quiet` prints the figures alone."""
    names = [name for name in arguments if name != "--quiet"]
    for path in [Path(name) for name in names] or [HERE / "timelines.jsonl"]:
        measure(path, tell="--quiet" not in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
