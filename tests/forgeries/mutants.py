"""Every check of the verifier, taken out one at a time.

A mutant is the verifier with one thing gone: a finding that is no longer reported, a refusal that
is no longer raised, one half of an `and` or `or`, one member of a comparison, a False said as True,
a judgement that is always yes or always no.

`woven` is the verifier with nothing gone that notes which mutants would have behaved otherwise, at
their own place, on what is being checked: only those can be told by it.
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
from typing import Any

PACKAGE = "complaints.bundle.verify"
MODULES = [
    "case_uco",
    "checking",
    "command",
    "container",
    "custody",
    "files",
    "log",
    "manifests",
    "original",
    "paper",
    "paper_alone",
    "records",
    "redactions",
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
    place: int  # of the node among all nodes of the module, as `ast.walk` meets them
    replacement: ast.AST

    def source(self) -> str:
        """The whole module without it."""
        tree = _tree(self.module)
        node = list(ast.walk(tree))[self.place]
        changed = _Exchange(node, copy.deepcopy(self.replacement)).visit(tree)
        return ast.unparse(ast.fix_missing_locations(changed))


def source_of(module: str) -> Path:
    """The file of one module of the verifier."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.submodule_search_locations is None:
        raise LookupError(PACKAGE)
    return Path(spec.submodule_search_locations[0]) / f"{module}.py"


def mutants_of(module: str) -> list[Mutant]:
    """All mutants of one module, in the order of its lines."""
    tree = _tree(module)
    places = {id(node): place for place, node in enumerate(ast.walk(tree))}
    found: list[Mutant] = []
    seen: Counter[str] = Counter()
    for function in _functions(tree):
        for node, replacement, gone in _changes(function):
            name = f"{module}.{function.name}: {gone}"
            seen[name] += 1
            if seen[name] > 1:
                name += f" #{seen[name]}"
            found.append(Mutant(name, module, places[id(node)], replacement))
    return found


def woven(module: str) -> str:
    """The module as it is, with a note at the place of each of its mutants.

    It calls `met(name)` where a statement is reached, and `weigh(sound, {name: otherwise})`, all of
    them without arguments, in place of a condition; see `notes.Notes`.
    """
    tree = _tree(module)
    nodes = list(ast.walk(tree))
    at: dict[int, list[Mutant]] = {}
    for mutant in mutants_of(module):
        at.setdefault(id(nodes[mutant.place]), []).append(mutant)
    return ast.unparse(ast.fix_missing_locations(_Weaver(at).visit(tree)))


def _tree(module: str) -> ast.Module:
    return ast.parse(source_of(module).read_text(encoding="utf-8"))


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
        elif isinstance(node, ast.Return) and _judges(function) and not _is_constant(node.value):
            for always in (True, False):
                told = f"always {always} for `{_short(node)}`"
                yield node, ast.Return(ast.Constant(always)), told
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Tuple):
            yield from _members(node, node.left)


def _judges(function: ast.FunctionDef) -> bool:
    return isinstance(function.returns, ast.Name) and function.returns.id == "bool"


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


def _is_constant(node: ast.expr | None) -> bool:
    return node is None or isinstance(node, ast.Constant)


class _Exchange(ast.NodeTransformer):
    def __init__(self, marked: ast.AST, by: ast.AST) -> None:
        self._marked, self._by = marked, by

    def visit(self, node: ast.AST) -> ast.AST:
        return self._by if node is self._marked else self.generic_visit(node)


class _Weaver(ast.NodeTransformer):
    """Puts a note before each statement, and around each condition, that a mutant is about."""

    def __init__(self, at: dict[int, list[Mutant]]) -> None:
        self._at = at

    def visit(self, node: ast.AST) -> Any:
        mutants = self._at.get(id(node), [])
        plain = [copy.deepcopy(each.replacement) for each in mutants]  # before it is woven itself
        inside = self.generic_visit(node)
        if not mutants:
            return inside
        if isinstance(inside, ast.stmt):
            return [*(_noted(each.name) for each in mutants), inside]
        assert isinstance(inside, ast.expr)
        names: list[ast.expr | None] = [ast.Constant(each.name) for each in mutants]
        otherwise = [_thunk(each) for each in plain]
        arguments = [_thunk(inside), ast.Dict(names, otherwise)]
        return ast.Call(ast.Name("weigh", ast.Load()), arguments, [])


def _noted(name: str) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Name("met", ast.Load()), [ast.Constant(name)], []))


def _thunk(body: ast.AST) -> ast.expr:
    assert isinstance(body, ast.expr)
    if any(isinstance(each, ast.NamedExpr) for each in ast.walk(body)):
        raise ValueError("a name that is given within a condition would be lost in a lambda")
    nothing = ast.arguments([], [], None, [], [], None, [])
    return ast.Lambda(nothing, body)
