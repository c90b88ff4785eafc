"""Who speaks in a message, and of what: the context that rules ask for.

Only the creditor side can earn a label (labelling.md, "Who counts as a sender"). The decision is a
sum of weighted cues, each a line of data in `rules/context.toml`, so that a reader can see why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evidence.abuse.normalise import Normalised
from evidence.abuse.rulebook import Patterns, Rulebook

# A side other than the creditor's must be ahead by this much before a message is set aside.
MARGIN = 1.0
SIDES = ("creditor", "borrower", "circle", "report", "official", "service", "chat")

_THIRD = re.compile(
    r"紧急|联系人|父|母|爸|妈|爹|娘|哥|姐|弟|妹|兄|嫂|夫|妻|婆|公公|岳|儿|女|子(?!号)|亲|家属|家人|友|同事|"
    r"同学|室友|领导|老板|人事|前台|单位|公司|房东|邻居|村|居委|老师|学校|第三人|证人|"
    r"third|relative|family|father|mother|parent|brother|sister|wife|husband|spouse|son\b|daughter|"
    r"uncle|aunt|cousin|grand|in-law|friend|colleague|co-?worker|boss|employer|manager|\bhr\b|"
    r"landlord|neighbou?r|school|teacher|village|contact|roommate|classmate|witness|relation|reception",
    re.IGNORECASE,
)
_NOT_THIRD = re.compile(
    r"担保|保证人|共同借款|共借|借款人|债务人|本人|机主|guarantor|surety|co-?borrower|co-?signer|"
    r"borrower|debtor|owner|self|user|victim",
    re.IGNORECASE,
)


def is_third_person(recipient: str | None) -> bool | None:
    """Whether a recipient given in free text is neither debtor nor guarantor; None: not known."""
    if not recipient or not recipient.strip():
        return None
    if _NOT_THIRD.search(recipient) and not re.search(
        r"(?:borrower|debtor|owner|user|victim|借款人|债务人|本人)(?:'s|’s|的|之)",
        recipient,
        re.IGNORECASE,
    ):
        return False
    return True if _THIRD.search(recipient) else None


@dataclass
class Message:
    """One plain text with what has been found out about it so far. Lives for one call of `tag`."""

    plain: Normalised
    book: Rulebook
    possible: int = field(init=False)  # bits of the patterns that the text may match
    features: set[str] = field(init=False, default_factory=set)
    _asked: dict[str, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.possible = self.book.prefilter.possible(self.plain.text)

    def contains(self, patterns: Patterns) -> bool:
        """Whether one of the patterns is found anywhere."""
        return any(
            pattern.regex.search(self.plain.text) is not None
            for pattern in patterns.among(self.possible)
        )

    def holds(self, feature: str) -> bool:
        """Whether a feature of `context.toml`, or one set by the tagger, holds."""
        if feature not in self.book.features:
            return feature in self.features
        if feature not in self._asked:
            self._asked[feature] = self.contains(self.book.features[feature])
        return self._asked[feature]


@dataclass(frozen=True)
class Speaker:
    """The side that most likely wrote a message, with the sums and the cues behind it."""

    side: str
    scores: dict[str, float]
    cues: tuple[str, ...]


def speaker(message: Message, *, direction: str | None, to_third: bool | None) -> Speaker:
    """Decide who speaks. `direction` "out" settles it; otherwise the wording does."""
    if direction == "out":
        return Speaker("borrower", {"borrower": 99.0}, ("direction",))
    scores = dict.fromkeys(SIDES, 0.0)
    found = []
    for cue in message.book.cues:
        hits = sum(
            1
            for pattern in cue.patterns.among(message.possible)
            if pattern.regex.search(message.plain.text)
        )
        if hits:
            scores[cue.side] += cue.weight * min(hits, 2)
            found.append(cue.id)
    if direction == "in" or to_third is True:
        # Received, or received by a third person: less likely the borrower's own words.
        scores["borrower"] *= 0.5
    other = max(SIDES[1:], key=lambda side: scores[side])
    side = other if scores[other] - scores["creditor"] >= MARGIN else "creditor"
    return Speaker(side, scores, tuple(found))
