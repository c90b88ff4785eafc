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

_SLOT = re.compile(r"\{([A-Z_]+)\}")
_GAP = re.compile(r"<(\d+)>")
_NOT_IN_GAP = "[^。!?\\n]"


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern and what a text must contain before it is worth trying."""

    regex: re.Pattern[str]
    slots: tuple[str, ...]  # every one of these lexicon entries occurs
    characters: frozenset[str]  # every one of these characters occurs


@dataclass(frozen=True)
class Rule:
    """One rule: it proposes `kind` where a pattern matches and no exception holds."""

    id: str
    version: int
    kind: str
    confidence: float
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]  # found anywhere in the message: the rule is silent
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
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Rulebook:
    """Everything that the tagger knows about words."""

    lexicon: dict[str, re.Pattern[str]]
    first_characters: dict[str, frozenset[str]]
    rules: tuple[Rule, ...]
    cues: tuple[Cue, ...]
    features: dict[str, tuple[Pattern, ...]]


def _expand(source: str, lexicon: dict[str, str], rule: str) -> str:
    """Replace slots and gaps by plain regular expressions."""

    def slot(match: re.Match[str]) -> str:
        if match[1] not in lexicon:
            raise RuleFileError(rule=rule, why=f"no lexicon entry {match[1]}")
        return f"(?:{lexicon[match[1]]})"

    return _GAP.sub(lambda gap: f"{_NOT_IN_GAP}{{0,{gap[1]}}}?", _SLOT.sub(slot, source))


def _needs(source: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Slots and Chinese characters that every match must contain: those outside brackets.

    Deliberately cautious: an alternative at the top level or a quantifier drops the condition.
    """
    depth, slots, characters = 0, [], []
    at = 0
    while at < len(source):
        character = source[at]
        if character == "\\":
            at += 2
            continue
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif depth == 0 and character == "|":
            return (), frozenset()
        elif depth == 0 and character == "{" and (match := _SLOT.match(source, at)):
            if source[match.end() : match.end() + 1] not in ("?", "*"):
                slots.append(match[1])
            at = match.end()
            continue
        elif depth == 0 and character > "\u2e80" and source[at + 1 : at + 2] not in ("?", "*", "{"):
            characters.append(character)
        at += 1
    return tuple(slots), frozenset(characters)


def compile_pattern(source: str, lexicon: dict[str, str], rule: str) -> Pattern:
    """Compile one pattern of a rule file; raises `RuleFileError` with the rule's id."""
    try:
        regex = re.compile(_expand(source, lexicon, rule))
    except re.error as cause:
        raise RuleFileError(rule=rule, why=f"{cause} in {source}") from cause
    slots, characters = _needs(source)
    return Pattern(regex, slots, characters)


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


def _patterns(sources: list[str], lexicon: dict[str, str], rule: str) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(source, lexicon, rule) for source in sources)


def _rule(entry: dict[str, Any], lexicon: dict[str, str]) -> Rule:
    if entry["kind"] not in KINDS:
        raise RuleFileError(rule=entry["id"], why=f"no such kind: {entry['kind']}")
    return Rule(
        id=entry["id"],
        version=entry.get("version", 1),
        kind=entry["kind"],
        confidence=entry.get("confidence", 0.85),
        patterns=_patterns(entry["patterns"], lexicon, entry["id"]),
        unless=_patterns(entry.get("unless", []), lexicon, entry["id"]),
        when=frozenset(entry.get("when", [])),
        when_not=frozenset(entry.get("when_not", [])),
        negatable=entry.get("negatable", True),
        clause=entry["clause"],
        reason_zh=entry["reason_zh"],
        reason_en=entry["reason_en"],
        examples=tuple(entry["examples"]),
        counter_examples=tuple(entry.get("counter_examples", [])),
    )


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
    words = _read("lexicon.toml")
    sources = _lexicon(words)
    rules = [_rule(entry, sources) for name in RULE_FILES for entry in _read(name)["rule"]]
    ids = [rule.id for rule in rules]
    for twice in {name for name in ids if ids.count(name) > 1}:
        raise RuleFileError(rule=twice, why="id used twice")
    context = _read("context.toml")
    cues = [
        Cue(cue["id"], cue["side"], cue["weight"], _patterns(cue["patterns"], sources, cue["id"]))
        for cue in context["cue"]
    ]
    features = {
        name: _patterns(patterns, sources, name) for name, patterns in context["feature"].items()
    }
    compiled = {name: re.compile(source) for name, source in sources.items()}
    return Rulebook(compiled, _first_characters(words), tuple(rules), tuple(cues), features)


_LOOK_BEHIND = re.compile(r"\(\?<[!=][^)]*\)")
_CLASS = re.compile(r"\[([^\]^\\-]+)\]")


def _first_characters(raw: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    """For each entry: characters one of which every match starts with; empty when not known."""
    firsts: dict[str, frozenset[str]] = {}
    for name, words in raw.items():
        found: set[str] = set()
        for word in words:
            start = _LOOK_BEHIND.sub("", word, count=1)
            if slot := _SLOT.match(start):
                known = firsts[slot[1]]
            elif several := _CLASS.match(start):
                known = frozenset(several[1]) if start[several.end()] not in "?*" else frozenset()
            else:
                known = frozenset(start[0]) if start[1:2] not in ("?", "*") else frozenset()
            if not known or known & set("([.\\"):
                found.clear()
                break
            found |= known
        firsts[name] = frozenset(found)
    return firsts
