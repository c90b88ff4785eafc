"""docker-compose.yml: what its services run really starts, works and stops.

No engine here: each command runs as a process of this machine, on SQLite and the queue of files.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from .processes import ended, free_port, running, until
from .test_compose import DOCKERFILE, OURS, ROOT, SETTINGS

BIN = Path(sys.executable).parent
WITHIN_S = 60  # a start, on a busy machine


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="module")
def env(place: Path) -> Mapping[str, str]:
    """The compose file's variables with folders of this test and the embedded parts."""
    kept = {
        name: str(place / name.lower()) if str(value).startswith("/") else str(value)
        for name, value in OURS["web"]["environment"].items()
        if not re.match(r"DATABASE_URL|REDIS_URL|S3_", name)
    }
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {
        **clean,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONWARNINGS": "ignore",
        **kept,
        "SWEEP_EVERY_S": "1",
        "DEMO": "0",
    }


def command_of(name: str) -> list[str]:
    """What the service runs, as words that run here."""
    command = OURS[name].get("command")
    if command is None:
        command = json.loads(next(line for line in DOCKERFILE if line.startswith("CMD"))[4:])
    program = sys.executable if command[0] == "python" else str(BIN / command[0])
    return [program, *command[1:]]


@pytest.fixture(scope="module")
def begun(env) -> None:
    """What `init` does."""
    done = subprocess.run(
        command_of("init"), cwd=ROOT, env=env, capture_output=True, text=True, timeout=WITHIN_S
    )
    assert done.returncode == 0, done.stdout + done.stderr


def health(port: int) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=10) as answer:
            return dict(json.load(answer))
    except HTTPError as failing:
        return dict(json.load(failing))
    except OSError:
        return {}


def test_web_answers_that_it_is_well_and_stops_when_asked(begun, env):
    port = str(free_port())
    command = [port if word == "8000" else word for word in command_of("web")]
    command[command.index("0.0.0.0")] = "127.0.0.1"
    with running(command, cwd=ROOT, env=env) as web:
        report = until(lambda: health(int(port)), within_s=WITHIN_S)
        web.send_signal(signal.SIGTERM)
        web.wait(WITHIN_S)

    assert report["status"] == "ok", report


def test_the_healthcheck_of_web_fails_while_nobody_answers(env):
    test = OURS["web"]["healthcheck"]["test"]
    code = test[3].replace("8000", str(free_port()))

    asked = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True)

    assert asked.returncode != 0


def test_beat_rings_and_the_worker_takes_what_is_due(begun, env, place):
    database = place / "var_dir" / "db.sqlite3"
    job = add_job_of_no_item(database)
    with (
        running(command_of("worker"), cwd=ROOT, env=env) as worker,
        running(command_of("beat"), cwd=ROOT, env=env) as beat,
    ):
        problem = until(lambda: last_problem(database, job), within_s=WITHIN_S)
        assert worker.poll() is None
        assert beat.poll() is None
        for process in (beat, worker):
            process.send_signal(signal.SIGTERM)
            process.wait(WITHIN_S)

    assert problem == "internal:DoesNotExist"


def test_web_and_worker_refuse_to_start_without_keys(env, tmp_path):
    empty = {**env, "KEYS_DIR": str(tmp_path), "VAR_DIR": str(tmp_path)}
    with (
        running(command_of("web"), cwd=ROOT, env=empty) as web,
        running(command_of("worker"), cwd=ROOT, env=empty) as worker,
    ):
        for status, output in (ended(each, within_s=WITHIN_S) for each in (web, worker)):
            assert status != 0
            assert "make_keys" in output


def add_job_of_no_item(database: Path) -> str:
    """A job that a worker can only fail at: that it tried is seen from outside."""
    subject, now = uuid.uuid4().hex, datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    row = {
        "id": uuid.uuid4().hex,
        "stage": "seal",
        "subject_id": subject,
        "version": "1",
        "asked": 1,
        "answered": 0,
        "attempts": 0,
        "deaths": 0,
        "last_problem": "",
        "created_at": now,
        "next_at": now,
    }
    marks = ", ".join("?" * len(row))
    with sqlite3.connect(database, timeout=20) as connection:
        words = f"INSERT INTO evidence_job ({', '.join(row)}) VALUES ({marks})"
        connection.execute(words, list(row.values()))
    return subject


def last_problem(database: Path, subject: str) -> str:
    words = "SELECT last_problem FROM evidence_job WHERE subject_id = ?"
    with sqlite3.connect(database, timeout=20) as connection:
        return str(connection.execute(words, [subject]).fetchone()[0])
