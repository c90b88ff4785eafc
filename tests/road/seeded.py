"""A program: kills acts at seeded places, starts all again, says what does not hold.

usage: python -m tests.road.seeded POINTS SEED [ACTS] [BROKEN]

Needs the settings of an empty installation in its environment (`installed.py`). One line a kill;
the last line counts. ACTS are names with commas, all when it is "" or absent. BROKEN names a
fault to be planted first (`broken.py`): then a violation must be found, and the first one ends it.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass

import django

django.setup()

from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from evidence import jobs, tasks  # noqa: E402
from evidence.models import EvidenceItem, Job  # noqa: E402
from evidence.uploads import leases  # noqa: E402
from tests.road import broken, scene, whole  # noqa: E402
from tests.road.acts import ACTS, Phone, Prepared  # noqa: E402
from tests.road.installed import VIOLATED  # noqa: E402
from tests.road.ticks import DEED, LINE, Ticks  # noqa: E402

DEADLINE_S = 60
PER_JOB_S = 2  # on top of it: the last look waits for all that two hundred items have to be read
LEASE_S = 1  # of a writer to an upload: the dead one's has to be waited for
OVER = "after its end, of"  # last words: the place was beyond
TRIES = 2
PROVING = (tasks.SEAL, tasks.STAMP, tasks.SEQUENCE, tasks.STAMP_CHECKPOINT)
IN_FULL = 6  # rounds from one look at everything to the next; reading is done in the last


@dataclass(frozen=True)
class Ended:
    """How a process ended, and the last words that it sent."""

    was_killed: bool
    code: int
    words: str


def in_process(act: Callable[[Callable[[str], None]], None]) -> Ended:
    """Do something in a process of its own; `act` gets a way to say its last words."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            act(lambda words: os.write(writing, words.encode()) and None)
        except BaseException:  # noqa: BLE001 - told by the exit code
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        words = pipe.read()
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return Ended(killed, os.waitstatus_to_exitcode(status), words)


def counted(prepared: Prepared) -> dict[str, int]:
    """Do the act whole; how many places of each kind it has."""

    def act(tell: Callable[[str], None]) -> None:
        ticks = Ticks(None, tell)
        ticks.start()
        prepared.act()
        ticks.stop()
        tell(f"{ticks.count[LINE]} {ticks.count[DEED]}")

    ended = in_process(act)
    if ended.code:
        sys.exit("an act fails without any kill")
    lines, deeds = map(int, ended.words.split())
    return {LINE: lines, DEED: deeds}


def killed(prepared: Prepared, kind: str, number: int) -> Ended:
    """Do the act up to that place. One that is over before it is killed right after its end."""

    def act(tell: Callable[[str], None]) -> None:
        ticks = Ticks((kind, number), tell)
        ticks.start()
        prepared.act()
        ticks.stop()
        ticks.die(f"{OVER} {ticks.count[kind]} {kind}s")

    return in_process(act)


def recover(phones: list[Prepared], stages: Collection[str]) -> list[str]:
    """Start again: the phones go on, workers do what is open there. What failed on the way."""
    time.sleep(LEASE_S + 0.1)
    failed = []
    for prepared in phones:
        if in_process(lambda _, prepared=prepared: prepared.go_on()).code:
            failed.append("what the phone sent again was not taken")
    waiting = Job.objects.open().filter(stage__in=stages, parked_at__isnull=True)
    patience = DEADLINE_S + PER_JOB_S * waiting.count()
    last = time.monotonic() + patience
    while True:
        tasks.ask_for_log()
        if not waiting.exists():
            return failed
        if time.monotonic() > last:
            return [*failed, f"not settled within {patience} s"]
        ready = jobs.ready(timezone.now()).filter(stage__in=stages)
        for stage in sorted(set(ready.values_list("stage", flat=True))):
            in_process(lambda _, stage=stage: jobs.work(stage, tasks.ROAD))
        time.sleep(0.05)


class Trial:
    """All kills of one seed."""

    def __init__(self, *, points: int, seed: int, acts: list[str], is_planted: bool) -> None:
        self.chance = random.Random(seed)
        self.phone = Phone(random.Random(seed))
        self.points, self.acts, self.is_planted = points, acts, is_planted
        self.violations: list[str] = []

    def begin(self) -> None:
        """An installation at rest, and how many places each act has in it."""
        scene.set_up(cases=1)
        self.phone.sent += EvidenceItem.objects.values_list("sha256", flat=True)
        recover([], PROVING)
        self.places = {name: counted(ACTS[name](self.phone)) for name in self.acts}
        recover([], PROVING)
        self._look("before any kill", PROVING)

    def run(self) -> None:
        """Kill in rounds: some kills, one new start, one look; a planted fault is found once."""
        for first in range(0, self.points, len(self.acts)):
            points = range(first, min(first + len(self.acts), self.points))
            phones = [p for n in points for p in self._kill(n, self.acts[n - first])]
            is_last = points.stop == self.points
            stages = tasks.ROAD if is_last else PROVING
            for fault in recover(phones, stages):
                self._violated(f"after point {points[-1]}", fault)
            self._look(f"after point {points[-1]}", stages)
            if is_last or (first // len(self.acts)) % IN_FULL == IN_FULL - 1:
                for fault in whole.violations_around():
                    self._violated(f"after point {points[-1]}", fault)
            if self.is_planted and self.violations:
                return

    def _kill(self, point: int, name: str) -> list[Prepared]:
        """Kill one act on the way; what is shorter than the last of its kind is done once more."""
        kind, how_far = self.chance.choice([LINE, DEED]), self.chance.random()
        prepared = []
        for _ in range(TRIES):
            prepared.append(ACTS[name](self.phone))
            ended = killed(prepared[-1], kind, int(how_far * self.places[name][kind]))
            say(f"{point:4} {name:16} {ended.words}")
            if not ended.was_killed:
                self._violated(f"point {point}", f"{name} failed, nobody killed it ({ended.code})")
            if not ended.words.startswith(OVER):
                break
            self.places[name][kind] = int(ended.words.split()[4])
        return prepared

    def _look(self, when: str, stages: Collection[str]) -> None:
        for fault in whole.violations(self.phone.sent, stages=stages):
            self._violated(when, fault)

    def _violated(self, when: str, fault: str) -> None:
        if fault not in self.violations:  # one that stays is one
            self.violations.append(fault)
            say(f"VIOLATION {when}: {fault}")


def say(line: str) -> None:
    """A line for whoever started the program, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Kill, look, count."""
    points, seed, names, fault = [*sys.argv[1:], "", ""][:4]
    leases.LEASE_S = LEASE_S
    acts = names.split(",") if names else [*ACTS]
    trial = Trial(points=int(points), seed=int(seed), acts=acts, is_planted=bool(fault))
    trial.begin()
    if fault:
        broken.plant(fault)
    trial.run()
    again = "" if not trial.violations else f"; again: the same POINTS and SEED={seed}"
    say(f"{points} points: {len(trial.violations)} violations (seed {seed}){again}")
    sys.exit(VIOLATED if trial.violations else 0)


if __name__ == "__main__":
    main()
