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
def _words() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """The class of each word, and for each first character the lengths of its words, longest first.

    A word that stands in two classes belongs to the one named first.
    """
    folder = resources.files(__package__).joinpath("data")
    classes: dict[str, str] = tomllib.loads(folder.joinpath("classes.toml").read_text("utf-8"))
    class_of: dict[str, str] = {}
    lengths: dict[str, set[int]] = {}
    for name, words in classes.items():
        for word in words.split():
            class_of.setdefault(word, f"<{name}>")
            lengths.setdefault(word[0], set()).add(len(word))
    return class_of, {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()}


def tokens(text: str) -> list[Token]:
    """A plain text cut into words of a class and single characters, from left to right."""
    class_of, lengths = _words()
    found: list[Token] = []
    at = 0
    while at < len(text):
        for length in lengths.get(text[at], ()):
            word = text[at : at + length]
            if word in class_of:
                found.append(Token(class_of[word], at, at + len(word), True))
                at += len(word)
                break
        else:
            found.append(Token(text[at], at, at + 1, False))
            at += 1
    return found
