"""Every check of the verifier, taken out one at a time.

A mutant is the verifier with one thing gone: a finding that is no longer reported, a refusal that
is no longer raised, one half of an `and` or `or`, one member of a comparison, a False said as True.
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "complaints.bundle.verify"
# The face of the command (command, __main__) judges nothing.
MODULES = [
    "checking",
    "container",
    "custody",
    "files",
    "log",
    "manifests",
    "original",
    "paper",
    "paper_alone",
    "records",
    "sm3",
    "subject",
    "tokens",
    "trusted",
    "verdict",
]
CHECKS = re.compile(r"changed|missing|cannot|unknown|_?check\w*|_refuse\w*|_take|finish|read_h")


@dataclass(frozen=True)
class Mutant:
    """One check taken out of one module."""

    name: str  # module.function: what is gone; the same as long as that code is
    module: str
    lines: range  # where the code was
    source: str


def source_of(module: str) -> Path:
    """The file of one module of the verifier."""
    spec = find_spec(f"{PACKAGE}.{module}")
    if spec is None or spec.origin is None:
        raise LookupError(module)
    return Path(spec.origin)


def mutants_of(module: str) -> list[Mutant]:
    """All mutants of one module, in the order of its lines."""
    tree = ast.parse(source_of(module).read_text(encoding="utf-8"))
    found: list[Mutant] = []
    seen: Counter[str] = Counter()
    for function in _functions(tree):
        for node, replacement, gone in _changes(function):
            name = f"{module}.{function.name}: {gone}"
            seen[name] += 1
            if seen[name] > 1:
                name += f" #{seen[name]}"
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            found.append(Mutant(name, module, lines, _written(tree, node, replacement)))
    return found


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _changes(function: ast.FunctionDef) -> Iterator[tuple[ast.expr | ast.stmt, ast.AST, str]]:
    """What can go in one function: the node, what stands in its place, and how to name it."""
    for node in ast.walk(function):
        is_check = isinstance(node, ast.Expr) and CHECKS.match(_called(node.value))
        if isinstance(node, ast.stmt) and (is_check or isinstance(node, ast.Raise)):
            yield node, ast.Pass(), f"no {_short(node)}"
        elif isinstance(node, ast.BoolOp):
            for index, operand in enumerate(node.values):
                rest = [each for n, each in enumerate(node.values) if n != index]
                kept = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
                yield node, kept, f"without `{_short(operand)}`"
        elif isinstance(node, ast.Return) and _is_false(node.value):
            yield node, ast.Return(ast.Constant(True)), "True for False"
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Tuple):
            yield from _members(node, node.left)


def _members(node: ast.Compare, left: ast.Tuple) -> Iterator[tuple[ast.expr, ast.AST, str]]:
    right = node.comparators[0]
    if not isinstance(right, ast.Tuple):
        return
    for index, member in enumerate(left.elts):
        sides = [
            ast.Tuple([each for n, each in enumerate(side.elts) if n != index], ast.Load())
            for side in (left, right)
        ]
        kept = ast.Compare(sides[0], node.ops, [sides[1]])
        yield node, kept, f"without comparing `{_short(member)}`"


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)


def _is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _short(node: ast.AST) -> str:
    return ast.unparse(node)


class _Exchange(ast.NodeTransformer):
    def __init__(self, marked: ast.AST, by: ast.AST) -> None:
        self._marked, self._by = marked, by

    def visit(self, node: ast.AST) -> ast.AST:
        return self._by if node is self._marked else self.generic_visit(node)


def _written(tree: ast.Module, node: ast.AST, replacement: ast.AST) -> str:
    """The whole module with one node exchanged; the tree itself stays as it was."""
    whole, mine = copy.deepcopy((tree, node))  # one copy, so that the node is the tree's own
    changed = _Exchange(mine, copy.deepcopy(replacement)).visit(whole)
    return ast.unparse(ast.fix_missing_locations(changed))
