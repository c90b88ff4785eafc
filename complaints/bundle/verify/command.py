"""The command's face (fixed: it changes only with a new version): arguments, lines, exit code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NoReturn, TextIO

from complaints.bundle.verify.checking import check_path
from complaints.bundle.verify.trusted import ROOTS, TrustArgumentError, Trusted
from complaints.bundle.verify.verdict import Ledger, Name, Result, Verdict, both

MARKS = {Result.PASS: "✓", Result.FAIL: "✗", Result.UNKNOWN: "?"}


def run(arguments: Sequence[str], out: TextIO) -> int:
    """Check one package; returns the exit code. A crash is the caller's to turn into 2."""
    options = _options(arguments)
    try:
        trusted = Trusted.of(options.trust, roots=options.roots, at=options.at)
    except TrustArgumentError:
        ledger = Ledger()
        ledger.cannot(Name.SIGNER, "trust-argument")
        verdict = ledger.close()
    else:
        verdict = check_path(options.path, trusted, options.original, with_sm3=options.sm3)
    show(verdict, out, as_json=options.json)
    return verdict.exit_code


def show(verdict: Verdict, out: TextIO, *, as_json: bool) -> None:
    """Print a verdict: for a program, or for a person."""
    if as_json:
        out.write(json.dumps(verdict.as_json(), ensure_ascii=False) + "\n")
        return
    word = f"verdict-{verdict.verdict.replace('_', '-')}"
    signer = both("verdict-signer-known" if verdict.signer_known else "verdict-signer-unknown")
    out.write(f"{both(word)}  —  {signer}\n\n")
    for check in verdict.checks:
        where = f" [{check.where}]" if check.where else ""
        out.write(f"{MARKS[check.result]} {check.name}{where}: {check.what}\n")
    if verdict.not_proved:
        out.write(f"\n{both('verdict-not-proved')}\n")
        for line in verdict.not_proved:
            out.write(f"- {line}\n")


def crashed(kind: str, out: TextIO, *, as_json: bool) -> int:
    """The verdict of a verifier that broke down: it could not check, and accuses nobody."""
    ledger = Ledger()
    ledger.cannot(Name.CONTAINER, "crash", kind=kind)
    verdict = ledger.close()
    show(verdict, out, as_json=as_json)
    return verdict.exit_code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Wrong arguments: nothing was checked."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}\n")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog="python -m complaints.bundle.verify", description=__doc__)
    parser.add_argument("path", type=Path, help="folder, ZIP, bag ZIP, or the complaint PDF alone")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="FINGERPRINT|FILE",
        help="house key's fingerprint, a trust.json, or a PEM of roots; may be given several times",
    )
    parser.add_argument("--roots", type=Path, default=ROOTS, help="another dated list of TSA roots")
    parser.add_argument(
        "--at", type=_day, metavar="YYYY-MM-DD", help="judge stamps as of this day (UTC); else now"
    )
    parser.add_argument("--original", type=Path, help="read this original again and compare")
    sm3 = parser.add_mutually_exclusive_group()
    sm3.add_argument("--sm3", action="store_true", default=None, help="compare SM3 however long")
    sm3.add_argument("--without-sm3", action="store_false", dest="sm3", help="never compare SM3")
    return parser.parse_args(arguments)


def _day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(), UTC)
