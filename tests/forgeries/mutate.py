"""Take out each check of the verifier in turn; the corpus must break every time.

    python -m tests.forgeries.mutate [MODULE …] [--jobs N] [--only REGEX]

`--only` takes a part of the corpus: survivors then only say what that part does not tell.
The corpus is first run with a trace, so that each mutant meets only the forgeries that walk
through its lines, the unusual ones first. Prints every survivor; exit 1 when one is not listed as
equivalent, with its reason, in `equivalent.json`, or when one that is listed there has died.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from tests.forgeries import base, corpus
from tests.forgeries.mutants import MODULES, PACKAGE, Mutant, mutants_of, source_of

SOUND = ("sound-zip", "sound-folder", "sound-bag", "sound-pdf-alone")
EQUIVALENT = Path(__file__).with_name("equivalent.json")
PATIENCE_S = 60  # a mutant that has lost its way is as dead as one that crashes
Lines = dict[str, frozenset[int]]  # by module


@dataclass(frozen=True)
class Laid:
    """A forgery on disk, what must be said of it, and the lines that say so."""

    row: corpus.Forgery
    path: Path
    original: Path | None
    lines: Lines


def lay(rows: Sequence[corpus.Forgery], folder: Path) -> list[Laid]:
    """Write each forgery, check it with the verifier as it is, keep the lines it walked.

    Raises:
        AssertionError: one is not judged as required: a mutation run would show nothing.
    """
    found = []
    for number, row in enumerate(rows):
        place = folder / str(number)
        place.mkdir()
        handed = row.make()
        path, original = handed.lay(place), handed.lay_original(place)
        with Trace() as trace:
            sound = holds(row, path, original)
        assert sound, row.name
        found.append(Laid(row, path, original, trace.lines()))
    return found


def holds(row: corpus.Forgery, path: Path, original: Path | None) -> bool:
    """Whether the verifier that is loaded says what it must, with and without trust."""
    checking = importlib.import_module(f"{PACKAGE}.checking")
    brought = importlib.import_module(f"{PACKAGE}.trusted").Trusted
    known = brought(houses=base.trusted().houses, roots=base.trusted().roots)
    for trust, wanted, reason in (
        (known, row.trusted, row.reason_trusted or row.reason),
        (brought(), row.bare, row.reason),
    ):
        verdict = checking.check_path(path, trust, original)
        if str(verdict.verdict) != wanted or (reason and reason not in corpus.said(verdict)):
            return False
        if verdict.signer_known and trust is not known:
            return False
    return True


def survives(mutant: Mutant, laid: Sequence[Laid]) -> bool:
    """Whether no forgery tells this mutant from the verifier. Only in a process of its own."""
    signal.signal(signal.SIGALRM, _lost)
    load(mutant)
    try:
        for each in relevant(mutant, laid):
            signal.alarm(PATIENCE_S)
            if not holds(each.row, each.path, each.original):
                return False
    except Exception:  # noqa: BLE001 -- a verifier that breaks down is not taken for the sound one
        return False
    finally:
        signal.alarm(0)
    return True


def load(mutant: Mutant) -> None:
    """Let the verifier be imported anew, with this one module changed."""
    for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Changed(mutant))


class _Changed(MetaPathFinder, Loader):
    """Finds one module of the verifier in another wording."""

    def __init__(self, mutant: Mutant) -> None:
        self._name, self._source = f"{PACKAGE}.{mutant.module}", mutant.source

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, self._name, "exec"), module.__dict__)  # our own source


def relevant(mutant: Mutant, laid: Sequence[Laid]) -> Iterator[Laid]:
    """Those that walk these lines and are sound, or go another way than those."""
    module = mutant.module
    usual = {each.lines.get(module) for each in laid if each.row.name in SOUND}
    for each in laid:
        walked = each.lines.get(module, frozenset())
        is_usual = walked in usual and each.row.bare != corpus.UNCHANGED
        if not walked.isdisjoint(mutant.lines) and not is_usual:
            yield each


class Trace:
    """Which lines of the verifier are walked, by module."""

    def __enter__(self) -> Trace:
        self._files = {str(source_of(module)): module for module in MODULES}
        self._walked: dict[str, set[int]] = {module: set() for module in MODULES}
        threading.settrace(self._enter)  # files are hashed in threads
        sys.settrace(self._enter)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        threading.settrace(None)  # type: ignore[arg-type]  # None is how it is taken off

    def lines(self) -> Lines:
        """What was walked, complete."""
        return {module: frozenset(lines) for module, lines in self._walked.items()}

    def _enter(self, frame: FrameType, event: str, _: object) -> Any:
        module = self._files.get(frame.f_code.co_filename)
        if module is None:
            return None
        walked = self._walked[module]

        def line(frame: FrameType, event: str, _: object) -> Any:
            walked.add(frame.f_lineno)
            return line

        return line


def run(mutants: Sequence[Mutant], laid: Sequence[Laid], jobs: int) -> list[str]:
    """The names of the survivors; each mutant lives and dies in a process of its own."""
    _laid[:] = laid
    survivors = []
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
        for number, (name, survived) in enumerate(pool.imap(_try, mutants, chunksize=1), 1):
            if survived:
                survivors.append(name)
                sys.stdout.write(f"{number}/{len(mutants)} survives: {name}\n")
                sys.stdout.flush()
    return survivors


_laid: list[Laid] = []  # for the children: they are forked, not sent a copy


def _try(mutant: Mutant) -> tuple[str, bool]:
    return mutant.name, survives(mutant, _laid)


def _lost(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    """The long run; minutes for each hundred mutants."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=MODULES)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", type=re.compile, default="", help="forgeries of these names")
    options = parser.parse_args()
    mutants = [mutant for module in options.modules for mutant in mutants_of(module)]
    listed = json.loads(EQUIVALENT.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for row in corpus.all_of_them() if re.match(options.only, row.name)]
        laid = lay(rows, Path(folder))
        sys.stdout.write(f"{len(laid)} forgeries, {len(mutants)} mutants\n")
        sys.stdout.flush()
        survivors = set(run(mutants, laid, options.jobs))
    died = {mutant.name for mutant in mutants} & listed.keys() - survivors
    unlisted = survivors - listed.keys()
    for name in sorted(died):
        sys.stdout.write(f"listed as equivalent, yet the corpus tells it: {name}\n")
    sys.stdout.write(
        f"{len(mutants) - len(survivors)} of {len(mutants)} found by the corpus, "
        f"{len(survivors) - len(unlisted)} equivalent, {len(unlisted)} not found\n"
    )
    return 1 if died or unlisted else 0


if __name__ == "__main__":
    sys.exit(main())
