"""How long a large complaint takes from approved to offered, in which memory, and how large it is.

usage: python bench/bundle/fixture.py [SCREENSHOTS=100] [ROUNDS=3] [--keep FOLDER]

An installation of its own with one invented case: screenshots of 1080 x 2400 and about 300 KB, 900
messages (every suggestion confirmed), 10 recordings of about 1 MB. All was taken in, sealed, read
and tagged before; what is measured is the worker's job alone: composed, built, verified by the
recipient's verifier, kept, offered. Each round is a new process, as cold as a worker is at its
first package; it counts from the moment at which its modules are loaded.

Promised of 100 screenshots: 8 s on two cores, below 600 MB, `2_COMPLAINT.pdf` below 60 MB.
KEEP: the installation is made there, or found there made. Processor time (user and system, with
children) stands beside the clock, because a machine may be shared. Exit 1: a promise is not kept.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
PREPARED = "prepared.json"
PROMISED_S, PROMISED_MB, PROMISED_PDF_MB = 8.0, 600, 60
PROMISED_OF = 100  # screenshots


@dataclass(frozen=True)
class Round:
    """One package: seconds by the clock and of processors, peak memory and sizes in MB."""

    clock: float
    processor: float
    peak: float
    pdf: float
    package: float
    exhibits: int
    steps: dict[str, float]  # seconds by the clock between two steps that were told


def main() -> int:
    """Prepare once, build in processes of their own, print, judge."""
    told = argparse.ArgumentParser()
    told.add_argument("screenshots", nargs="?", type=int, default=PROMISED_OF)
    told.add_argument("rounds", nargs="?", type=int, default=3)
    told.add_argument("--keep", type=Path)
    said = told.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = said.keep or Path(temporary)
        environment = settings_of(place)
        is_new = not (place / PREPARED).exists()
        place.mkdir(parents=True, exist_ok=True)
        if is_new:
            call(environment, "manage.py", "make_keys", "--verbosity=0")
        call(environment, "manage.py", "migrate", "--verbosity=0")
        if is_new:
            call(environment, "-m", "bench.bundle.large_case", str(said.screenshots))
        rounds = []
        for _ in range(said.rounds):
            print(f"load {os.getloadavg()[0]:.1f}", end="  ", flush=True)
            rounds.append(Round(**json.loads(call(environment, __file__, "--one"))))
            say(rounds[-1])
        kept = judged(rounds, said.screenshots)
    return 0 if kept else 1


def settings_of(place: Path) -> dict[str, str]:
    """The environment of the bench's own installation."""
    fonts = os.environ.get("FONT_DIR", str(ROOT / "var" / "fonts"))
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(place / "var"),
        "PREPARED": str(place / PREPARED),
        "FONT_DIR": fonts,
        "QUOTA_PACKAGES_PER_DAY": "1000",
        "LOG_LEVEL": "CRITICAL",
        "PYTHONPATH": str(ROOT),
    }


def call(environment: Mapping[str, str], *words: str) -> str:
    """Run Python in the installation; what it prints."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def one() -> Round:
    """One package in this process, from asked for to offered."""
    # Not at the top: what measures must stay small, for a child's peak begins with its parent's.
    import django  # noqa: PLC0415

    django.setup()
    from complaints import tasks  # noqa: PLC0415
    from complaints.bundle import layout  # noqa: PLC0415
    from complaints.bundle.package_files import read_zip  # noqa: PLC0415
    from complaints.models import Complaint, Package  # noqa: PLC0415
    from complaints.stages import asking, packaging  # noqa: PLC0415
    from evidence import jobs, release  # noqa: PLC0415

    said = json.loads(Path(os.environ["PREPARED"]).read_text("utf-8"))
    complaint = Complaint.objects.get(pk=said["complaint"])
    row = asking.ask(complaint, user=complaint.case.borrower)
    steps: list[tuple[str, float]] = []
    tell = packaging._tell

    def timed(package_id: object, step: str, done: int, whole: int) -> None:
        if not steps or steps[-1][0] != step:
            steps.append((step, time.perf_counter()))
        tell(row.pk, step, done, whole)

    packaging._tell = timed
    begun, used = time.perf_counter(), processor()
    jobs.work(asking.STAGE, tasks.ROAD)
    ended, done = time.perf_counter(), processor()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, CHILDREN))
    row = Package.objects.select_related("item").get(pk=row.pk)
    assert row.is_offered, row
    with release.open_item(row.item, actor=packaging.PACKAGER) as file:
        made = read_zip(file)
    places = [("compose", begun), *steps, ("", ended)]
    return Round(
        clock=ended - begun,
        processor=done - used,
        peak=peak * 1024 / 1e6,
        pdf=made.file(layout.COMPLAINT).size / 1e6,
        package=row.item.size / 1e6,
        exhibits=complaint.exhibits.count(),
        steps={name: round(after - at, 2) for (name, at), (_, after) in itertools.pairwise(places)},
    )


CHILDREN = resource.RUSAGE_CHILDREN


def processor() -> float:
    """Seconds of processors that this process and its ended children used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def say(round_: Round) -> None:
    """One line a round."""
    steps = "  ".join(f"{name} {seconds}" for name, seconds in round_.steps.items())
    print(
        f"{round_.exhibits} exhibits, {round_.package:.0f} MB: {round_.clock:.1f} s by the clock, "
        f"{round_.processor:.1f} s of a processor, peak {round_.peak:.0f} MB, "
        f"complaint {round_.pdf:.1f} MB  ({steps})",
        flush=True,
    )


def judged(rounds: list[Round], screenshots: int) -> bool:
    """The medians beside what is promised; only the fixture's own size is promised."""
    clock, processor_s, peak, pdf = (
        statistics.median(getattr(each, of) for each in rounds)
        for of in ("clock", "processor", "peak", "pdf")
    )
    print(
        f"median {clock:.1f} s by the clock, {processor_s:.1f} s of a processor, "
        f"{peak:.0f} MB, complaint {pdf:.1f} MB"
        f"  (promised {PROMISED_S:.0f} s, {PROMISED_MB} MB, {PROMISED_PDF_MB} MB)"
    )
    if screenshots != PROMISED_OF:
        return True
    return clock <= PROMISED_S and peak < PROMISED_MB and pdf < PROMISED_PDF_MB


if __name__ == "__main__":
    if sys.argv[1:] == ["--one"]:
        print(json.dumps(asdict(one())))
        sys.exit(0)
    sys.exit(main())
