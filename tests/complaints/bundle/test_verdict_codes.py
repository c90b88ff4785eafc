"""docs/formats/verdict.md: the codes of `--json` are those that the verifier can say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from complaints.bundle import language
from complaints.bundle.verify.verdict import Name

ROOT = Path(__file__).resolve().parents[3]
VERIFIER = ROOT / "complaints" / "bundle" / "verify"
FORMAT = ROOT / "docs" / "formats" / "verdict.md"
COLUMNS = {"passed": 0, "changed": 1, "missing": 1, "cannot": 2, "unknown": 2}
Said = set[tuple[str, int, str]]  # check, column of the table, code


def documented() -> Said:
    """The rows of the table of codes."""
    found: Said = set()
    for line in FORMAT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            for column, cell in enumerate(cells[1:]):
                found |= {
                    (cells[0].strip("`"), column, code) for code in re.findall("`([^`]+)`", cell)
                }
    return found


def said() -> Said:
    """What the calls of the ledger name."""
    found: Said = set()
    for path in sorted(VERIFIER.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if _is_of_ledger(node):
                    found |= {
                        (str(name), COLUMNS[node.func.attr], code)
                        for name in _names(node.args[0], function)
                        for code in _codes(node.args[1], function)
                    }
    return found


def _names(node: ast.expr, function: ast.FunctionDef) -> Iterator[Name]:
    """The check as it stands there, or as callers give it to this function."""
    if isinstance(node, ast.Attribute):
        yield Name[node.attr]
        return
    for path in sorted(VERIFIER.glob("*.py")):
        calls = re.findall(rf"{function.name}\(\s*Name\.(\w+)", path.read_text(encoding="utf-8"))
        yield from (Name[each] for each in calls)


def _is_of_ledger(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in COLUMNS
        and len(node.args) == 2
        and not isinstance(node.args[0], ast.Constant)
    )


def _codes(node: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """A literal, both of a choice, or what the name was given in this function."""
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _codes(node.body, function)
        yield from _codes(node.orelse, function)
    elif isinstance(node, ast.Name):
        for each in ast.walk(function):
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == node.id:
                yield from _codes(each.value, function)
    elif isinstance(node, ast.JoinedStr):  # container-<reason>: the reasons that are raised
        source = (VERIFIER / "container.py").read_text(encoding="utf-8")
        reasons = set(re.findall(r'ContainerError\("(\w+)"', source))
        yield from ("container-" + reason.replace("_", "-") for reason in reasons)
    else:
        raise AssertionError(ast.unparse(node))


def test_every_code_that_can_be_said_is_documented_under_its_check_and_result():
    beside = {("container", 2, "component-missing")}  # said where not even the catalogue is there

    assert said() | beside == documented()


def test_every_documented_code_has_its_words_in_the_catalogue():
    known = {key for key in language.messages("en") if key.startswith("check-")}

    assert known == {f"check-{code}" for _, _, code in documented()} - {"check-component-missing"}
