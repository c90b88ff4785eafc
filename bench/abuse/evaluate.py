"""Judge the tagger on the development set: precision, recall and F1 per label, and the errors.

Usage: python bench/abuse/evaluate.py [judged/fresh1.tsv …] [--errors] [--speed]; without a file all
of `judged/`, which nothing was ever fitted to.
A line: labels, register, text, options; labels are letters (see LETTERS) or "-"; options are
"@time", ">direction", "r=recipient", joined by ";".
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evidence.abuse.kinds import LABELS
from evidence.abuse.tagger import labels, tag

HERE = Path(__file__).parent
LETTERS = dict(zip("TICPMFHVOEBN", LABELS, strict=True))


@dataclass(frozen=True)
class Line:
    source: str
    gold: frozenset[str]
    register: str
    text: str
    at: datetime | None
    direction: str | None
    recipient: str | None

    def labels(self) -> frozenset[str]:
        found = tag(self.text, at=self.at, direction=self.direction, recipient=self.recipient)
        return frozenset(labels(found))


def read(path: Path) -> list[Line]:
    lines = []
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), start=1):
        gold, register, text, options = ([*raw.split("\t"), ""])[:4]
        given = {option[0]: option[1:] for option in options.split(";") if option}
        lines.append(
            Line(
                source=f"{path.stem}:{number}",
                gold=frozenset() if gold == "-" else frozenset(LETTERS[c] for c in gold.split(",")),
                register=register,
                text=text,
                at=datetime.fromisoformat(given["@"]) if "@" in given else None,
                direction=given.get(">"),
                recipient=given["r"][1:] if "r" in given else None,
            )
        )
    return lines


def f1(hit: int, extra: int, missed: int) -> tuple[float, float, float]:
    precision = hit / (hit + extra) if hit + extra else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall or 1.0)


def report(lines: list[Line], *, errors: bool) -> None:
    hit: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    alarms = 0
    for line in lines:
        found = line.labels()
        hit.update(found & line.gold)
        extra.update(found - line.gold)
        missed.update(line.gold - found)
        alarms += bool(found and not line.gold)
        if errors and found != line.gold:
            plus = " ".join(f"+{name}" for name in sorted(found - line.gold))
            minus = " ".join(f"-{name}" for name in sorted(line.gold - found))
            print(f"{line.source} [{line.register}] {plus} {minus}\n    {line.text}")
    print(f"{'label':26}{'n':>5}{'precision':>11}{'recall':>9}{'F1':>8}")
    scores = []
    for name in LABELS:
        precision, recall, score = f1(hit[name], extra[name], missed[name])
        scores.append(score)
        print(f"{name:26}{hit[name] + missed[name]:5}{precision:11.3f}{recall:9.3f}{score:8.3f}")
    precision, recall, micro = f1(hit.total(), extra.total(), missed.total())
    print(f"{'micro':26}{hit.total() + missed.total():5}{precision:11.3f}{recall:9.3f}{micro:8.3f}")
    print(f"{'macro F1':26}{'':5}{'':11}{'':9}{sum(scores) / len(scores):8.3f}")
    negatives = sum(not line.gold for line in lines)
    print(
        f"messages {len(lines)}, negatives {negatives}, "
        f"wrongly tagged {alarms} ({alarms / negatives:.1%})"
    )


def speed(lines: list[Line]) -> None:
    lines[0].labels()  # the rule files are read at the first call
    start = time.perf_counter()
    for line in lines:
        line.labels()
    spent = time.perf_counter() - start
    print(f"{len(lines) / spent:,.0f} messages/s on one core")


def main(arguments: list[str]) -> None:
    named = [HERE / name for name in arguments if not name.startswith("--")]
    for path in named or sorted((HERE / "judged").glob("*.tsv")):
        lines = read(path)
        print(f"== {path.name}")
        report(lines, errors="--errors" in arguments)
        if "--speed" in arguments:
            speed(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
