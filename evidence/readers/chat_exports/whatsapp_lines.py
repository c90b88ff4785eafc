"""The head of a line in a WhatsApp export: date, time, and who; in the languages of phones."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from evidence.readers.values.clock import hour_of_day
from evidence.readers.values.date_order import Parts

LONGEST: Final = 64 * 1024  # characters of a line that are looked at for a head

_BLANK: Final = "[ \u00a0\u202f\u2009]"
_SIDE: Final = "[\u200e\u200f]?"  # Arabic and Persian phones write one after a number or a comma
_MARK: Final = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*"
_FIRST: Final = (
    "午前 오전 ص ق.ظ ق.ظ. π.μ. ÖÖ SA de. пр.об. дп ДП पूर्वाह्न முற்பகல் לפנה״צ PG ү.ө. ກ່ອນທ່ຽງ"
    " နံနက် ก่อนเที่ยง چ.ب སྔ་དྲོ་ PD"
)
_SECOND: Final = (
    "午後 오후 م ب.ظ ب.ظ. μ.μ. ÖS CH du. сл.об. пп ПП अपराह्न பிற்பகல் אחה״צ PTG ү.х. ຫຼັງທ່ຽງ"
    " ညနေ หลังเที่ยง چ.ك ཕྱི་དྲོ་ MD"
)
_HALVES: Final = {  # what other languages call the halves of a day
    **dict.fromkeys(_FIRST.split(), "am"),
    **dict.fromkeys(_SECOND.split(), "pm"),
    **dict.fromkeys(("e paradites", "paradite"), "am"),
    **dict.fromkeys(("e pasdites", "pasdite"), "pm"),
}
_WORDS: Final = "|".join(
    [
        "上午|凌晨|清晨|早上|早晨|中午|下午|傍晚|晚上|夜里|深夜|半夜|午夜",
        *map(re.escape, sorted(_HALVES, reverse=True)),
    ]
)
_HALF: Final = rf"[AaPp]\.?{_BLANK}?[Mm]\.?"
_DATE: Final = (
    rf"(?P<a>\d{{1,4}}){_SIDE}(?P<sep>[./\-年]){_BLANK}?(?P<b>\d{{1,2}}){_SIDE}[./\-月]{_BLANK}?"
    rf"(?P<c>\d{{1,4}})(?:[.日]|{_BLANK}[гр]\.)?"
)
_TIME: Final = (
    rf"(?:(?P<before>{_WORDS}|{_HALF}){_BLANK}?)?(?P<h>\d{{1,2}})[:.](?P<m>\d{{2}})"
    rf"(?:[:.](?P<s>\d{{2}}))?(?:{_BLANK}?(?P<after>{_HALF}|{_WORDS})|{_BLANK}ч\.)?"
)
_AT: Final = (  # between day and clock
    r"um|at|à|alle|às|kl\.|klo|v|u|o|ob|om|в|о|об|la|a las|a les|στις|lúc|pukul|klockan|klukkan"
)
_BETWEEN: Final = rf"{_SIDE}(?P<comma>[,،]?){_SIDE}{_BLANK}{_SIDE}(?:(?:{_AT}){_BLANK})?"
# messages copied from WhatsApp Web, and Vietnamese phones, name the clock before the day
_CLOCK_FIRST: Final = rf"{_TIME}(?P<comma>,){_BLANK}{_DATE}"
_COLON: Final = 2
_PLAIN: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(rf"{_MARK}{_DATE}{_BETWEEN}{_TIME}{_BLANK}[-–]{_BLANK}"),
    re.compile(rf"{_MARK}{_CLOCK_FIRST}{_BLANK}[-–]{_BLANK}"),
    # an early iPhone's: a sender must follow, or it is the log of any program
    re.compile(rf"{_MARK}{_DATE}{_BETWEEN}{_TIME}:{_BLANK}(?=[^\n:]{{1,200}}: )"),
)
_BRACKETED: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(rf"{_MARK}\[{_DATE}{_BETWEEN}{_TIME}\]{_BLANK}?"),
    re.compile(rf"{_MARK}\[{_CLOCK_FIRST}\]{_BLANK}?"),
)
_LOG: Final = re.compile(r"\d{4}\D\d\d\D\d\d \d\d:")
_SENDER: Final = re.compile("^([^\n]{1,200}?):(?: |\u00a0|(?=\u200e)|$)")


class Style(NamedTuple):
    """What all heads of one file have in common; a line in another style is the text's own."""

    bracket: bool
    form: int  # which of the patterns for heads with, or without, a bracket
    separator: str
    comma: bool
    seconds: bool
    long_first: bool
    long_third: bool


