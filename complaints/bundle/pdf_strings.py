"""Strings as a PDF writes them, in its objects and on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

# Parentheses may stand in parentheses; deeper than here is left to a whole parser.
_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)"
_HEX = rb"<(?P<hex>[0-9A-Fa-f\s]*+)>"
_NAME = rb"[^\s()<>\[\]{}/%]++"
# As our PDF library writes objects: every parenthesis within a string has its backslash.
_IN_OBJECTS = re.compile(
    rb"[^(<]*+(?:(?P<literal>\((?:[^()\\]|\\.)*+\))|<<|%b|<|\Z)" % _HEX, re.DOTALL
)
_CHOOSES = rb"(?P<font>%b)\s++[-+.\d]++\s++Tf\b|(?P<form>%b)\s++Do\b" % (_NAME, _NAME)
# First whatever shows nothing: other names, and properties without strings.
_ON_PAGES = re.compile(
    rb"(?:[^(<>%%/]++|<<[^<>()%%]*+>>|/(?!%b\s++(?:[-+.\d]++\s++Tf|Do)\b))*+"
    rb"(?:(?P<literal>%b)|(?P<opened><<)|(?P<closed>>>)|%b|%%[^\r\n]*+"
    rb"|/(?:%b)|(?P<broken>[(<>])|\Z)" % (_NAME, _LITERAL, _HEX, _CHOOSES),
    re.DOTALL,
)
_PICTURE = re.compile(rb"\bBI\b")  # one that stands among the operators
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)


class _Escaped(dict[bytes, bytes]):
    """What stands for what behind a backslash: most characters for themselves."""

    def __missing__(self, what: bytes) -> bytes:
        return what


_ESCAPED = _Escaped(
    {
        b"n": b"\n",
        b"r": b"\r",
        b"t": b"\t",
        b"b": b"\b",
        b"f": b"\f",
        b"\n": b"",
        b"\r": b"",
        b"\r\n": b"",  # a line that goes on
        **{
            f"{code:0{digits}o}".encode(): bytes([code & 0xFF])
            for digits in (1, 2, 3)
            for code in range(8**digits)
        },
    }
)


class NotPlainError(Exception):
    """What only a whole parser reads: pictures among the operators, broken or deep strings."""


class Shows(Enum):
    """What one step of a page does."""

    FONT = "font"
    TEXT = "text"
    FORM = "form"


class Step(NamedTuple):
    """One step: the name of a font or form, or the codes of letters in the font chosen last."""

    shows: Shows
    value: bytes


def in_objects(written: bytes) -> Iterator[bytes]:
    """Every string in objects as the PDF library writes them out."""
    for found in _IN_OBJECTS.finditer(written):
        if found.lastgroup is not None:
            yield _READ[found.lastgroup](found[found.lastgroup])


def on_page(operators: bytes) -> Iterator[Step]:
    """What the operators of a page or form show, in their order.

    Strings in the properties of marks are left out: they are not among the letters.

    Raises:
        NotPlainError: the steps before it were given.
    """
    if b"BI" in operators and _PICTURE.search(operators):
        raise NotPlainError
    depth = 0
    for found in _ON_PAGES.finditer(operators):
        group = found.lastgroup
        if group in _CHOICES:
            yield Step(_CHOICES[group], found[group])
        elif group == "opened":
            depth += 1
        elif group == "closed":
            depth -= 1
        elif group == "broken":
            raise NotPlainError
        elif group is not None and not depth:
            yield Step(Shows.TEXT, _READ[group](found[group]))


def _plain(literal: bytes) -> bytes:
    parts = _ESCAPE.split(literal[1:-1])
    parts[1::2] = [_ESCAPED[what] for what in parts[1::2]]
    return b"".join(parts)


def _of_hex(digits: bytes) -> bytes:
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))


_READ = {"literal": _plain, "hex": _of_hex}
_CHOICES = {"font": Shows.FONT, "form": Shows.FORM}
