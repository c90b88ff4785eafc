"""The name that a line gives itself in its own texts: a signature, or "we are … of …".

A name counts only in a message about a debt, and is what the line says, not who it is: anybody
may sign with any name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

DEBT = re.compile(
    r"逾期|欠款|欠[你我他您了的]{0,2}[钱债]|欠费|还款|还钱|还清|借款|贷款|本金|罚息|利息|账单|结清|"
    r"催收|债务|债权|应还|未还|未结|分期|拖欠|overdue|repay|debt|\bloan",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\s*[【\[]([^】\]\n]{2,24})[】\]]|[【\[]([^】\]\n]{2,24})[】\]]\s*(?:(?:拒收|退订)请?回.{0,4})?$"
)
_KIND = (
    "(?:有限责任公司|有限公司|公司|平台|消费金融|小额贷款|金融|消金|银行|小贷|贷款|贷|借款|借钱|分期|"
    "信用|钱包|白条|科技|信息|服务)+"
)
_SAYS_SO = (
    re.compile(
        rf"(?:我们?|我[司方]|本人|这[边里儿])(?:这[边里儿])?(?:就)?是(?:来自)?[“\"]?(\w{{1,16}}?{_KIND})"
    ),
    re.compile(rf"代表[“\"]?(\w{{1,16}}?{_KIND})"),
    re.compile(r"受[“\"]?([^，,。；;\s“”\"]{2,24}?)[”\"]?(?:的)?(?:委托|授权)"),
)
_NOBODY = re.compile(r"^[你您贵这那哪一他她它]|[你您]")


class Way(StrEnum):
    """How a line gives its name."""

    SIGNATURE = "signature"
    SAYS_SO = "says_so"


@dataclass(frozen=True)
class Named:
    """One name in one text, as it stands there."""

    way: Way
    name: str


@cache
def lists() -> dict[str, Any]:
    """The lists of `data/linking.toml`."""
    raw = resources.files(__package__).joinpath("data/linking.toml").read_text("utf-8")
    return tomllib.loads(raw)


@cache
def _any_of(name: str) -> re.Pattern[str]:
    words = sorted(lists()["names"][name], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


def names_in(text: str, plain: str) -> list[Named]:
    """The names that the writer of a message gives itself, in the order of the text.

    Args:
        text: as received.
        plain: the same made plain (`normalise`), to see whether it is about a debt.
    """
    if DEBT.search(plain) is None:
        return []
    found = [named for named in _written(text) if _is_a_lenders(named.name)]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """What is left of a name to compare: without the words that any lender's name may hold."""
    reduced = _any_of("filler").sub("", name.lower())
    reduced = re.sub(r"[^\w]", "", reduced)
    return reduced if len(reduced) >= 2 else re.sub(r"[^\w]", "", name.lower())


def is_same(one: str, other: str) -> bool:
    """Whether two names may be one lender's: the same core, or a long one inside the other.

    A brand and the legal name behind it share nothing that a program could see.
    """
    short, long = sorted((core(one), core(other)), key=len)
    return short == long or (len(short) >= 3 and short in long)


def _written(text: str) -> Iterator[Named]:
    for match in _SIGNATURE.finditer(text):
        yield Named(Way.SIGNATURE, (match[1] or match[2]).strip())
    for pattern in _SAYS_SO:
        for match in pattern.finditer(text):
            yield Named(Way.SAYS_SO, match[1].strip())


def _is_a_lenders(name: str) -> bool:
    if _NOBODY.search(name) or _any_of("no_lender").search(name):
        return False
    left = _any_of("filler").sub("", _any_of("generic").sub("", name))
    return len(re.sub(r"[^\w]", "", left)) >= 2
