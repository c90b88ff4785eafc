"""The texts of this room, out of the one Fluent catalogue, in an interpreter that has no Fluent.

The recipient's verifier must run with five wheels and nothing else, so this reads the plain part of
Fluent that its files keep to: `key = text`, continuation lines, `{ $name }` and `{"text"}`.
A test holds every message against fluent.runtime, so both readings stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from complaints.bundle.errors import LanguageMissingError

LANGUAGES = ("zh-CN", "en")
CATALOGUE = Path(__file__).resolve().parents[2] / "locale"
FILES = ("bundle.ftl", "formats.ftl")
MESSAGE = re.compile(r"([a-z][a-z0-9_-]*) *= ?(.*)")
PLACEABLE = re.compile(r'\{ *(?:\$([a-z_]+)|"([^"]*)") *\}')


@cache
def messages(language: str) -> Mapping[str, str]:
    """Every message of this room's files in one language, placeables unresolved.

    Raises:
        LanguageMissingError: no such language, or a file of it cannot be read.
    """
    if language not in LANGUAGES:
        raise LanguageMissingError(language)
    found: dict[str, str] = {}
    for name in FILES:
        found |= _messages_of(f"{language}/{name}")
    return found


def _messages_of(name: str) -> dict[str, str]:
    try:
        lines = (CATALOGUE / name).read_text("utf-8").splitlines()
    except OSError as cause:
        raise LanguageMissingError(name) from cause
    found: dict[str, str] = {}
    key = ""
    for line in lines:
        if line.startswith("#") or not line.strip():
            continue
        if line[0] == " ":
            found[key] = f"{found[key]}\n{line.strip()}".lstrip("\n")
        elif match := MESSAGE.fullmatch(line):
            key = match[1]
            found[key] = match[2].strip()
        else:
            raise LanguageMissingError(f"{name} has a line that is no message")
    return found


def text(key: str, language: str, /, **values: object) -> str:
    """One message with its values put in.

    Raises:
        LanguageMissingError: no such key, or a value is not given.
    """
    try:
        message = messages(language)[key]
    except KeyError as cause:
        raise LanguageMissingError(f"{language}: {key}") from cause

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[2]
        if match[1] not in values:
            raise LanguageMissingError(f"{language}: {key} needs {match[1]}")
        return str(values[match[1]])

    return PLACEABLE.sub(value, message)


def labels(prefix: str, language: str) -> dict[str, str]:
    """All messages whose key begins with `prefix-`, without it, for a template."""
    start = f"{prefix}-"
    return {
        key.removeprefix(start): PLACEABLE.sub(lambda m: m[2] or "", message)
        for key, message in messages(language).items()
        if key.startswith(start)
    }
