"""How well and how fast chat screenshots are read, on drawn pages whose truth is known.

    .venv/bin/python bench/readers/screens.py [PAGES=36] [SEED=1] [--show]

Draws seeded pages of 1080 × 2400 pixels (four apps, light and dark, four sizes of letters, faces,
emoji, long bubbles, separators), reads each as the command does, and prints: characters right (one
minus edit distance by truth, blanks left out, emoji not counted, what is read beside any bubble
counts as wrong), direction right, name bars right, times right to the minute, and processor seconds
for a picture on one thread. Needs a Chinese font. `--show` prints what was read otherwise.
"""

from __future__ import annotations

import io
import os
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evidence.readers import read
from evidence.readers.record import Record
from tests.samples.screens import drawing, scripts, skins, windows
from tests.samples.screens.drawing import Shown
from tests.samples.screens.windows import Screenshot

NOW = datetime(2026, 3, 6, 21, 7)  # noqa: DTZ001 - a phone's wall clock
CHINA = timezone(timedelta(hours=8))
SIZES = (38, 46, 54, 64)
LENGTH = 34  # utterances: more than one screenful at every size


@dataclass
class Score:
    """What was counted; `wrong` are edits."""

    characters: int = 0
    wrong: int = 0
    bubbles: int = 0
    directions: int = 0
    titles: int = 0
    dated: int = 0
    minutes: int = 0
    pages: int = 0
    seconds: list[float] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """For a person, one figure a line."""
        seconds = sorted(self.seconds)
        yield f"pages             {self.pages}"
        yield f"characters right  {1 - self.wrong / self.characters:.4%} of {self.characters}"
        yield f"direction right   {self.directions / self.bubbles:.4%} of {self.bubbles}"
        yield f"name bars right   {self.titles / self.pages:.2%}"
        yield f"times right       {self.minutes / self.dated:.2%} of {self.dated}"
        yield (
            f"processor seconds {seconds[len(seconds) // 2]:.2f} median, "
            f"{seconds[int(len(seconds) * 0.95)]:.2f} at 95 %, {seconds[-1]:.2f} most"
        )


def pages(count: int, seed: int) -> Iterator[tuple[str, Screenshot]]:
    """So many screenshots, every skin in every size in turn."""
    kinds = list(product(SIZES, skins.SKINS.items()))
    for number in range(count):
        size, (name, skin) = kinds[number % len(kinds)]
        talk = scripts.conversation(seed * 1000 + number, length=LENGTH, ends=NOW)
        canvas = drawing.draw(talk, skin, now=NOW, size=size)
        title = scripts.NUMBER if skin.app == "sms" else scripts.NAMES[number % len(scripts.NAMES)]
        yield f"{name} {size}", windows.screenshot(canvas, title)


def measure(shot: Screenshot, records: Sequence[Record], score: Score) -> list[str]:
    """Add one page to the score; return what was read otherwise, for people."""
    otherwise: list[str] = []
    bubbles = [record for record in records if record.kind in ("chat", "system")]
    score.pages += 1
    title = next((record.conversation for record in bubbles if record.conversation), None)
    score.titles += _plain(title or "") == _plain(shot.title)
    left = list(bubbles)
    for shown in shot.whole:
        found = [record for record in left if _is_at(record, shown.box)]
        left = [record for record in left if record not in found]
        said = _plain("".join(record.text or "" for record in found))
        edits = distance(said, _plain(shown.words))
        score.characters += len(_plain(shown.words))
        score.wrong += edits
        score.bubbles += 1
        right = {"left": "in", "right": "out", "centre": "system"}[shown.said.side]
        is_right = bool(found) and all(record.direction == right for record in found)
        score.directions += is_right
        if edits or not is_right:
            told = [(record.direction, record.text) for record in found]
            otherwise.append(f"{right} {shown.words!r} -> {told}")
        if shown.separator is not None and found and _is_on_page(shown, shot):
            score.dated += 1
            at = found[0].when_utc
            expected = _minute(shown, shot)
            score.minutes += at == expected
            if at != expected:
                otherwise.append(f"time {shown.separator!r} {expected} -> {found[0].when_raw} {at}")
    for record in left:
        if not any(_is_at(record, cut.box) for cut in shot.cut):
            score.wrong += len(_plain(record.text or ""))
            otherwise.append(f"nothing there -> {record.text!r}")
    return otherwise


def distance(one: str, other: str) -> int:
    """Edits from one text to the other."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        following = [number]
        for place, there in enumerate(other, 1):
            following.append(
                min(row[place] + 1, following[-1] + 1, row[place - 1] + (letter != there))
            )
        row = following
    return row[-1]


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace())


def _is_at(record: Record, box: tuple[int, int, int, int]) -> bool:
    _, top, _, height = record.source_locator["box"]
    return box[1] - 8 <= top + height / 2 <= box[3] + 8


def _is_on_page(shown: Shown, shot: Screenshot) -> bool:
    """Whether the separator above this bubble lies on the page, not above it."""
    if shot.app == "whatsapp":
        return any(one.separator != shown.separator for one in (*shot.cut, *shot.whole)
                   if one.box[1] < shown.box[1])  # fmt: skip
    before = [one for one in (*shot.cut, *shot.whole) if one.box[1] < shown.box[1]]
    return any(one.separator != shown.separator for one in before)


def _minute(shown: Shown, shot: Screenshot) -> datetime:
    """When it was said, or, under a separator, when the first below the separator was."""
    if shot.app == "whatsapp":
        at = shown.said.at
    else:
        below = [one for one in (*shot.cut, *shot.whole) if one.separator == shown.separator]
        at = min(one.said.at for one in below)
    return at.replace(second=0, tzinfo=CHINA).astimezone(UTC)


def main() -> None:
    """Print the score."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    count, seed = (*numbers, *(36, 1)[len(numbers) :])[:2]
    score = Score()
    list(read(io.BytesIO(next(pages(1, 99))[1].png), name="warm.png"))  # the engine loads once
    for kind, shot in pages(count, seed):
        raw = shot.png
        begun = time.process_time()
        records = list(read(io.BytesIO(raw), name=shot.name))
        score.seconds.append(time.process_time() - begun)
        for line in measure(shot, records, score) if "--show" in sys.argv else ():
            print(f"  {kind}: {line}")
        if "--show" not in sys.argv:
            measure(shot, records, score)
    print("\n".join(score.lines()))


if __name__ == "__main__":
    main()
