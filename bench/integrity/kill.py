"""Kill -9 at seeded places of intake, sealing, sequencing and erasure; what does not hold then.

usage: [DATABASE_URL=postgres://…] python bench/integrity/kill.py [POINTS=200] [SEED=20261129]
       [PROGRAM=seeded,seeded_erasure]

On SQLite, and on PostgreSQL when DATABASE_URL names a server: in a database of this run's own.
Each place is a line of ours that runs, a statement, a COMMIT or a file call of one act; half of
them are lines and half are deeds. One line a kill: which place, and how many transactions of the
act were committed. Then all is started again and looked at (`whole.py` and `gone.py` of
`tests/road/`). Exit code 1 when anything did not hold. SIGKILL says nothing about power cuts: the
kernel's cache survives it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.road.databases import own_database
from tests.road.installed import installed, run

LONGEST_S = 3 * 3600
PROGRAMS = "seeded,seeded_erasure"


def main() -> int:
    """Both databases, one after the other."""
    words = [*sys.argv[1:], *("200", "20261129", PROGRAMS)[len(sys.argv) - 1 :]]
    clean = trials("SQLite", {}, *words)
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        print("PostgreSQL: not tried, DATABASE_URL names none")
        return 0 if clean else 1
    with own_database() as database:
        clean = trials("PostgreSQL", database, *words) and clean
    return 0 if clean else 1


def trials(name: str, database: Mapping[str, str], points: str, seed: str, programs: str) -> bool:
    """All points of each program on one database; whether everything held."""
    clean = True
    for program in programs.split(","):
        clean = trial(name, database, points, seed, program) and clean
    return clean


def trial(name: str, database: Mapping[str, str], points: str, seed: str, program: str) -> bool:
    """All points of one program; whether everything held."""
    print(f"{name}, {program}:", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, installed(Path(folder), database) as environment:
        # The lines go straight out: whoever waits sees where it is.
        words = ["-m", f"tests.road.{program}", points, seed]
        done = run(environment, *words, within_s=LONGEST_S, out=sys.stdout)
    print(f"{name}, {program}: {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
