"""Cuts the HTML that chat programs write into tags and text, in one pass and without a tree.

Whatever is no tag stays text, so that nothing of a message is lost.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# A tag is bounded, so that an open quote cannot make every later `<` look to the end of the file.
_TAG: Final = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,31})"
    r"(?P<rest>(?:[^<>\"']{1,4096}+|\"[^\"]{0,65536}+\"|'[^']{0,4096}+'){0,64}+)>"
    r"|<[!?][^<>]{0,4096}+>"
)
_ATTRIBUTE: Final = re.compile(
    r"([A-Za-z_:][\w:.\-]{0,63})\s{0,8}=\s{0,8}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
)
VOID: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})


class Tag(NamedTuple):
    """A start tag, or an end tag when it `closes`; `at` is its first character."""

    name: str
    closes: bool
    rest: str
    at: int

    @property
    def is_void(self) -> bool:
        """Whether no end tag will come."""
        return self.name in VOID or self.rest.endswith("/")

    def attributes(self) -> dict[str, str]:
        """Names in lower case, values without references."""
        return {
            name.lower(): html.unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(self.rest)
        }


def tokens(text: str) -> Iterator[Tag | str]:
    """Tags, and the text between them without references; comments and declarations go."""
    begin = 0
    for found in _TAG.finditer(text):
        if found.start() > begin:
            yield html.unescape(text[begin : found.start()])
        begin = found.end()
        if name := found["name"]:
            yield Tag(name.lower(), bool(found["close"]), found["rest"], found.start())
    if begin < len(text):
        yield html.unescape(text[begin:])


def plain(text: str) -> str:
    """The words of a piece of HTML: line breaks where it has them, no-break blanks as blanks."""
    parts = (
        token if isinstance(token, str) else "\n" if token.name == "br" else ""
        for token in tokens(text)
    )
    return "".join(parts).replace("\u00a0", " ")
