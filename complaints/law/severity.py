"""How grave a case is: a proposal with its reason, which the person may change within bounds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from complaints.law.errors import NoKindsError, SeverityOutOfRangeError
from complaints.law.facts import Facts
from complaints.law.kinds import kind as kind_of
from complaints.law.source import law

# The facts behind the sentences of routing.json "severity_raise", in its order.
RAISING_FACTS = (
    "vulnerable_person",
    "self_harm",
    "continued_after_stop",
    "many_people_many_times",
    "image_of_minor",
)


@dataclass(frozen=True)
class Severity:
    """A level 1..4, the bounds within which a person may set it, and why it is what it is."""

    level: int
    floor: int
    maximum: int
    reason_zh: str
    reason_en: str
    chosen_by_person: bool = False


def severity(kinds: Collection[str], facts: Facts | None = None) -> Severity:
    """The severity proposed for a case.

    Each kind starts at its default. Any one raising fact lifts every kind by one level, once,
    never above that kind's own maximum; the case is as grave as its gravest kind. Danger at this
    moment is level 4 whatever the kinds.

    Raises:
        NoKindsError: no kind is named and there is no danger now.
        UnknownKindError: a kind is not in the data.
    """
    told = facts or Facts()
    found = [kind_of(code) for code in sorted(set(kinds))]
    if told.danger_now:
        return Severity(
            4, 4, 4, "正在发生人身危险：先报警。", "Bodily danger now: call the police."
        )
    if not found:
        raise NoKindsError

    raised = [number for number, name in enumerate(RAISING_FACTS) if _told(name, told)]
    levels = {
        each.code: min(each.severity_max, each.severity_default + bool(raised)) for each in found
    }
    level = max(levels.values())
    gravest = next(each for each in found if levels[each.code] == level)
    lifted = [n for n in raised if level > max(each.severity_default for each in found)]
    reason_zh = f"{_meaning_zh(level)}：包含“{gravest.zh}”"
    reason_en = f"{_meaning_en(level)}: includes “{gravest.en}”"
    if lifted:
        reason_zh += "，并因“" + "”“".join(_raise_zh(n) for n in lifted) + "”提高一级"
        reason_en += "; raised one level because: " + "; ".join(_raise_en(n) for n in lifted)
    return Severity(
        level=level,
        floor=max(each.severity_floor for each in found),
        maximum=max(each.severity_max for each in found),
        reason_zh=reason_zh + "。",
        reason_en=reason_en + ".",
    )


def choose(proposed: Severity, level: int) -> Severity:
    """The severity as the person sets it.

    Raises:
        SeverityOutOfRangeError: outside floor..maximum of what was proposed.
    """
    if not proposed.floor <= level <= proposed.maximum:
        raise SeverityOutOfRangeError(level=level, floor=proposed.floor, maximum=proposed.maximum)
    if level == proposed.level:
        return proposed
    return Severity(
        level=level,
        floor=proposed.floor,
        maximum=proposed.maximum,
        reason_zh=f"由本人设定为{level}级（系统建议{proposed.level}级：{proposed.reason_zh}）",
        reason_en=f"Set to {level} by the person (proposed {proposed.level}: {proposed.reason_en})",
        chosen_by_person=True,
    )


def _told(name: str, facts: Facts) -> bool:
    # A warning by an authority that did not stop them is also "went on after being stopped".
    if name == "continued_after_stop" and facts.authority_warned_before:
        return True
    return bool(getattr(facts, name))


def _meaning_zh(level: int) -> str:
    entry = next(e for e in law().routing["severity_levels"] if e["level"] == level)
    return f"{level}级（{entry['zh']}）"


def _meaning_en(level: int) -> str:
    return f"Level {level} ({law().english['severity_levels'][str(level)]})"


def _raise_zh(number: int) -> str:
    return str(law().routing["severity_raise"][number])


def _raise_en(number: int) -> str:
    return str(law().english["severity_raise"][RAISING_FACTS[number]])
