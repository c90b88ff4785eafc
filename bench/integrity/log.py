"""The Merkle log on PostgreSQL: events integrated, events appended, proofs out of ten million.

    .venv/bin/python bench/integrity/log.py [EVENTS=20000] [LEAVES=10000000]

Needs DATABASE_URL of an empty PostgreSQL database that may be filled and emptied, and
`pg_test_fsync` (Debian: postgresql). Prints, in one run:
- events a second that one sequencer integrates, with synchronous_commit as the server has it;
- events a second that 8 writers append, beside what `pg_test_fsync` says of this disk;
- the time of one append (a batch of 100) at 1e3, 1e5 and LEAVES leaves, and their ratio;
- the time of one inclusion proof out of LEAVES leaves.
The leaves of the last two are rows made from a seed, every tile truly computed from them.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
_var = tempfile.mkdtemp(prefix="liuzheng-bench-")
os.environ["VAR_DIR"] = _var
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402
import psycopg  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from evidence import custody  # noqa: E402
from evidence.custody import Act, Actor, Subject  # noqa: E402
from evidence.integrity import merkle  # noqa: E402
from evidence.integrity.tiles import WIDTH  # noqa: E402
from evidence.log import sequencer, tree  # noqa: E402
from tests.guard import lift  # noqa: E402

SEED = 20261129
WRITERS, PER_WRITER = 8, 250
BATCH = 500
SOMEBODY = Actor.system("bench")
TABLES = (
    "evidence_cosignature",
    "evidence_checkpointtoken",
    "evidence_checkpoint",
    "evidence_logtile",
    "evidence_logleaf",
    "evidence_pendingleaf",
    "evidence_custodyevent",
)


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    leaves = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000
    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL must name a PostgreSQL database that may be emptied")
    call_command("migrate", verbosity=0)
    lift()  # this scratch database must be emptied; the product cannot do that
    empty()
    print(f"synchronous_commit={asked('SHOW synchronous_commit')}")
    append_by_writers()
    integrate(events)
    grow(leaves)
    empty()
    shutil.rmtree(_var, ignore_errors=True)


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}")


def asked(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def append_by_writers() -> None:
    """Each writer appends to its own subjects, a transaction each: what the web does."""

    def write() -> None:
        for _ in range(PER_WRITER):
            custody.record(Subject.CASE, uuid.uuid4(), Act.CASE_BEGUN, actor=SOMEBODY)
        connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = WRITERS * PER_WRITER / (time.perf_counter() - begun)
    print(f"appends by {WRITERS} writers: {rate:.0f} events/s; {fsync()}")


def fsync() -> str:
    """What this disk gives for one flushed 8 KiB write after the other."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_test_fsync"))
    program = shutil.which("pg_test_fsync") or (str(found[-1]) if found else "")
    if not program:
        return "pg_test_fsync is not here"
    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        said = subprocess.run(
            [program, "-s", "1", "-f", f"{folder}/probe"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    line = next(x for x in said.splitlines() if x.strip().startswith("fdatasync"))
    return "pg_test_fsync " + " ".join(line.split())


def integrate(events: int) -> None:
    """Events that are written already, taken in by one sequencer."""
    for _ in range(0, events, BATCH):  # each event locks its subject until the commit
        with transaction.atomic():
            for _ in range(BATCH):
                custody.record(Subject.CASE, uuid.uuid4(), Act.CASE_BEGUN, actor=SOMEBODY)
    waiting = int(asked("SELECT count(*) FROM evidence_pendingleaf"))
    begun = time.perf_counter()
    sequencer.integrate_all()
    took = time.perf_counter() - begun
    print(f"integrated by one sequencer: {waiting / took:.0f} events/s ({waiting} in {took:.1f} s)")


def grow(leaves: int) -> None:
    """Append and prove at three sizes of the log."""
    sizes = [1_000, 100_000, leaves]
    costs = []
    for size in sizes:
        empty()
        fill(size)
        costs.append(append_cost())
        print(f"append of 100 at {size} leaves: {costs[-1] * 1000:.1f} ms")
    print(f"append at {sizes[-1]} against {sizes[0]} leaves: {costs[-1] / costs[0]:.2f} times")
    prove(leaves)


def fill(size: int) -> None:
    """Rows of a log of that size: seeded leaves, and every full tile over them."""
    seed = b"%d" % SEED
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evidence_logleaf DISABLE TRIGGER ALL")
        level, hashes = 0, leaf_level(cursor, size, seed)
        while True:
            roots = []
            with cursor.copy(
                "COPY evidence_logtile (level, index, hashes, root) FROM STDIN"
            ) as copy:
                for index, tile in enumerate(tiles_of(hashes)):
                    root = merkle.root(tile)
                    copy.write_row((level, index, b"".join(tile), root))
                    roots.append(root)
            if not roots:
                break
            level, hashes = level + 1, iter(roots)
        cursor.execute("ALTER TABLE evidence_logleaf ENABLE TRIGGER ALL")
        cursor.execute("ANALYZE evidence_logleaf, evidence_logtile")


def leaf_level(cursor: object, size: int, seed: bytes) -> Iterator[bytes]:
    """The leaves' hashes; their rows are written on the way, by COPY of a second connection."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with psycopg.connect(**{k: v for k, v in parameters.items() if v is not None}) as second:
        second.execute("SET session_replication_role = replica")  # no event rows behind these
        with second.cursor().copy(
            "COPY evidence_logleaf (index, event_id, data) FROM STDIN"
        ) as copy:
            for index in range(size):
                data = hashlib.sha256(seed + b"%d" % index).digest()
                copy.write_row((index, str(uuid.UUID(int=index)), data))
                yield merkle.leaf_hash(data)


def tiles_of(hashes: Iterator[bytes]) -> Iterator[list[bytes]]:
    tile: list[bytes] = []
    for each in hashes:
        tile.append(each)
        if len(tile) == WIDTH:
            yield tile
            tile = []


def append_cost() -> float:
    """Median seconds of taking in a batch of 100 events."""
    times = []
    for _ in range(9):
        with transaction.atomic():
            for _ in range(100):
                custody.record(Subject.CASE, uuid.uuid4(), Act.CASE_BEGUN, actor=SOMEBODY)
        times.append(timed(sequencer.integrate_all))
    return statistics.median(times)


def prove(leaves: int) -> None:
    chance, size = random.Random(SEED), tree.size()
    root = tree.Tree().root(size)
    times = []
    for _ in range(200):
        index = chance.randrange(size)
        grown = tree.Tree()  # nothing kept from the proof before
        begun = time.perf_counter()
        path = grown.inclusion(index, size)
        times.append(time.perf_counter() - begun)
        [data] = tree.leaf_data(index, index + 1)
        merkle.verify_inclusion(
            merkle.leaf_hash(data), index=index, size=size, proof=path, root_hash=root
        )
    worst = sorted(times)[int(len(times) * 0.95)]
    print(
        f"proof for 1 in {size}: median {statistics.median(times) * 1000:.1f} ms, "
        f"95th of 100 {worst * 1000:.1f} ms; 200 proofs verified against the root"
    )


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
