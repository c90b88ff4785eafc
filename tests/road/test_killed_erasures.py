"""Erasures are killed at seeded places: after the next start they are whole or were never begun.

A few places here; as many as one likes by `bench/integrity/kill.py`.
"""

from __future__ import annotations

from pathlib import Path

from tests.road.databases import own_database
from tests.road.installed import installed, run

SEED = "20261129"
WITHIN_S = 300


def killed(folder: Path, *words: str) -> list[str]:
    """The lines that the program prints."""
    with own_database() as database, installed(folder, database) as environment:
        done = run(environment, "-m", "tests.road.seeded_erasure", *words, within_s=WITHIN_S)
    return done.stdout.splitlines()


def test_a_killed_erasure_is_whole_after_the_next_start(tmp_path: Path) -> None:
    lines = killed(tmp_path, "2", SEED)

    assert lines[-1] == f"2 erasures: 0 violations (seed {SEED})", lines


def test_kills_find_a_fault_that_was_planted(tmp_path: Path) -> None:
    lines = killed(tmp_path, "1", SEED, "nothing_replayed")

    assert any(line.startswith("VIOLATION") and "rows left in" in line for line in lines), lines
