"""Every forgery with its required verdict and reason, without and with `--trust`.

    python -m tests.forgeries.corpus [FOLDER]

prints the table; with a folder it writes each forgery there as a file, to try other verifiers on.
A reason is `check/code`: that check must say this code (docs/verify.md). Green ones must be green.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.forgeries import base
from tests.forgeries.handed import Handed
from tests.forgeries.judged import Said, contradictions, judge

UNCHANGED, CHANGED, INCOMPLETE, CANNOT = "unchanged", "changed", "incomplete", "cannot_check"


@dataclass(frozen=True)
class Forgery:
    """One forgery: how it is made and what must be said of it."""

    name: str
    make: Callable[[], Handed]
    bare: str  # the verdict without `--trust`
    trusted: str  # and with the printed fingerprint and the stranger's root
    reason: str  # `check/code`, required in both; "" where nothing is wrong
    reason_trusted: str = ""  # where only `--trust` shows it
    held: frozenset[str] | None = None  # of a sound one, with `--trust`: exactly what held
    open: frozenset[str] | None = None  # and what is not proved
    unknown: frozenset[str] | None = None  # and what nobody could tell

    def wrong(self, bare: Said, trusted: Said) -> list[str]:
        """In what these two verdicts, without trust and with it, are not the required ones."""
        found = [*contradictions(bare), *contradictions(trusted)]
        pairs = ((bare, self.bare, self.reason), (trusted, self.trusted, self._trusted_reason()))
        for said, word, reason in pairs:
            if said.verdict != word:
                found.append(f"{said.verdict} for {word}: {sorted(said.reasons)}")
            if reason and reason not in said.reasons:
                found.append(f"no {reason}: {sorted(said.reasons)}")
        if bare.signer_known:
            found.append("knows the signer, and nobody told it")
        if self.held is not None and trusted.held != self.held:
            found.append(f"held, or not: {sorted(trusted.held ^ self.held)}")
        if self.open is not None and trusted.open != self.open:
            found.append(f"open, or not: {sorted(trusted.open ^ self.open)}")
        if self.unknown is not None and trusted.unknown != self.unknown:
            found.append(f"unknown, or not: {sorted(trusted.unknown ^ self.unknown)}")
        return found

    def _trusted_reason(self) -> str:
        return self.reason_trusted or self.reason


@dataclass(frozen=True)
class Laid:
    """A forgery on disk, and the command's arguments without trust and with it."""

    row: Forgery
    bare: Sequence[str]
    trusted: Sequence[str]

    def wrong(self) -> list[str]:
        """Put it before the verifier; in what its verdicts are not the required ones."""
        return self.row.wrong(judge(self.bare), judge(self.trusted))


def lay(row: Forgery, folder: Path) -> Laid:
    """Write a forgery, and what a careful clerk brings along, into an empty folder."""
    handed = row.make()
    bare = [str(handed.lay(folder)), "--at", handed.at, *handed.lay_original(folder)]
    brought = base.brought() if handed.brought is None else handed.brought
    trust = []
    for number, each in enumerate(brought):
        if isinstance(each, bytes):
            path = folder / f"brought-{number}"
            path.write_bytes(each)
        trust += ["--trust", each if isinstance(each, str) else str(path)]
    if handed.roots is not None:
        path = folder / "roots.json"
        path.write_bytes(handed.roots)
        trust += ["--roots", str(path)]
    return Laid(row, bare, [*bare, *trust])


def forgery(
    name: str,
    make: Callable[[], Handed],
    verdict: str,
    reason: str = "",
    *,
    trusted: str = "",
    reason_trusted: str = "",
) -> Forgery:
    """A row of the corpus; the verdict with `--trust` is the same unless said."""
    return Forgery(name, make, verdict, trusted or verdict, reason, reason_trusted)


def exactly(row: Forgery, held: str, open_: str, unknown: str = "") -> Forgery:
    """A row with all that holds, is open and is unknown of it (words, with `--trust`)."""
    said, left, nobody = (frozenset(each.split()) for each in (held, open_, unknown))
    return replace(row, held=said, open=left, unknown=nobody)


def sound(
    name: str, make: Callable[[], Handed], held: str, open_: str, unknown: str = ""
) -> Forgery:
    """A row that must be green, with all that it must and must not say (words, with `--trust`)."""
    return exactly(forgery(name, make, UNCHANGED), held, open_, unknown)


def all_of_them() -> list[Forgery]:
    """The whole corpus, by room."""
    from tests.forgeries import (
        brought,
        containers,
        described,
        listed,
        logs,
        manifests,
        odd_archives,
        papers,
        proofs,
        quoted,
        read_again,
        redacted,
        shown,
        signed_papers,
        sm3,
        stamps,
    )

    rooms = (
        containers,
        odd_archives,
        listed,
        sm3,
        described,
        manifests,
        proofs,
        stamps,
        logs,
        shown,
        quoted,
        read_again,
        redacted,
        papers,
        signed_papers,
        brought,
    )
    return [row for room in rooms for row in room.rows()]


def main() -> None:
    """Print the table, or write the corpus."""
    rows = all_of_them()
    if len(sys.argv) > 1:
        for row in rows:
            target = Path(sys.argv[1]) / row.name
            target.mkdir(parents=True, exist_ok=True)
            lay(row, target)
    for row in rows:
        sys.stdout.write(f"{row.name}\t{row.bare}\t{row.trusted}\t{row.reason}\n")
    sys.stdout.write(f"house {base.make.house().fingerprint}\n")


if __name__ == "__main__":
    main()
