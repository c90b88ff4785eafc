"""Damages the readers' samples for as long as it may, and keeps what no reader foresaw.

    .venv/bin/python bench/readers/fuzz.py [SECONDS=60] [--only PART] [--keep FOLDER] [--seed N]

With `pip install -r requirements/fuzz.txt` the damage follows coverage (atheris); without it, it is
blind and seeded. A file that makes a reader die of something without a name, or work longer than
30 seconds, is written to the folder (`var/fuzz`), by the digest of its bytes. Make a test of it, or
put it into `tests/evidence/readers/found/`, whose files every test run reads again.
Exit 1: something was found; with atheris always 0.

Native libraries may take the process along: what was read last then lies in the folder as `last`.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import sys
import time
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

try:
    if "--blind" in sys.argv:
        raise ImportError
    import atheris
except ImportError:
    atheris = None

ROOMS = ("evidence.readers", "evidence.media", "evidence.provenance")
# Coverage is seen in what is imported from here on; readers are imported late otherwise.
with atheris.instrument_imports(include=list(ROOMS)) if atheris else nullcontext():
    for room in map(import_module, ROOMS):
        for module in iter_modules(room.__path__, f"{room.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    from evidence import provenance
    from evidence.provenance import credentials
    from evidence.readers import sniff
    from tests.evidence.readers.reads import worked_through
    from tests.samples.credentials import signed
    from tests.samples.of_readers import all_samples

SLOW_S = 30
MOST = 1 << 20  # bytes of a damaged file


def read_all(raw: bytes) -> None:
    """All that the cell does with a file but recognition."""
    began = time.monotonic()
    worked_through(raw)
    format_id = sniff(io.BytesIO(raw))
    provenance.look(io.BytesIO(raw), format_id)
    credentials.read(io.BytesIO(raw), format_id)
    if time.monotonic() - began > SLOW_S:
        raise TimeoutError(f"longer than {SLOW_S} s")


class Keeper:
    """Reads, and writes down what should not have happened; each kind of it once."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._seen: set[str] = set()
        self.read = 0

    @property
    def found(self) -> int:
        return len(self._seen)

    def __call__(self, raw: bytes) -> None:
        self.read += 1
        last = self._folder / "last"
        last.write_bytes(raw)
        try:
            read_all(raw)
        except Exception as error:  # noqa: BLE001 - whatever nobody foresaw is what we look for
            kind = f"{sniff(io.BytesIO(raw))}: {error!r} {_place(error)}"
            if kind not in self._seen:
                self._seen.add(kind)
                name = hashlib.sha256(raw).hexdigest()[:16]
                (self._folder / name).write_bytes(raw)
                print(f"{name}  {kind}", flush=True)
        last.unlink()


def _place(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        "" if trace is None else f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    )


def blindly(keeper: Keeper, samples: list[bytes], seconds: float, seed: int) -> None:
    """Change, move, double and cut bytes of a sample; splice two now and then."""
    chance, end = random.Random(seed), time.monotonic() + seconds
    while time.monotonic() < end:
        made = bytearray(chance.choice(samples))
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            made[chance.randrange(len(made))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 0x22, 0x3C))
        if chance.random() < 0.3:
            a, b = sorted(chance.randrange(len(made) + 1) for _ in range(2))
            made[a:a] = made[a:b][:4096]
        if chance.random() < 0.2:
            other = chance.choice(samples)
            at = chance.randrange(len(made))
            made[at:] = other[min(at, len(other)) :]
        if chance.random() < 0.2:
            del made[chance.randrange(1, len(made) + 1) :]
        if made:
            keeper(bytes(made[:MOST]))


def by_coverage(
    keeper: Keeper, samples: list[bytes], seconds: float, seed: int, folder: Path
) -> None:
    """Let atheris choose. It ends the process itself, with 0: the folder tells what was found."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for raw in samples:
        (corpus / hashlib.sha256(raw).hexdigest()[:16]).write_bytes(raw)
    options = [f"-max_total_time={int(seconds)}", f"-max_len={MOST}", f"-seed={seed}",
               "-rss_limit_mb=4096", "-timeout=60", f"-artifact_prefix={folder}/"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], keeper)
    atheris.Fuzz()


def main() -> int:
    """Fuzz; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="bench/readers/fuzz.py")
    parser.add_argument("seconds", type=float, nargs="?", default=60)
    parser.add_argument("--only", default="", help="samples whose name holds this")
    parser.add_argument("--keep", type=Path, default=ROOT / "var" / "fuzz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blind", action="store_true", help="without atheris, though it is there")
    told = parser.parse_args()
    named = all_samples()
    named["credentials/jpeg"] = signed(named["media/jpeg"], actions=("c2pa.cropped",))
    samples = [raw for name, raw in named.items() if told.only in name]
    if not samples:
        print(f"no sample's name holds {told.only!r}", file=sys.stderr)
        return 2
    keeper = Keeper(told.keep)
    if atheris:
        by_coverage(keeper, samples, told.seconds, told.seed, told.keep)
    else:
        blindly(keeper, samples, told.seconds, told.seed)
        print(f"{keeper.read} files read, {keeper.found} kinds of surprise")
    return 1 if keeper.found else 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)
