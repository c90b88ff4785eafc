"""Rules and lexicon as data: read once, checked, compiled.

A pattern is a regular expression over the plain text with two additions: `{SLOT}` stands for the
words of a lexicon entry, `<n>` for at most n characters without the end of a sentence. How the
files are written is described in docs/formats/abuse-rules.md.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from evidence.abuse.errors import RuleFileError
from evidence.abuse.kinds import KINDS
from evidence.abuse.prefilter import Prefilter

_SLOT = re.compile(r"\{([A-Z_]+)\}")
_GAP = re.compile(r"<(\d+)>")
_NOT_IN_GAP = "[^。!?\\n]"


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern and its bits in the rulebook's prefilter."""

    regex: re.Pattern[str]
    bits: int


@dataclass(frozen=True)
class Patterns:
    """Patterns that are tried together; `bits` are all of theirs."""

    each: tuple[Pattern, ...]
    bits: int

    def among(self, possible: int) -> list[Pattern]:
        """Those that a text may match, of which the prefilter said what is possible."""
        if not self.bits & possible:
            return []
        return [pattern for pattern in self.each if pattern.bits & possible]


@dataclass(frozen=True)
class Rule:
    """One rule: it proposes `kind` where a pattern matches and no exception holds."""

    id: str
    version: int
    kind: str
    confidence: float
    patterns: Patterns
    unless: Patterns  # found anywhere in the message: the rule is silent
    when: frozenset[str]  # features of the message that must hold (see context.py)
    when_not: frozenset[str]
    negatable: bool  # "will not", "must not" right before the match silences it
    clause: str
    reason_zh: str
    reason_en: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True)
class Cue:
    """A sign of who speaks: `side` is a Speaker value, `weight` adds up over the message."""

    id: str
    side: str
    weight: float
    patterns: Patterns


@dataclass(frozen=True)
class Rulebook:
    """Everything that the tagger knows about words."""

    prefilter: Prefilter
    rules: tuple[Rule, ...]
    cues: tuple[Cue, ...]
    features: dict[str, Patterns]


def _expand(source: str, lexicon: dict[str, str], rule: str) -> str:
    """Replace slots and gaps by plain regular expressions."""

    def slot(match: re.Match[str]) -> str:
        if match[1] not in lexicon:
            raise RuleFileError(rule=rule, why=f"no lexicon entry {match[1]}")
        return f"(?:{lexicon[match[1]]})"

    return _GAP.sub(lambda gap: f"{_NOT_IN_GAP}{{0,{gap[1]}}}?", _SLOT.sub(slot, source))


def compile_pattern(source: str, lexicon: dict[str, str], rule: str) -> re.Pattern[str]:
    """Compile one pattern of a rule file; raises `RuleFileError` with the rule's id."""
    try:
        return re.compile(_expand(source, lexicon, rule))
    except re.error as cause:
        raise RuleFileError(rule=rule, why=f"{cause} in {source}") from cause


def _read(name: str) -> dict[str, Any]:
    folder = resources.files(__package__).joinpath("rules")
    return tomllib.loads(folder.joinpath(name).read_text("utf-8"))


def _lexicon(raw: dict[str, list[str]]) -> dict[str, str]:
    """Entries in order; an entry may use those above it as `{NAME}`."""
    lexicon: dict[str, str] = {}
    for name, words in raw.items():
        ordered = sorted(words, key=lambda word: (word.startswith("{"), -len(word)))
        lexicon[name] = "|".join(_expand(word, lexicon, name) for word in ordered)
    return lexicon


@dataclass(frozen=True)
class _Maker:
    """Makes patterns from the sources of rule files."""

    lexicon: dict[str, str]
    prefilter: Prefilter

    def patterns(self, sources: list[str], rule: str) -> Patterns:
        compiled = (compile_pattern(source, self.lexicon, rule) for source in sources)
        each = tuple(Pattern(regex, self.prefilter.add(regex)) for regex in compiled)
        return Patterns(each, sum(pattern.bits for pattern in each))

    def rule(self, entry: dict[str, Any]) -> Rule:
        if entry["kind"] not in KINDS:
            raise RuleFileError(rule=entry["id"], why=f"no such kind: {entry['kind']}")
        return Rule(
            id=entry["id"],
            version=entry.get("version", 1),
            kind=entry["kind"],
            confidence=entry.get("confidence", 0.85),
            patterns=self.patterns(entry["patterns"], entry["id"]),
            unless=self.patterns(entry.get("unless", []), entry["id"]),
            when=frozenset(entry.get("when", [])),
            when_not=frozenset(entry.get("when_not", [])),
            negatable=entry.get("negatable", True),
            clause=entry["clause"],
            reason_zh=entry["reason_zh"],
            reason_en=entry["reason_en"],
            examples=tuple(entry["examples"]),
            counter_examples=tuple(entry.get("counter_examples", [])),
        )

    def cue(self, entry: dict[str, Any]) -> Cue:
        patterns = self.patterns(entry["patterns"], entry["id"])
        return Cue(entry["id"], entry["side"], entry["weight"], patterns)


# Order matters: rules on threat ask which labels were found before them.
RULE_FILES = (
    "insult.toml",
    "contact.toml",
    "disclosure.toml",
    "impersonation.toml",
    "false_legal.toml",
    "frequency.toml",
    "visit.toml",
    "images.toml",
    "money.toml",
    "borrowing.toml",
    "threat.toml",
)


@cache
def rulebook() -> Rulebook:
    """Read and compile all rule files once per process."""
    maker = _Maker(_lexicon(_read("lexicon.toml")), Prefilter())
    rules = [maker.rule(entry) for name in RULE_FILES for entry in _read(name)["rule"]]
    ids = [rule.id for rule in rules]
    for twice in {name for name in ids if ids.count(name) > 1}:
        raise RuleFileError(rule=twice, why="id used twice")
    context = _read("context.toml")
    cues = [maker.cue(entry) for entry in context["cue"]]
    features = {
        name: maker.patterns(patterns, name) for name, patterns in context["feature"].items()
    }
    return Rulebook(maker.prefilter, tuple(rules), tuple(cues), features)
