"""Undo what a writer, a keyboard or a scanner did to a message, and remember where it stood.

Traditional to simplified, full width to half, letters and signs put between characters, split
characters, homophones, pinyin, emoji, slips of OCR and speech recognition. Tables are data
(`data/characters.json` is extracted from OpenCC by `bench/abuse/make_characters.py`,
`data/spellings.toml` is our own). Every character of the result knows its span in the original.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from evidence.abuse.pinyin import spelled_out

# Ideographs incl. extension A and compatibility forms, and radicals used alone in split characters.
HAN = "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"


@dataclass(frozen=True)
class Normalised:
    """A text made plain. `spans[i]` is the half-open span, in code points, of original text."""

    text: str
    spans: tuple[tuple[int, int], ...] | None  # None: position for position the same

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The original span that a non-empty span of the plain text came from."""
        if self.spans is None:
            return start, end
        return self.spans[start][0], self.spans[end - 1][1]


Change = tuple[int, int, str]  # a half-open span of the text, and what stands there instead


@dataclass(frozen=True)
class _Edit:
    """One kind of correction: where it applies and what stands there instead."""

    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]

    def __call__(self, text: str) -> list[Change]:
        found = [(*match.span(), self.replace(match)) for match in self.pattern.finditer(text)]
        return [(start, end, new) for start, end, new in found if new != text[start:end]]


@dataclass(frozen=True)
class _Tables:
    one_to_one: dict[int, str]
    edits: tuple[Callable[[str], list[Change]], ...]


def _alternation(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _lookup(words: dict[str, str], before: str = "", after: str = "") -> _Edit:
    """An edit that replaces each of `words`, where `before` and `after` allow it."""
    pattern = re.compile(f"{before}(?:{_alternation(words)}){after}")
    return _Edit(pattern, lambda match: words[match[0]])


def _romanised(words: dict[str, str]) -> _Edit:
    """Pinyin and letter abbreviations: a run of letters, replaced when all of it is known."""
    token = re.compile(_alternation(words))

    def replace(match: re.Match[str]) -> str:
        run = match[0].replace(" ", "")
        if run in words:
            return words[run]
        parts, at = [], 0
        while at < len(run):
            found = token.match(run, at)
            if found is None:
                return match[0]
            parts.append(words[found[0]])
            at = found.end()
        return "".join(parts)

    return _Edit(re.compile(r"[a-z](?:[a-z13]| (?=[a-z]))*"), replace)


@cache
def _tables() -> _Tables:
    data = resources.files(__package__).joinpath("data")
    characters: dict[str, str] = json.loads(data.joinpath("characters.json").read_text("utf-8"))
    spellings = tomllib.loads(data.joinpath("spellings.toml").read_text("utf-8"))
    one_to_one = {ord(old): new for old, new in characters.items()}
    # Full-width ASCII block (U+FF01..U+FF5E) is ASCII plus 0xFEE0; capitals become small.
    for code in range(0xFF01, 0xFF5F):
        one_to_one[code] = chr(code - 0xFEE0).lower()
    for code in range(ord("A"), ord("Z") + 1):
        one_to_one[code] = chr(code).lower()
    one_to_one.update({ord(old): new for old, new in spellings["signs"].items()})
    # Words that must survive letter by letter ("app", "5G") are their own spelling.
    letters = dict(spellings["letters"])
    word = f"{HAN}a-z0-9"
    edits = (
        # Invisible characters and variation selectors carry nothing.
        _Edit(
            re.compile(
                "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u0000-\u0008]+"
            ),
            lambda match: "",
        ),
        _lookup(spellings["emoji"]),
        # Signs and blanks pushed between two characters of a word.
        _Edit(
            re.compile(rf"(?<=[{HAN}a-z])[ \t\u3000.·•*_~^|/\\+#=\-…`'‘’“”\"]+(?=[{HAN}])"),
            _between,
        ),
        _Edit(re.compile(rf"(?<=[{HAN}])[ \t\u3000.·•*_~^|/\\+#=\-…`']+(?=[{word}])"), _between),
        _Edit(re.compile(r"(?<=[a-z])[.·*_]+(?=[a-z](?![a-z]))"), lambda match: ""),
        _lookup(spellings["split"]),
        # A syllable is read by what stands around it: that is made plain before, single words of a
        # text in characters after.
        _romanised(letters),
        spelled_out,
        _romanised(letters | dict(spellings["pinyin"])),
        _lookup(spellings["homophones"]),
    )
    return _Tables(one_to_one, edits)


def _between(match: re.Match[str]) -> str:
    """A quotation mark stays (it tells who speaks); any other inserted sign goes."""
    kept = [sign for sign in match[0] if sign in '“”‘’"']
    return "".join(kept)


def _apply(
    changes: list[Change], text: str, spans: list[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """Apply changes, in order of their place, and keep the spans in step with the text."""
    pieces: list[str] = []
    new_spans: list[tuple[int, int]] = []
    at = 0
    for start, end, new in changes:
        pieces += (text[at:start], new)
        new_spans += spans[at:start]
        new_spans += [(spans[start][0], spans[end - 1][1])] * len(new)
        at = end
    pieces.append(text[at:])
    new_spans += spans[at:]
    return "".join(pieces), new_spans


def normalise(original: str) -> Normalised:
    """The plain form of a message, for matching only; it is never shown or kept as evidence."""
    tables = _tables()
    text = original.translate(tables.one_to_one)
    spans: list[tuple[int, int]] | None = None
    for edit in tables.edits:
        changes = edit(text)
        if not changes:
            continue
        if spans is None:
            spans = [(at, at + 1) for at in range(len(text))]
        text, spans = _apply(changes, text, spans)
    return Normalised(text, None if spans is None else tuple(spans))
