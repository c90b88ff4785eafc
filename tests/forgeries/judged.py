"""Puts a forgery before the verifier's command, as a clerk does, and reads what it says."""

from __future__ import annotations

import importlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from complaints.bundle import language

COMMAND = "complaints.bundle.verify.command"
EXIT_CODES = {"unchanged": 0, "changed": 1, "incomplete": 1, "cannot_check": 2}


@dataclass(frozen=True)
class Said:
    """One verdict. Reasons are `check/code`."""

    verdict: str
    exit_code: int
    signer_known: bool
    held: frozenset[str]
    failed: frozenset[str]
    unknown: frozenset[str]
    open: frozenset[str]  # codes of what is not proved

    @property
    def reasons(self) -> frozenset[str]:
        """Everything that is not a pass."""
        return self.failed | self.unknown

    @property
    def broke_down(self) -> bool:
        """Whether the verifier crashed."""
        return "container/crash" in self.unknown


def judge(arguments: Sequence[str]) -> Said:
    """What the command that is loaded says; a crash is said as `__main__` says it."""
    command = importlib.import_module(COMMAND)
    out = io.StringIO()
    try:
        code = command.run([*arguments, "--json"], out)
    except Exception as problem:  # noqa: BLE001 -- as in `__main__`
        out = io.StringIO()
        code = command.crashed(type(problem).__name__, out, as_json=True)
    return read(json.loads(out.getvalue()), code)


def read(value: Any, exit_code: int) -> Said:
    """The `--json` face, taken apart."""
    by_result: dict[str, set[str]] = {"pass": set(), "fail": set(), "unknown": set()}
    for check in value["checks"]:
        by_result[check["result"]].add(f"{check['name']}/{check['code']}")
    return Said(
        verdict=value["verdict"],
        exit_code=exit_code,
        signer_known=value["signer_known"],
        held=frozenset(by_result["pass"]),
        failed=frozenset(by_result["fail"]),
        unknown=frozenset(by_result["unknown"]),
        open=frozenset(code_of(line) for line in value["not_proved"]),
    )


def contradictions(said: Said) -> list[str]:
    """What no verdict may ever say, whatever it is about."""
    found = []
    if said.exit_code != EXIT_CODES[said.verdict]:
        found.append(f"{said.verdict} with exit code {said.exit_code}")
    if said.verdict == "unchanged" and said.failed:
        found.append("unchanged, yet something failed")
    is_open = "signer/signer-unknown" in said.unknown
    if said.verdict == "unchanged" and not said.signer_known and not is_open:
        found.append("unchanged, and does not say that the signer is not known")
    for reason in said.failed:
        check = reason.partition("/")[0]
        if f"{check}/{check}" in said.held:  # the code of a check that held throughout
            found.append(f"{check} held and failed")
    return found


@cache
def _sentences() -> list[tuple[str, re.Pattern[str]]]:
    """What is not proved, as it reads in English, by its code."""
    found = []
    for key, message in language.messages("en").items():
        if key.startswith("unproved-"):
            parts = map(re.escape, language.PLACEABLE.split(message)[::3])
            found.append((key.removeprefix("unproved-"), re.compile(f".* / {'.*'.join(parts)}")))
    return found


def code_of(line: str) -> str:
    [code] = [code for code, sentence in _sentences() if sentence.fullmatch(line)]
    return code
