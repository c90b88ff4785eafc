"""Every forgery with its required verdict and reason, without and with `--trust`.

    python -m tests.forgeries.corpus [FOLDER]

prints the table; with a folder it writes each forgery there as a file, to try other verifiers on.
A reason is `check/code`: that check must say this code (docs/verify.md). Green ones must be green.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from complaints.bundle.verify.checking import check_path
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Verdict
from tests.forgeries import base
from tests.forgeries.handed import Handed

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

    def verdicts(self, folder: Path, *trusted: Trusted) -> list[Verdict]:
        """What our verifier says of it, laid into an empty folder; once for each trust."""
        handed = self.make()
        path, original = handed.lay(folder), handed.lay_original(folder)
        return [check_path(path, each, original) for each in trusted]


def said(verdict: Verdict) -> set[str]:
    """Every `check/code` that is not a pass."""
    return {f"{check.name}/{check.code}" for check in verdict.checks if check.result != "pass"}


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


def all_of_them() -> list[Forgery]:
    """The whole corpus, by room."""
    from tests.forgeries import (
        containers,
        listed,
        logs,
        manifests,
        odd_archives,
        papers,
        proofs,
        quoted,
        redacted,
        shown,
        sm3,
        stamps,
    )

    rooms = (
        containers,
        odd_archives,
        listed,
        sm3,
        manifests,
        proofs,
        stamps,
        logs,
        shown,
        quoted,
        redacted,
        papers,
    )
    return [row for room in rooms for row in room.rows()]


def main() -> None:
    """Print the table, or write the corpus."""
    rows = all_of_them()
    if len(sys.argv) > 1:
        for row in rows:
            target = Path(sys.argv[1]) / row.name
            target.mkdir(parents=True, exist_ok=True)
            row.make().lay(target)
    for row in rows:
        sys.stdout.write(f"{row.name}\t{row.bare}\t{row.trusted}\t{row.reason}\n")
    sys.stdout.write(f"house {base.make.house().fingerprint}\n")


if __name__ == "__main__":
    main()
