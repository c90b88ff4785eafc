"""A verdict: one word, the checks it rests on, and what they do not prove."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from complaints.bundle.language import text


class Word(StrEnum):
    """The verdict itself."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    INCOMPLETE = "incomplete"
    CANNOT_CHECK = "cannot_check"


EXIT_CODES = {Word.UNCHANGED: 0, Word.CHANGED: 1, Word.INCOMPLETE: 1, Word.CANNOT_CHECK: 2}


class Result(StrEnum):
    """What one check found. Unknown is never a pass."""

    PASS = "pass"  # noqa: S105 -- a result, no password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Name(StrEnum):
    """The checks, in the order in which they are made."""

    CONTAINER = "container"
    MANIFESTS = "manifests"
    FILES = "files"
    SUMS = "sums"
    SM3 = "sm3"
    CASE = "case"
    BAG = "bag"
    SIGNER = "signer"
    SIGNATURES = "signatures"
    RECEIPTS = "receipts"
    CUSTODY = "custody"
    TOKENS = "tokens"
    LOG = "log"
    RECORDS = "records"
    REDACTIONS = "redactions"
    PDF = "pdf"
    ORIGINAL = "original"


@dataclass(frozen=True)
class Check:
    """One check: its name, what came of it, in both languages, and the file it is about."""

    name: Name
    result: Result
    what: str
    where: str | None = None
    code: str = ""  # the reason for programs, fixed: docs/formats/verdict.md

    def as_json(self) -> dict[str, str]:
        """As `--json` prints it."""
        value = {
            "name": str(self.name),
            "result": str(self.result),
            "code": self.code,
            "what": self.what,
        }
        return {**value, "where": self.where} if self.where else value


@dataclass(frozen=True)
class Verdict:
    """What a check of one package came to."""

    verdict: Word
    checks: tuple[Check, ...]
    not_proved: tuple[str, ...]
    signer_known: bool

    @property
    def exit_code(self) -> int:
        """0 complete and unchanged, 1 changed or incomplete, 2 could not be checked."""
        return EXIT_CODES[self.verdict]

    def as_json(self) -> dict[str, Any]:
        """The `--json` face: docs/formats/verdict.md."""
        return {
            "verdict": str(self.verdict),
            "signer_known": self.signer_known,
            "checks": [check.as_json() for check in self.checks],
            "not_proved": list(self.not_proved),
        }


@dataclass
class Ledger:
    """Collects checks while they are made; `close` gives the verdict."""

    checks: list[Check] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    words: set[Word] = field(default_factory=set)
    spoiled: set[Name] = field(default_factory=set)  # checks that did not hold throughout
    signer_known: bool = False

    def passed(self, name: Name, key: str, *, where: str | None = None, **values: object) -> None:
        """A check that held."""
        self._add(name, Result.PASS, key, where, values)

    def changed(self, name: Name, key: str, *, where: str | None = None, **values: object) -> None:
        """Something is not as it was signed."""
        self._spoil(name, Word.CHANGED)
        self._add(name, Result.FAIL, key, where, values)

    def missing(self, name: Name, key: str, *, where: str | None = None, **values: object) -> None:
        """Something that should be there is not."""
        self._spoil(name, Word.INCOMPLETE)
        self._add(name, Result.FAIL, key, where, values)

    def cannot(self, name: Name, key: str, *, where: str | None = None, **values: object) -> None:
        """Something could not be checked here: no accusation, and never green."""
        self._spoil(name, Word.CANNOT_CHECK)
        self._add(name, Result.UNKNOWN, key, where, values)

    def unknown(self, name: Name, key: str, *, where: str | None = None, **values: object) -> None:
        """Nothing to go by, which does not spoil the rest; what it leaves open is said too."""
        self._add(name, Result.UNKNOWN, key, where, values)

    def not_proved(self, key: str, **values: object) -> None:
        """One line of what this verdict does not say."""
        line = both(f"unproved-{key}", **values)
        if line not in self.unproved:
            self.unproved.append(line)

    def close(self) -> Verdict:
        """The one word: changed before cannot-check before incomplete; nothing checked: cannot.

        A check's own code sums it up; where not all of it held, that is not said.
        """
        order = (Word.CHANGED, Word.CANNOT_CHECK, Word.INCOMPLETE)
        kept = [c for c in self.checks if c.code != c.name or c.name not in self.spoiled]
        passed = {check.name for check in kept if check.result is Result.PASS}
        essential = {Name.MANIFESTS, Name.SIGNATURES}
        fallback = Word.UNCHANGED if essential <= passed else Word.CANNOT_CHECK
        word = next((word for word in order if word in self.words), fallback)
        ranked = sorted(kept, key=lambda check: list(Name).index(check.name))
        return Verdict(word, tuple(ranked), tuple(self.unproved), self.signer_known)

    def _spoil(self, name: Name, word: Word) -> None:
        self.words.add(word)
        self.spoiled.add(name)

    def _add(
        self, name: Name, result: Result, key: str, where: str | None, values: dict[str, object]
    ) -> None:
        self.checks.append(Check(name, result, both(f"check-{key}", **values), where, key))


def both(key: str, **values: object) -> str:
    """A text of the catalogue in Chinese and English, as every line of a verdict is given."""
    return f"{text(key, 'zh-CN', **values)} / {text(key, 'en', **values)}"
