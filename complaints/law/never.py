"""What is never written, sent or done: the "never" list of routing.json and where it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

# routing.json "never", in its order, each with where it is kept. The checks compare the count.
NEVER = (
    "citing.json requires: CRIM-293-1 needs debt_unlawful and an unlicensed lender",
    "LEVELS.binding: a standard or self-regulation has its own phrase",
    "citations: a document not confirmed as forged is 'cannot be verified'",
    "never.repeated: one fact, one day, one agency, once",
    "this program has no function that signs, sends or charges",
    "never.breaches: text is built from this case's acts; exaggeration is refused by word",
    "never.breaches: no advice to stop paying, no promise of a reduction",
)


@dataclass(frozen=True)
class Breach:
    """A sentence of a draft that must not leave the house; `start`, `end` count characters."""

    code: str
    start: int
    end: int
    words: str


_FORBIDDEN: Sequence[tuple[str, str]] = (
    ("law_never_stop_paying", r"(停止|不用|不必|无需|拒绝)(继续)?(还款|还钱|偿还)"),
    ("law_never_promise_reduction", r"(保证|承诺|一定能|包)(减免|免除|消除逾期|停息挂账)"),
    ("law_never_name_calling", r"黑社会|黑恶势力|流氓公司"),
    (
        "law_never_standard_as_law",
        r"(违反|触犯)了?(国家)?法律[^。；]{0,30}(GB/T|推荐性|自律公约|工作指引)"
        r"|(GB/T|推荐性国家标准|自律公约)[^。；]{0,30}(法律规定|违法)",
    ),
)


def breaches(text: str, *, forgery_confirmed: bool = False) -> list[Breach]:
    """Words of a draft that the "never" list of routing.json and templates.md §0 forbid.

    Run it over what we wrote, not over quotations of the other side.
    """
    rules = list(_FORBIDDEN)
    if not forgery_confirmed:
        rules.append(
            (
                "law_never_unverified_forgery",
                r"(?<!涉嫌)(?<!是否)(?<!可能)(系|是|属|属于)(伪造|假冒)",
            )
        )
    found = [
        Breach(code, match.start(), match.end(), match[0])
        for code, pattern in rules
        for match in re.finditer(pattern, text)
    ]
    return sorted(found, key=lambda breach: breach.start)


def repeated(filed: Iterable[tuple[str, date, str]], *, agency: str, on: date, act: str) -> bool:
    """Whether this act was already brought to this agency on this day.

    Args:
        filed: (agency id, day of filing, id of the act) of what was filed before.
        agency: where the new complaint would go.
        on: the day of the new complaint, Beijing time.
        act: id of one act in it.
    """
    return (agency, on, act) in set(filed)
