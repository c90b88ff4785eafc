"""Take out each check of the verifier in turn; the corpus must break every time.

    python -m tests.forgeries.mutate [MODULE …] [--jobs N] [--only REGEX] [--record]

The corpus is first put before the verifier as it is, which notes (`mutants.woven`) on which
forgeries each mutant would have behaved otherwise; it then meets those alone, likely ones first.
A mutant is told by another verdict or reason, by a crash (which the command turns into "cannot
check", so that it is never green) or by losing its way; the three are counted apart.

Exit 1 when a mutant survives that is not listed with its reason in `equivalent.json`, or one that
is listed there was told. `--only` takes a part of the corpus: it then only says what that part
tells. `--record` keeps in `told.json` which forgery told each mutant: the next run tries it first,
and the tests try some of them.
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
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from tests.forgeries import corpus, judged
from tests.forgeries.corpus import Laid
from tests.forgeries.mutants import MODULES, PACKAGE, Mutant, mutants_of, source_of, woven
from tests.forgeries.notes import Notes

FIRST = ("sound-zip", "sound-pdf-alone", "sound-folder", "sound-bag")
EQUIVALENT = Path(__file__).with_name("equivalent.json")
TOLD = Path(__file__).with_name("told.json")
PATIENCE_S = 30  # of a processor, for two verdicts that take a quarter of a second
ASLEEP_S = 600  # by the clock, for one that waits for something that never comes


class End(StrEnum):
    """What becomes of a mutant."""

    VERDICT = "verdict"  # another verdict or reason than the required one
    CRASH = "crash"
    TIME = "time"
    SURVIVES = "survives"


@dataclass(frozen=True)
class Fate:
    """How a mutant ended, and the forgery that told it."""

    name: str
    end: End
    row: str = ""
    tried: int = 0


@dataclass(frozen=True)
class Walked:
    """A forgery on disk, and the mutants that would have behaved otherwise on it."""

    laid: Laid
    noted: frozenset[str]


class UnsoundError(Exception):
    """The verifier as it is does not judge a forgery as required: a run would show nothing."""


def walk(rows: Sequence[corpus.Forgery], folder: Path, jobs: int) -> list[Walked]:
    """Write each forgery and put it before the woven verifier.

    Raises:
        UnsoundError: one is not judged as required.
    """
    # All are made here: the typesetter's threads do not live on in a child.
    made = (_lay(row, folder / str(number)) for number, row in enumerate(rows))
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        return list(pool.imap(_walk, made))


_notes = Notes()


def _lay(row: corpus.Forgery, place: Path) -> Laid:
    place.mkdir()
    laid = corpus.lay(row, place)
    # Without the function that made it: that does not travel between processes.
    return replace(laid, row=replace(row, make=_made_already))


def _made_already() -> Any:
    raise LookupError("this forgery lies on disk")


@cache
def _weave() -> None:
    """Once in each process, which is a child."""
    sources = {f"{PACKAGE}.{module}": woven(module) for module in MODULES}
    _load(sources, met=lambda name: _notes.met(name), weigh=lambda *all_: _notes.weigh(*all_))
    importlib.import_module(judged.COMMAND)


def _walk(laid: Laid) -> Walked:
    _weave()
    _notes.names = set()
    wrong = laid.wrong()
    if wrong:
        raise UnsoundError(f"{laid.row.name}: {'; '.join(wrong)}")
    return Walked(laid, frozenset(_notes.names))


def run(mutants: Sequence[Mutant], walked: Sequence[Walked], jobs: int) -> Iterator[Fate]:
    """The fate of each mutant, as it becomes known; each lives in a process of its own."""
    _walked[:], _mutants[:] = walked, mutants
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
        yield from pool.imap_unordered(_fate_of, range(len(mutants)), chunksize=1)


_walked: list[Walked] = []  # for the children: they are forked, not sent a copy
_mutants: list[Mutant] = []


def _fate_of(number: int) -> Fate:
    """Only in a process of its own: it changes what is loaded."""
    mutant = _mutants[number]
    signal.signal(signal.SIGPROF, _lost)
    signal.signal(signal.SIGALRM, _lost)
    _load({f"{PACKAGE}.{mutant.module}": mutant.source()})
    tried = 0
    for laid in relevant(mutant, _walked):
        tried += 1
        signal.setitimer(signal.ITIMER_PROF, PATIENCE_S)
        signal.alarm(ASLEEP_S)
        try:
            bare, trusted = judged.judge(laid.bare), judged.judge(laid.trusted)
        except _LostError:
            return Fate(mutant.name, End.TIME, laid.row.name, tried)
        except Exception:  # noqa: BLE001 -- it cannot even be loaded
            return Fate(mutant.name, End.CRASH, laid.row.name, tried)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.alarm(0)
        if laid.row.wrong(bare, trusted):
            broke_down = bare.broke_down or trusted.broke_down
            end = End.CRASH if broke_down else End.VERDICT
            return Fate(mutant.name, end, laid.row.name, tried)
    return Fate(mutant.name, End.SURVIVES, tried=tried)


class _LostError(BaseException):
    """Not an Exception: the verifier would take it for a crash of its own."""


def _lost(_: int, __: FrameType | None) -> None:
    raise _LostError


def _load(sources: Mapping[str, str], **names: Any) -> None:
    """Let the verifier be imported anew, these modules in this wording and with these names."""
    for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Reworded(sources, names))


class _Reworded(MetaPathFinder, Loader):
    """Finds modules of the verifier in another wording."""

    def __init__(self, sources: Mapping[str, str], names: Mapping[str, Any]) -> None:
        self._sources, self._names = sources, names

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name in self._sources else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(source_of(module.__name__.rpartition(".")[2]))
        module.__dict__.update(self._names)
        exec(compile(self._sources[module.__name__], module.__name__, "exec"), module.__dict__)


def relevant(mutant: Mutant, walked: Sequence[Walked]) -> Iterator[Laid]:
    """The forgeries on which it behaves otherwise: the one that told it last time, those about
    what it no longer says, sound ones, those on which few others do.
    """

    def order(each: Walked) -> tuple[bool, bool, int, int]:
        row = each.laid.row
        code = row.reason.rpartition("/")[2]
        first = FIRST.index(row.name) if row.name in FIRST else len(FIRST)
        is_named = bool(code) and code in mutant.name
        return row.name != told().get(mutant.name), not is_named, first, len(each.noted)

    noted = [each for each in walked if mutant.name in each.noted]
    return iter([each.laid for each in sorted(noted, key=order)])


@cache
def told() -> dict[str, str]:
    """Which forgery told each mutant when it was last recorded."""
    found: dict[str, str] = json.loads(TOLD.read_text(encoding="utf-8"))
    return found


def equivalent() -> dict[str, str]:
    """Mutants that make no difference which this corpus could show, each with its reason."""
    found: dict[str, str] = json.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return found


def record(fate: Fate) -> None:
    """Keep who told a mutant, or forget who did."""
    kept = {name: row for name, row in told().items() if name != fate.name}
    if fate.end is not End.SURVIVES:
        kept[fate.name] = fate.row
    told.cache_clear()
    text = json.dumps(kept, indent=2, ensure_ascii=False, sort_keys=True)
    written = TOLD.with_suffix(".new")
    written.write_text(text + "\n", encoding="utf-8")
    written.replace(TOLD)  # at once: another child may be reading it


def main() -> int:
    """The long run: a minute for the corpus, then a few mutants a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=MODULES)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", type=re.compile, help="forgeries of these names")
    parser.add_argument("--record", action="store_true", help="keep who told whom in told.json")
    options = parser.parse_args()
    mutants = [mutant for module in options.modules for mutant in mutants_of(module)]
    rows = [r for r in corpus.all_of_them() if not options.only or options.only.match(r.name)]
    with tempfile.TemporaryDirectory() as folder:
        walked = walk(rows, Path(folder), options.jobs)
        _say(f"{len(walked)} forgeries, {len(mutants)} mutants")
        fates = []
        for fate in run(mutants, walked, options.jobs):
            fates.append(fate)
            if fate.end is End.SURVIVES and (options.only or fate.name not in equivalent()):
                _say(f"survives {fate.tried} forgeries: {fate.name}")
            if options.record:  # each time: a long run may be stopped
                record(fate)
    count = Counter(fate.end for fate in fates)
    survivors = {fate.name for fate in fates if fate.end is End.SURVIVES}
    summary = (
        f"{len(mutants)} mutants: told by a verdict {count[End.VERDICT]}, by a crash "
        f"{count[End.CRASH]}, by time {count[End.TIME]}; survive {len(survivors)}"
    )
    if options.only:
        _say(f"{summary}, of this part of the corpus")
        return 0
    unlisted = survivors - equivalent().keys()
    died = {fate.name for fate in fates} & equivalent().keys() - survivors
    for name in sorted(died):
        _say(f"listed as equivalent, yet the corpus tells it: {name}")
    _say(f"{summary}, of these {len(survivors) - len(unlisted)} equivalent")
    return 1 if died or unlisted else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