class Head(NamedTuple):
    """A head as written; `end` is where the sender or the notice begins."""

    style: Style
    date: Parts
    hour: int
    minute: int
    second: int | None
    raw: str
    end: int


def head_of(line: str) -> Head | None:
    """The head that a line begins with, or None."""
    bare = line.lstrip("\u200e\u200f\u202a\u202b\ufeff")
    if bare[:1] == "[":
        patterns = _BRACKETED
    elif bare[:1].isdigit():
        patterns = _PLAIN
    else:
        return None
    heads = ((form, pattern.match(line)) for form, pattern in enumerate(patterns))
    form, found = next(((form, found) for form, found in heads if found), (0, None))
    if found is None:
        return None
    a, sep, b, c, before, hour, minute, second, after = found.group(
        "a", "sep", "b", "c", "before", "h", "m", "s", "after"
    )
    if len(a) == 3 or len(c) == 3 or (len(a) == 4 and len(c) == 4):
        return None
    word = before or after
    said = _HALVES.get(word, word) if word else None
    bracket = bare[0] == "["
    style = Style(
        bracket, form, sep, bool(found["comma"]), second is not None, len(a) == 4, len(c) == 4
    )
    end = found.end()
    raw = line[:end].strip("\u200e\u200f\u202a\u202b\ufeff[]-–: \u00a0\u202f")
    parts = Parts(int(a), int(b), int(c), len(a) == 4, len(c) == 4)
    clock = hour_of_day(int(hour), said)
    return Head(style, parts, clock, int(minute), None if second is None else int(second), raw, end)


def sender_of(rest: str, known: frozenset[str]) -> tuple[str | None, str]:
    """Who wrote, and the text; without a sender the line is a notice of the app.

    The sender ends at the first colon with a blank (or a mark) behind it. A colon with the text
    right behind it counts after a sender that the file names elsewhere.
    """
    if found := _SENDER.match(rest):
        return found.group(1), rest[found.end() :]
    name, colon, text = rest.partition(":")
    return (name, text) if colon and name in known else (None, rest)


def recognise(text: str) -> bool:
    """Whether a text begins as a WhatsApp export: its first lines have heads of one style."""
    heads: list[Head] = []
    for number, line in enumerate(text[:32_768].split("\n")[:60]):
        head = head_of(line.rstrip("\r")[:LONGEST])
        if head is not None and _possible(head):
            sure = head.style.seconds or not head.style.bracket
            if number == 0 and sure and head.style.form != _COLON:
                return True
            heads.append(head)
    if len(heads) < 2 or heads[0].style != heads[-1].style:
        return False
    return not _is_signal(heads[0].style) and not _is_log(heads)


def _possible(head: Head) -> bool:
    return (
        head.hour <= 24 and head.minute < 60 and (head.second or 0) < 60 and head.date.second < 32
    )


def _is_log(heads: list[Head]) -> bool:
    """Programs write heads as early iPhones did, but the year first and every number in full."""
    return heads[0].style.form == _COLON and all(_LOG.match(head.raw) for head in heads)


def _is_signal(style: Style) -> bool:
    """`[YYYY-MM-DD, HH:MM]` is what desktop tools write for Signal."""
    return style.bracket and not style.seconds and style.long_first and style.separator == "-"
