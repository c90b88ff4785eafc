"""The objects of one array in a page's script: JSON, or JavaScript with bare names and `'`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"\s++|//[^\n]*+"
    r"|\"(?P<double>(?:[^\"\\]++|\\.)*+)\""
    r"|'(?P<single>(?:[^'\\]++|\\.)*+)'"
    r"|`(?P<back>(?:[^`\\]++|\\.)*+)`"
    r"|(?P<word>[\w.$+\-]++)"
    r"|(?P<sign>[{}\[\]:,])",
    re.S,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.S)
_PLAIN: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "0": ""}
_WORDS: Final = {"null": "", "undefined": "", "None": ""}


def objects(text: str, at: int) -> Iterator[dict[str, str]]:
    """The objects of the array that begins at a place; values that are no texts are left out.

    Ends at the array's end, or where this is no such text.
    """
    depth = 0
    found: dict[str, str] = {}
    name: str | None = None
    value: str | None = None
    while token := _TOKEN.match(text, at):
        at = token.end()
        sign = token["sign"]
        if sign is None:
            value = _value(token) if token.lastgroup is not None else value
            continue
        if sign == ":" and depth == 2:
            name, value = value, None
            continue
        if depth == 2 and sign in ",}" and name is not None and value is not None:
            found[name.lower()] = value
        name = value = None
        if sign in "{[":
            depth += 1
            found = {} if depth == 2 else found
        elif sign in "}]":
            depth -= 1
            if depth == 1 and sign == "}":
                yield found
            if depth <= 0:
                return


def _value(token: re.Match[str]) -> str:
    for kind in ("double", "single", "back"):
        if (text := token[kind]) is not None:
            return _ESCAPE.sub(_unescaped, text) if "\\" in text else text
    word = token["word"]
    return _WORDS.get(word, word)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        return chr(int(code, 16))
    return _PLAIN.get(found[3], found[3])
