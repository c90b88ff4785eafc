"""The fonts of the paper: which are there, which characters they have, what is shown instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTCollection, TTFont

from complaints.bundle.content import VERBATIM, PackageContent
from complaints.bundle.errors import FontsMissingError, UnprintableError

# (serif, sans) in the order of choice: the npm fonts, then the distribution's Noto CJK.
FAMILIES = (("Noto Serif SC", "Noto Sans SC"), ("Noto Serif CJK SC", "Noto Sans CJK SC"))
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/google-noto-cjk"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/Library/Fonts"),
)
WEIGHTS = (400, 700)  # the two that the templates use
# Control, format (also the bidirectional overrides that can turn a sentence round), private use,
# surrogates, unassigned, line and paragraph separators: never printed as themselves.
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


@dataclass(frozen=True)
class Unprintable:
    """One field of the content with characters that no font has."""

    field: str  # respondents.0.name
    characters: tuple[str, ...]  # U+XXXX


@dataclass(frozen=True)
class FontSet:
    """A serif and a sans family that are really there."""

    serif: str
    sans: str
    files: tuple[Path, ...]
    folder: Path  # where they lie, for the typesetter

    @classmethod
    def find(cls, folder: Path | None = None) -> FontSet:
        """Look in the given folder, then in the system's; the answer is kept for the process.

        Raises:
            FontsMissingError: neither has a pair of families that we know.
        """
        return _find(folder)

    @cached_property
    def characters(self) -> frozenset[int]:
        """Code points that at least one of the fonts draws."""
        drawn: set[int] = set()
        for file in self.files:
            for font in _open(file):
                # Numbers for names: nobody asks what a glyph is called, and inventing a name for
                # each of 60,000 takes far longer than to read which characters there are.
                font.setGlyphOrder([str(glyph) for glyph in range(font["maxp"].numGlyphs)])
                drawn.update(font.getBestCmap())
        return frozenset(drawn)

    def draws(self, character: str) -> bool:
        """Whether a character can be printed as itself; a line feed can."""
        known = self._known.get(character)
        if known is None:
            known = self._known[character] = character == "\n" or (
                ord(character) in self.characters and unicodedata.category(character) not in UNSEEN
            )
        return known

    @cached_property
    def _known(self) -> dict[str, bool]:
        """What was asked before: a complaint asks for few characters, and for each very often."""
        return {}

    def shown(self, words: str) -> str:
        """Message text as it is printed: what no font has becomes `[U+1F600]`."""
        plain = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        return "".join(c if self.draws(c) else code_point(c) for c in plain)

    def missing(self, words: str) -> tuple[str, ...]:
        """The `U+XXXX` of the characters that cannot be printed, each once."""
        return tuple(sorted({code_point(c)[1:-1] for c in set(words) if not self.draws(c)}))


@cache
def _find(folder: Path | None) -> FontSet:
    for place in (*([folder] if folder else []), *SYSTEM_FOLDERS):
        if not place.is_dir():
            continue
        found = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[place]
        )
        for serif, sans in FAMILIES:
            fonts = [f for f in found.fonts() if f.family in (serif, sans)]
            chosen = [f for f in fonts if f.path and f.weight in WEIGHTS]
            if {f.family for f in chosen} == {serif, sans}:
                files = sorted({Path(str(f.path)) for f in chosen})
                return FontSet(serif, sans, tuple(files), place)
    raise FontsMissingError("no folder has Noto Serif SC and Noto Sans SC, or Noto CJK")


def code_point(character: str) -> str:
    """`[U+1F600]`."""
    return f"[U+{ord(character):04X}]"


def unprintable(content: PackageContent, fonts: FontSet) -> list[Unprintable]:
    """Names and own sentences that cannot be printed, for the pre-flight list."""
    used: set[str] = set()
    _gather(content, used)
    if not fonts.missing("".join(used)):
        return []  # as nearly always: where each text stands need not be known
    return [
        Unprintable(path, missing)
        for path, words in _texts(content, "")
        if (missing := fonts.missing(words))
    ]


def refuse_unprintable(content: PackageContent, fonts: FontSet) -> None:
    """Raise UnprintableError when `unprintable` finds anything."""
    if found := unprintable(content, fonts):
        characters = sorted({c for entry in found for c in entry.characters})
        raise UnprintableError([entry.field for entry in found], characters)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text of the content that is not verbatim, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _texts(entry, f"{path}.{index}")
    else:
        for name in _fields(value):
            yield from _texts(getattr(value, name), f"{path}.{name}" if path else name)


def _gather(value: Any, used: set[str]) -> None:
    """Every character of these same texts."""
    if isinstance(value, str):
        used.update(value)
    elif isinstance(value, tuple):
        for entry in value:
            _gather(entry, used)
    else:
        for name in _fields(value):
            _gather(getattr(value, name), used)


def _fields(value: object) -> tuple[str, ...]:
    kind: object = type(value)
    return _printed(kind)


@cache
def _printed(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass that are not verbatim; nothing else has any."""
    if not is_dataclass(kind):
        return ()
    return tuple(field.name for field in fields(kind) if VERBATIM not in field.metadata)


def _open(file: Path) -> list[TTFont]:
    if file.suffix.lower() in (".ttc", ".otc"):
        return list(TTCollection(str(file), lazy=True).fonts)
    return [TTFont(file, lazy=True)]
