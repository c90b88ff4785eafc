"""A program: kills erasures at seeded places, starts again, says what does not hold.

usage: python -m tests.road.seeded_erasure POINTS SEED [BROKEN]

Needs the settings of an empty installation in its environment (`installed.py`). Each point is a
person of its own with a whole case; cases and accounts are erased in turn. After the kill stands
what `manage.py start` does: the replay. An erasure is then complete, or it was never begun and
nothing is missing. BROKEN names a fault to be planted first (`broken.py`).
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from complaints.stages import asking, drafting, leaving  # noqa: E402
from complaints.tasks import ROAD as PACKAGES  # noqa: E402
from evidence import decisions, jobs  # noqa: E402
from evidence.custody import Actor  # noqa: E402
from evidence.models import Case, Tag  # noqa: E402
from tests import make  # noqa: E402
from tests.evidence.uploads.sender import Sender  # noqa: E402
from tests.road import broken, gone, scene  # noqa: E402
from tests.road.acts import Prepared  # noqa: E402
from tests.road.installed import VIOLATED  # noqa: E402
from tests.road.seeded import OVER, TRIES, counted, in_process, killed, say  # noqa: E402
from tests.road.ticks import DEED, LINE  # noqa: E402

HOLD = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
    "c.execute('select count(*) from django_migrations').fetchone(); print(1, flush=True); "
    "sys.stdin.read()"
)
PACKAGE_EVERY = 4  # points: a package takes longest to make


def whole_case(number: int, *, with_package: bool) -> Case:
    """Somebody's case with rows in every table that an erasure empties; each text has the mark."""
    mark = gone.mark(number)
    person = make.user(username=f"person-{number}-{random.randrange(10**9)}")
    case = make.case(person, title=mark)
    said = make.declaration(file_name=f"{mark}.xml")
    threat = f"再不还钱就去你单位闹，让你全家不得安宁 {mark}"
    make.item(case, make.sms_export(threat), kind="message_export", declaration=said)
    make.item(case, scene.small(number % 256), kind="call_recording", declaration=said)
    make.go_the_road()
    tags = Tag.objects.filter(item__case=case)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=person)
    Sender(make.signed_in(person), case, length=700_000, body=mark.encode() * 9)
    if with_package:
        complaint = drafting.finish(make.complaint(case, background=mark), actor=Actor.of(person))
        asking.ask(complaint, user=person)
        jobs.work(asking.STAGE, PACKAGES)
        make.go_the_road()
    return case


@contextmanager
def served() -> Iterator[None]:
    """SQLite: a connection that stays open, as the web's; so its write-ahead log stays, too."""
    if connection.vendor != "sqlite":
        yield
        return
    words = [sys.executable, "-c", HOLD, str(connection.settings_dict["NAME"])]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            yield
        finally:
            holder.communicate()


@dataclass
class Trial:
    """All kills of one seed."""

    points: int
    seed: int
    is_planted: bool  # then one violation is enough
    violations: list[str] = field(default_factory=list)
    places: dict[bool, dict[str, int]] = field(default_factory=dict)

    def run(self) -> None:
        """One case that nobody erases, then one kill after the other."""
        self.chance = random.Random(self.seed)
        bystander = gone.remember(whole_case(10**6, with_package=False))
        places = counted(self._act(whole_case(10**6 + 1, with_package=False), True))
        self.places = {True: dict(places), False: dict(places)}
        for point in range(self.points):
            of_account = bool(point % 2)
            with_package = point % PACKAGE_EVERY == 1
            self._kill(point, of_account, with_package)
            if self.is_planted and self.violations:
                return
        for fault in (*gone.untouched(bystander), *gone.around()):
            self._violated("at the end", fault)

    def _kill(self, point: int, of_account: bool, with_package: bool) -> None:
        kind, how_far = self.chance.choice([LINE, DEED]), self.chance.random()
        for _ in range(TRIES):
            before = gone.remember(whole_case(point, with_package=with_package))
            act = self._act(before.case, of_account)
            number = int(how_far * self.places[of_account][kind])
            ended = killed(act, kind, number)
            say(f"{point:4} {'account' if of_account else 'case':8} {ended.words}")
            if not ended.was_killed:
                self._violated(f"point {point}", f"failed, nobody killed it ({ended.code})")
            self._look(point, before, of_account=of_account)
            if not ended.words.startswith(OVER):
                return
            self.places[of_account][kind] = int(ended.words.split()[4])

    def _look(self, point: int, before: gone.Before, *, of_account: bool) -> None:
        for fault in gone.half_way(before, of_account=of_account):
            self._violated(f"point {point}, before the new start", fault)
        replayed = in_process(lambda _: call_command("replay_erasures"))
        if replayed.code:
            self._violated(f"point {point}", "the replay failed")
        for fault in gone.after(before, of_account=of_account):
            self._violated(f"point {point}", fault)

    @staticmethod
    def _act(case: Case, of_account: bool) -> Prepared:
        def erase() -> None:
            now = timezone.now()
            if of_account:
                leaving.erase_account(case.borrower, actor=leaving.ERASER, at=now)
            else:
                leaving.erase_case(case, actor=leaving.ERASER, at=now)

        return Prepared(erase)

    def _violated(self, when: str, fault: str) -> None:
        self.violations.append(fault)
        say(f"VIOLATION {when}: {fault}")


def main() -> None:
    """Kill, look, count."""
    points, seed, fault = [*sys.argv[1:], ""][:3]
    trial = Trial(points=int(points), seed=int(seed), is_planted=bool(fault))
    if fault:
        broken.plant(fault)
    with served():
        trial.run()
    again = "" if not trial.violations else f"; again: the same POINTS and SEED={seed}"
    say(f"{points} erasures: {len(trial.violations)} violations (seed {seed}){again}")
    sys.exit(VIOLATED if trial.violations else 0)


if __name__ == "__main__":
    main()
