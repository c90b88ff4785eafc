"""Words by meaning: a text read as classes of words, for the model.

"I will tell your mother" and "I will tell your landlord" differ in a word and not in kind. The
classes are data (`data/classes.toml`), plain words in plain spelling.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple


class Token(NamedTuple):
    """A word with its class, or a single character; its place counts characters of the text."""

    name: str  # "<KIN>" for a word of a class, else the character itself
    start: int
    end: int
    is_class: bool


@cache
def _words() -> dict[str, tuple[tuple[str, str], ...]]:
    """For each first character: the words that start so with their classes, longest first."""
    folder = resources.files(__package__).joinpath("data")
    classes: dict[str, str] = tomllib.loads(folder.joinpath("classes.toml").read_text("utf-8"))
    by_first: dict[str, dict[str, str]] = {}
    for name, words in classes.items():
        for word in words.split():
            # A word that stands in two classes belongs to the one named first.
            by_first.setdefault(word[0], {}).setdefault(word, f"<{name}>")
    return {
        first: tuple(sorted(words.items(), key=lambda item: -len(item[0])))
        for first, words in by_first.items()
    }


def tokens(text: str) -> list[Token]:
    """A plain text cut into words of a class and single characters, from left to right."""
    words = _words()
    found: list[Token] = []
    at = 0
    while at < len(text):
        for word, name in words.get(text[at], ()):
            if text.startswith(word, at):
                found.append(Token(name, at, at + len(word), True))
                at += len(word)
                break
        else:
            found.append(Token(text[at], at, at + 1, False))
            at += 1
    return found
