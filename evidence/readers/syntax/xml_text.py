"""Attribute values of message exports: references joined, forbidden characters taken out."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

DELETED: Final = "forbidden_characters_removed"
JOINED: Final = "surrogate_references_joined"
LONE: Final = "lone_surrogate_replaced"
BAD_BYTES: Final = "invalid_bytes_replaced"
UNKNOWN_REFERENCE: Final = "unknown_reference_kept"

_DOUBLE_QUOTED: Final = re.compile(r"([^\s=\"'<>/]+)\s*=\s*\"([^\"]*)\"")
_ANY_QUOTED: Final = re.compile(r"([^\s=\"'<>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_RAW_QUOTED: Final = re.compile(rb"([^\s=\"'<>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCES: Final = re.compile(r"(?:&#(?:x[0-9a-fA-F]{1,8}|[0-9]{1,10});)++|&(\w{1,16});")
_REFERENCE: Final = re.compile(r"&#(x?)([0-9a-fA-F]+);")
_WHITE: Final = re.compile(r"\r\n|[\r\n\t]")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CONTROLS: Final = bytes(range(32))


def attributes(raw: bytes, repairs: Counter[str]) -> dict[str, str]:
    """The attributes of one tag as text; what had to be repaired is counted in `repairs`.

    Args:
        raw: UTF-8 between the tag's name and its closing bracket.
        repairs: warning code → how often, added to.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_damaged(raw, repairs)
    if "'" in text:
        found = {name: double or single for name, double, single in _ANY_QUOTED.findall(text)}
    else:
        found = dict(_DOUBLE_QUOTED.findall(text))
    plain = "&" not in text and len(raw.translate(None, _CONTROLS)) == len(raw)
    if plain and "\ufffe" not in text and "\uffff" not in text:
        return found
    return {name: clean(value, repairs) for name, value in found.items()}


def raw_attributes(raw: bytes) -> dict[bytes, bytes]:
    """The attributes of one tag as written, in UTF-8."""
    found = _RAW_QUOTED.findall(raw)
    return {name: double or single for name, double, single in found}


def text_of(raw: bytes, repairs: Counter[str]) -> str:
    """One attribute value, from the UTF-8 between its quotes."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_damaged(raw, repairs)
    if not text.isprintable():
        return clean(text, repairs)
    return _resolved(text, repairs) if "&" in text else text


def clean(value: str, repairs: Counter[str]) -> str:
    """One attribute value as its writer meant it.

    Literal line breaks become blanks (XML 1.0 §3.3.3), references keep theirs; two references
    that are halves of one character become it; forbidden characters go.
    """
    value = _WHITE.sub(" ", value)
    if _FORBIDDEN.search(value):
        value, count = _FORBIDDEN.subn("", value)
        repairs[DELETED] += count
    return _resolved(value, repairs) if "&" in value else value


def _resolved(value: str, repairs: Counter[str]) -> str:
    """The value with what its references stand for."""
    value = value.replace("&#10;", "\n")  # by far the commonest
    if "&" in value:
        value = _REFERENCES.sub(lambda match: _resolve(match, repairs), value)
    return value


def _resolve(match: re.Match[str], repairs: Counter[str]) -> str:
    """One named reference, or a run of directly adjacent numeric ones."""
    name = match.group(1)
    if name is not None:
        if name not in _ENTITIES:
            repairs[UNKNOWN_REFERENCE] += 1
        return _ENTITIES.get(name, match.group())
    codes = [int(digits, 16 if x else 10) for x, digits in _REFERENCE.findall(match.group())]
    text: list[str] = []
    index = 0
    while index < len(codes):
        code = codes[index]
        low = codes[index + 1] if index + 1 < len(codes) else 0
        if 0xD800 <= code <= 0xDBFF and 0xDC00 <= low <= 0xDFFF:
            repairs[JOINED] += 1
            text.append(chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)))
            index += 2
        else:
            text.append(_character(code, repairs))
            index += 1
    return "".join(text)


def _character(code: int, repairs: Counter[str]) -> str:
    if 0xD800 <= code <= 0xDFFF:
        repairs[LONE] += 1
        return "\ufffd"
    allowed = code in (9, 10, 13) or 32 <= code <= 0x10FFFF
    if not allowed or code in (0xFFFE, 0xFFFF):
        repairs[DELETED] += 1
        return ""
    return chr(code)


def _decode_damaged(raw: bytes, repairs: Counter[str]) -> str:
    """Bytes that are not UTF-8: joined when they are surrogate halves (CESU-8), else replaced."""
    try:
        halves = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        repairs[BAD_BYTES] += 1
        return raw.decode("utf-8", "replace")

    def join(match: re.Match[str]) -> str:
        pair = match.group()
        repairs[JOINED if len(pair) == 2 else LONE] += 1
        return pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    return _SURROGATES.sub(join, halves)
