"""Web and worker are killed at seeded places of intake, sealing and sequencing (`seeded.py`).

Five places here; two hundred on each database in `bench/integrity/kill.py`.
"""

from __future__ import annotations

import pytest

from tests.road.databases import own_database
from tests.road.installed import installed, run

SEED = "20261129"
WITHIN_S = 300
FAULTS = [
    ("rows_one_by_one", "8", "form,tus", "0 events `received`"),
    ("job_ends_before_its_facts", "16", "seal,stamp", "stamped by ['embedded'] instead of"),
]


def killed(folder, *words: str) -> list[str]:
    """The lines that the program prints."""
    with own_database() as database, installed(folder, database) as environment:
        done = run(environment, "-m", "tests.road.seeded", *words, within_s=WITHIN_S)
    return done.stdout.splitlines()


def test_kills_at_seeded_places_violate_nothing(tmp_path):
    lines = killed(tmp_path, "5", SEED, "form,tus,seal,sequence,stamp_checkpoint")

    assert lines[-1] == f"5 points: 0 violations (seed {SEED})", lines


@pytest.mark.parametrize(("fault", "points", "acts", "found"), FAULTS)
def test_kills_find_a_fault_that_was_planted(tmp_path, fault, points, acts, found):
    lines = killed(tmp_path, points, SEED, acts, fault)

    assert any(line.startswith("VIOLATION") and found in line for line in lines), lines
    assert ": 0 violations" not in lines[-1]
