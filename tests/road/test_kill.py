"""Web and worker are killed at every point between two facts: nothing is lost, nothing twice.

`dying.py` does it, in processes; here is what must be left. Random kills of the whole installation
stand in `tests/evidence/killed/`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.founded import found
from tests.road.databases import own_database

ROOT = Path(__file__).resolve().parent.parent.parent
FONTS = ROOT / "var" / "fonts"
WITHIN_S = 400  # of the whole walk, on a machine that does other things too
UPLOADED = 5 + 4 + 3  # exports, resumable uploads, small files
PACKAGES = 2
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "FONT_DIR")


def run(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
    )
    assert done.returncode == 0, f"{words}: {done.stdout[-3000:]}{done.stderr[-6000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Kill at every point, once for all tests of this file."""
    with own_database() as database:
        environment = {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            **database,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(tmp_path_factory.mktemp("killed") / "var"),
            "ALLOWED_HOSTS": "testserver",
            "JOB_LEASE_S": "1",
            "LOG_LEVEL": "CRITICAL",
        }
        environment.setdefault("FONT_DIR", str(FONTS))
        found(environment)
        return json.loads(run(environment, "-m", "tests.road.dying").splitlines()[-1])


def test_no_work_is_left_and_none_was_given_up(left):
    assert (left["open"], left["parked"]) == (0, 0)


def test_every_file_became_one_item_with_its_receipt(left):
    made_here = left["items"] - UPLOADED  # packages, and the chosen records in them
    assert made_here >= PACKAGES
    assert left["receipts"] == left["items"]
    assert (left["uploads_open"], left["uploads_without_item"]) == (0, 0)


def test_every_item_is_received_and_sealed_once(left):
    assert left["acts"]["received"] == [1] * left["items"]
    assert left["acts"]["sealed"] == [1] * left["items"]
    assert left["tokens"] == left["items"]


def test_every_upload_is_read_and_tagged_once(left):
    assert left["acts"]["read"] == [1] * UPLOADED
    assert left["acts"]["tagged"] == [1] * UPLOADED
    assert left["taggings"] == [1] * UPLOADED
    assert left["readings"] == UPLOADED
    in_rows, as_read = left["records"]
    assert in_rows == as_read > 0


def test_every_item_gets_its_sm3_once(left):
    assert left["acts"]["digested"] == [1] * left["items"]


def test_every_case_is_looked_over(left):
    assert left["cases_looked_over"] == 5


def test_every_package_is_offered_once(left):
    assert left["packages"] == [[True, "unchanged"]] * PACKAGES
    assert left["packaged"] == PACKAGES


def test_every_item_holds_with_its_chain_of_custody(left):
    assert left["verdicts"] == {"unchanged": left["items"]}


def test_the_vault_holds_what_rows_name_and_the_rest_was_found(left):
    assert left["in_vault"] == left["items"] + left["derivatives"]
    assert left["orphans_found"] > 0  # killed between bytes and rows: so the search can find some


def test_nothing_is_half_kept(left):
    assert left["half_kept"] == []
    assert left["scratch"] == []


def test_no_plain_byte_is_on_disk(left):
    assert left["in_clear"] == []
