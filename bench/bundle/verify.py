"""How fast a large package is verified, beside `openssl dgst -sha256` over the same bytes.

usage: python bench/bundle/verify.py [MB=2000] [ROUNDS=3] [FOLDER]

Builds one seeded package of invented recordings, as a ZIP and as a folder, then runs, in turn and
as processes of their own, `openssl dgst` over it and `python -m complaints.bundle.verify` with
`--trust`: as it comes (no SM3 above 256 MB) beside openssl's SHA-256, and with `--sm3` beside
openssl's SHA-256 and SM3 one after the other. Promised of both: 60 % of openssl's speed, below
200 MB of memory at the peak.
The whole process counts, with its start, the PDF and every signature and token. Medians, with
processor time (user and system) beside the wall clock. MB = 10**6. Exit 1: a promise is not kept.
"""

from __future__ import annotations

import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
EXHIBITS = 20
PROMISED_RATIO, PROMISED_MB = 0.60, 200


@dataclass(frozen=True)
class Run:
    """One process: seconds by the wall clock, seconds of a processor, peak memory in MB."""

    clock: float
    processor: float
    peak: float


def main() -> int:
    if sys.argv[1:2] == ["--build"]:
        build(Path(sys.argv[2]), int(sys.argv[3]))
        return 0
    megabytes = int(sys.argv[1] if len(sys.argv) > 1 else 2000)
    rounds = int(sys.argv[2] if len(sys.argv) > 2 else 3)
    where = sys.argv[3] if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory(dir=where) as place:
        # A child's peak memory begins with its parent's: what builds must not be what measures.
        command = [sys.executable, __file__, "--build", place, str(megabytes)]
        fingerprint = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return told(measured(Path(place), fingerprint.strip(), rounds))


def build(place: Path, megabytes: int) -> None:
    """The package, below `place`; prints the house's fingerprint."""
    # Not at the top: what measures must stay small.
    from complaints.bundle import folder, package  # noqa: PLC0415
    from tests.complaints.bundle import make_package as make  # noqa: PLC0415

    house = make.house()
    size = megabytes * 10**6 // EXHIBITS
    large = tuple(
        make.exhibit(
            f"A-{number}",
            random.Random(number).randbytes(size),
            of=house,
            name="通话录音",
            media_type="audio/wav",
            extension="wav",
        )
        for number in range(2, EXHIBITS + 2)
    )
    whole = make.content(exhibits=(*make.content().exhibits, *large))
    made = package.build(whole, house=house, fonts=make.fonts(), clock=make.clock)
    with (place / "package.zip").open("wb") as out:
        folder.write_zip(made, out)
    folder.write_folder(made, place)
    print(house.fingerprint)


def measured(place: Path, fingerprint: str, rounds: int) -> dict[str, tuple[int, list[Run]]]:
    """Bytes and runs of each thing; one round before the first warms the page cache."""
    archive = place / "package.zip"
    [folder] = [each for each in place.iterdir() if each.is_dir()]
    files = sorted(str(each) for each in folder.rglob("*") if each.is_file())
    verify = [sys.executable, "-m", "complaints.bundle.verify", "--json", "--trust", fingerprint]
    commands: dict[str, tuple[int, list[list[str]]]] = {}
    for shape, path, read in (("zip", archive, [str(archive)]), ("folder", folder, files)):
        size = sum(Path(each).stat().st_size for each in read)
        sha256, sm3 = (["openssl", "dgst", f"-{name}", *read] for name in ("sha256", "sm3"))
        whole = [*verify, str(path)]
        commands[f"openssl, {shape}"] = (size, [sha256])
        commands[f"verify, {shape}"] = (size, [whole])
        commands[f"openssl, {shape}, SM3"] = (size, [sha256, sm3])
        commands[f"verify, {shape}, SM3"] = (size, [[*whole, "--sm3"]])
    runs: dict[str, list[Run]] = defaultdict(list)
    for number in range(rounds + 1):
        for name, (_, each) in commands.items():
            done = together([run(command) for command in each])
            if number:
                runs[name].append(done)
    return {name: (size, runs[name]) for name, (size, _) in commands.items()}


def together(runs: Sequence[Run]) -> Run:
    """Processes that ran one after the other, as one."""
    clock, processor = (sum(getattr(each, of) for each in runs) for of in ("clock", "processor"))
    return Run(clock, processor, max(each.peak for each in runs))


def run(command: Sequence[str]) -> Run:
    """Run to the end; a verifier that does not say `unchanged` measures nothing."""
    with tempfile.TemporaryFile("w+") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read()
    assert process.returncode == 0, said[:2000]
    assert "--json" not in command or json.load(io.StringIO(said))["verdict"] == "unchanged"
    return Run(clock, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)


def told(found: dict[str, tuple[int, list[Run]]]) -> int:
    """Print the figures; 1 when a promise is not kept."""
    kept = True
    for shape in ("zip", "folder", "zip, SM3", "folder, SM3"):
        speeds = {}
        for who in ("openssl", "verify"):
            size, runs = found[f"{who}, {shape}"]
            clock, processor = (
                size / 1e6 / statistics.median(getattr(each, of) for each in runs)
                for of in ("clock", "processor")
            )
            speeds[who] = clock, processor
            peak = max(each.peak for each in runs)
            print(
                f"{who + ', ' + shape:<20} {size / 1e6:6.0f} MB  {clock:6.0f} MB/s by the clock  "
                f"{processor:6.0f} MB/s of a processor  peak {peak:4.0f} MB"
            )
        clock, processor = (a / b for a, b in zip(speeds["verify"], speeds["openssl"], strict=True))
        print(
            f"{'ratio, ' + shape:<20} {clock:.1%} by the clock, {processor:.1%} of a processor"
            f"  (promised {PROMISED_RATIO:.0%}, below {PROMISED_MB} MB)"
        )
        kept = kept and clock >= PROMISED_RATIO and peak < PROMISED_MB
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
