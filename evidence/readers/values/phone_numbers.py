"""Phone numbers: the raw text is kept; an E.164 form only where the number is a subscriber's.

Service numbers (10086, 95588, 1069…) have none: a phone library would make `+8695588` of them,
and a complaint that names `+8695588` names nobody.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

WITHHELD: Final = frozenset(
    {
        "",
        "-1",
        "-2",
        "-3",
        "~",
        "-",
        "--",
        "null",
        "insert-address-token",
        "anonymous",
        "unknown",
        "(unknown)",
        "private",
        "withheld",
        "restricted",
        "payphone",
        "私密号码",
        "未知号码",
        "未知",
        "隐藏号码",
        "无号码",
        "保密号码",
    }
)

_NOISE: Final = re.compile(r"[\s\u00a0\u202f\u2009\u200b-\u200f\u202a-\u202e\u2066-\u2069()\-./]+")
_GUARD: Final = re.compile(r'^="(.*)"$')
_FLOAT: Final = re.compile(r"^(\d{5,})\.0+$")
_SCIENTIFIC: Final = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d+$")
_POST_DIAL: Final = re.compile(r"[,;pPwW#*].*$")
_MOBILE: Final = re.compile(r"^1[3-9]\d{9}$")
_PLAIN_MOBILE: Final = re.compile(r"(?:\+86)?1[3-9][0-9]{9}\Z")
# With its leading zero an area code is sure, so that only a zero or one digit too few rules it out.
_WITH_ZERO: Final = re.compile(r"^0(?:(?:10|2\d)[1-9]\d{7}|[3-9]\d{2}[1-9]\d{6,7})$")
_AREA: Final = re.compile(r"^(?:10|2\d)[2-8]\d{7}$|^[3-9]\d{2}[2-8]\d{6,7}$")
# "+8610655…" without a gap may be a service number (10655…) as well as Beijing (10 655…).
_BEIJING_OR_SERVICE: Final = re.compile(r"^106[589]\d{6}$")
_GAP_AFTER_AREA: Final = re.compile(r"^\+?(?:00)?86[\s\-(]*0?10[\s\-)]")
# Numbers dialled before another to reach it by a cheaper line.
_DIALLED_BEFORE: Final = re.compile(
    r"^(?:1795[01]|1790[0-9]|1791[01]|1793[01]|17969|1797[01]|12593|10193|11808)"
    r"(?=0?1[3-9]\d{9}$|0[1-9]\d{9,10}$)"
)
_FREE: Final = re.compile(r"^[48]00\d{7}$")
_DIGITS: Final = re.compile(r"^\d+$")


def unguard(raw: str) -> str:
    """Undo what spreadsheets do to numbers: `="…"`, a leading TAB or apostrophe, `.0`."""
    text = raw.strip().lstrip("'\u2018\u2019").strip()
    if guarded := _GUARD.match(text):
        text = guarded.group(1).strip()
    if as_float := _FLOAT.match(text):
        text = as_float.group(1)
    return text


@lru_cache(maxsize=4096)
def is_withheld(raw: str) -> bool:
    """Whether the text stands for "no number shown"."""
    return unguard(raw).lower() in WITHHELD


def plain_mobile(raw: str) -> str | None:
    """As `e164`, for a Chinese mobile without any ornament only: most numbers are one."""
    if _PLAIN_MOBILE.match(raw):
        return raw if raw[0] == "+" else "+86" + raw
    return None


@lru_cache(maxsize=65536)
def e164(raw: str) -> str | None:
    """The E.164 form of a subscriber's number, or None.

    Chinese mobiles, landlines with area code, 400/800 numbers, and numbers that carry a country
    code themselves. Short and service numbers, mail addresses and damaged cells have none.
    """
    text = unicodedata.normalize("NFKC", unguard(raw))
    if _SCIENTIFIC.match(text):
        return None
    text = _NOISE.sub("", text)
    international = text.startswith("+")
    text = _POST_DIAL.sub("", text.lstrip("+"))
    if not _DIGITS.match(text):
        return None
    if not international and text.startswith("00"):
        international, text = True, text[2:]
    if international:
        clear = not _BEIJING_OR_SERVICE.match(text[2:]) or _GAP_AFTER_AREA.match(unguard(raw))
        return _from_country(text) if clear else None
    text = _DIALLED_BEFORE.sub("", text)
    if text.startswith("86") and _MOBILE.match(text[2:]):
        text = text[2:]
    return _from_china(text)


def _from_country(text: str) -> str | None:
    if text.startswith("86"):
        rest = text[2:]
        return _from_china(rest) or ("+86" + rest if _AREA.match(rest) else None)
    return "+" + text if 8 <= len(text) <= 15 and not text.startswith("0") else None


def _from_china(text: str) -> str | None:
    if _MOBILE.match(text) or _FREE.match(text):
        return "+86" + text
    if _WITH_ZERO.match(text) or (text.startswith("0") and _MOBILE.match(text[1:])):
        return "+86" + text[1:]
    return None


def masked_sim(raw: str | None) -> str | None:
    """A slot number as it is; a SIM serial by its last four digits only; -1 is no SIM."""
    if raw is None or raw in ("", "-1", "null"):
        return None
    return raw if len(raw) <= 2 else f"…{raw[-4:]}"
