"""Is the catalogue complete? One set of texts in both languages, all that the code names in it.

Run by `make check`; needs no database. Asks for a text of
- every problem: a class-level `code = "…"`, and each line of `config/problem_codes.py`;
- every value of the closed lists that a person sees (acts, labels, kinds, roles, purposes).
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config.problem_codes import STATUS  # noqa: E402 - after ROOT is on the path

APPS = ("accounts", "evidence", "complaints", "config")
LANGUAGES = ("zh-CN", "en")


def messages(language: str, faults: list[str]) -> dict[str, frozenset[str]]:
    """Read every message of one language: its key, and the arguments it names."""
    found: dict[str, frozenset[str]] = {}
    for file in sorted((ROOT / "locale" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            place = f"locale/{language}/{file.name}"
            if isinstance(entry, ftl.Junk):
                first_line = (entry.content or "").strip().splitlines()[0]
                faults.append(f"{place}: cannot be read at `{first_line}`")
            elif isinstance(entry, ftl.Message):
                for key, pattern in _patterns(entry):
                    if key in found:
                        faults.append(f"{place}: `{key}` stands twice")
                    found[key] = _arguments(pattern)
    return found


def _patterns(message: ftl.Message) -> Iterator[tuple[str, ftl.Pattern]]:
    if message.value is not None:
        yield message.id.name, message.value
    for attribute in message.attributes:
        yield f"{message.id.name}.{attribute.id.name}", attribute.value


def _arguments(pattern: ftl.Pattern) -> frozenset[str]:
    return frozenset(_variables(pattern.to_json()))


def _variables(node: object) -> Iterator[str]:
    """Name the variables of a pattern, wherever they are nested."""
    if isinstance(node, list):
        for one in node:
            yield from _variables(one)
    elif isinstance(node, dict):
        if node.get("type") == "VariableReference":
            yield node["id"]["name"]
        for part in node.values():
            yield from _variables(part)


def python_files() -> Iterator[Path]:
    """Every module of ours that runs."""
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def problem_codes(faults: list[str]) -> dict[str, str]:
    """Find every problem code: where each is given, for the message."""
    codes: dict[str, str] = {}
    for file in python_files():
        try:
            tree = ast.parse(file.read_text("utf-8"))
        except SyntaxError as mistake:
            faults.append(f"{file.relative_to(ROOT)}:{mistake.lineno} is no Python of this version")
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                for code in _class_codes(node):
                    codes[code] = f"{file.relative_to(ROOT)}:{node.name}"
    for code in STATUS:
        codes.setdefault(code, "config/problem_codes.py")
    return codes


def _class_codes(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign | ast.AnnAssign):
            targets = line.targets if isinstance(line, ast.Assign) else [line.target]
            names = {target.id for target in targets if isinstance(target, ast.Name)}
            value = line.value
            if "code" in names and isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def closed_lists() -> dict[str, str]:
    """Give every key that a closed list of the code asks for, and where it is listed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from accounts.models import Role  # noqa: PLC0415 - after Django is set up
    from evidence.abuse.collectors import Sort  # noqa: PLC0415
    from evidence.abuse.kinds import KINDS, LABELS  # noqa: PLC0415
    from evidence.collectors import WORDS, State  # noqa: PLC0415
    from evidence.consents import NAMES as PURPOSES  # noqa: PLC0415
    from evidence.integrity.acts import Act  # noqa: PLC0415
    from evidence.models import SegmentDecision  # noqa: PLC0415
    from evidence.speech.guards import DOUBTS, DROPPED  # noqa: PLC0415

    families: list[tuple[str, Iterable[str], str]] = [
        ("role-", Role.values, "accounts.models.Role"),
        ("purpose-", PURPOSES, "evidence.consents.PURPOSES"),
        ("client-act-", [act.value for act in Act], "evidence.integrity.acts.Act"),
        ("client-label-", LABELS, "evidence.abuse.kinds.LABELS"),
        ("client-speech-doubt-", DOUBTS, "evidence.speech.guards.DOUBTS"),
        ("client-speech-dropped-", DROPPED, "evidence.speech.guards.DROPPED"),
        ("draft-speaker-", SegmentDecision.Speaker.values, "evidence.models.SegmentDecision"),
        (
            "client-segment-speaker-",
            SegmentDecision.Speaker.values,
            "evidence.models.SegmentDecision",
        ),
        ("matching-state-", State, "evidence.collectors.State"),
        ("matching-sort-", Sort, "evidence.abuse.collectors.Sort"),
        ("matching-words-", map(str, range(1, WORDS + 1)), "evidence.collectors.WORDS"),
        ("abuse-label-", LABELS, "evidence.abuse.kinds.LABELS"),
        ("law-kind-", KINDS, "evidence.abuse.kinds.KINDS"),
    ]
    return {f"{start}{value}": place for start, values, place in families for value in values}


def find_faults() -> list[str]:
    """List everything that is missing, doubled, unreadable or different between the languages."""
    faults: list[str] = []
    by_language = {language: messages(language, faults) for language in LANGUAGES}
    first, second = (by_language[language] for language in LANGUAGES)
    for key in sorted(set(first) ^ set(second)):
        lacking = LANGUAGES[0] if key not in first else LANGUAGES[1]
        faults.append(f"`{key}` has no text in {lacking}")
    for key in sorted(set(first) & set(second)):
        if first[key] != second[key]:
            faults.append(f"`{key}` names other values in each language")
    for key, place in sorted((problem_codes(faults) | closed_lists()).items()):
        if key not in first and key not in second:
            faults.append(f"`{key}` has no text ({place})")
    return faults


def main() -> int:
    """Print each fault on a line; 1 when there is any."""
    faults = find_faults()
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if not faults:
        sys.stdout.write("The catalogue is complete.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
