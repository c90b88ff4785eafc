"""Texts that are one text: the same template with other sums, days and names.

Compared are runs of three characters after the text was made plain. Candidates share one of the
smallest runs of each other's (a bottom sketch), so a hundred thousand texts need no pairs.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.abuse.naming import lists

_RUN = 3
_SKETCH = 8  # two texts at the least likeness share none of these in one case of thousands
_PER_RUN = 48  # texts a new one is compared with for one run: a star ties lines as well as a web
_LONGEST = 2000  # characters of a text that are compared; a message is shorter
_BRACKETS = re.compile(r"[【\[][^】\]\n]{1,24}[】\]]")
_SALUTATION = re.compile(
    r"^(?:尊敬的|您好|你好|\W)*[\u4e00-\u9fff]{1,4}?(?:先生|女士|小姐|用户|客户)"
)
# Never begins inside a word: a megabyte of letters must not be tried from each of its places.
_LINK = re.compile(
    r"(?<![a-z0-9.-])(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,12}(?:/[\w\-./?%&=#~+]*)?", re.ASCII
)


@dataclass(frozen=True)
class Template:
    """One text made comparable. `record` and `line` say whose it is."""

    record: str
    line: str
    text: str
    runs: frozenset[str]


@dataclass(frozen=True)
class Alike:
    """Two texts of two lines with their likeness in percent."""

    one: Template
    other: Template
    percent: int


def template(record: str, line: str, plain: str) -> Template | None:
    """A message to compare, or None when too little is left of it.

    Args:
        record: the id of its record.
        line: the number or account it came from.
        plain: the text made plain (`normalise`).
    """
    text = _SALUTATION.sub("", _BRACKETS.sub("", plain[: 4 * _LONGEST]))
    text = re.sub(r"\d+", "0", _LINK.sub("", text))
    text = re.sub(r"[\W_]+", "", text)[:_LONGEST]
    if len(text) < lists()["wording"]["least_length"]:
        return None
    runs = frozenset(text[at : at + _RUN] for at in range(len(text) - _RUN + 1))
    return Template(record, line, text, runs)


def likeness(one: Template, other: Template) -> int:
    """What part of all their runs two texts share, in percent."""
    if one.text == other.text:
        return 100
    return 100 * len(one.runs & other.runs) // len(one.runs | other.runs)


def alike(templates: Iterable[Template]) -> Iterator[Alike]:
    """Pairs of near-identical texts of two different lines, each pair of lines once."""
    least = lists()["wording"]["least_percent"]
    seen: dict[int, list[Template]] = defaultdict(list)  # run -> the first texts that hold it
    tied: set[frozenset[str]] = set()
    known: set[tuple[str, str]] = set()
    for each in templates:
        if (each.line, each.text) in known:
            continue
        known.add((each.line, each.text))
        for run in sorted(zlib.crc32(run.encode()) for run in each.runs)[:_SKETCH]:
            for other in seen[run]:
                pair = frozenset((each.line, other.line))
                if len(pair) == 2 and pair not in tied and likeness(other, each) >= least:
                    tied.add(pair)
                    yield Alike(other, each, likeness(other, each))
            if len(seen[run]) < _PER_RUN:
                seen[run].append(each)
