"""A whole installation for one use, and programs that are run in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.fakes.tsa_server import TsaServer
from tests.founded import found

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "FONT_DIR")
VIOLATED = 3  # exit code of `seeded.py` when something did not hold


@contextmanager
def installed(folder: Path, database: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The environment of it: its own keys, vault and database, and a TSA of strangers near by."""
    with TsaServer(folder) as tsa:
        environment = {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            **database,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(folder / "var"),
            "ALLOWED_HOSTS": "testserver",
            "TSA_URLS": json.dumps([tsa.entry]),
            "LOG_STAMP_EVERY_S": "0",
            "JOB_LEASE_S": "1",
            "LOG_LEVEL": "CRITICAL",
        }
        found(environment)
        yield environment


def run(
    environment: Mapping[str, str], *words: str, within_s: float, out: IO[str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python with these words; what it prints is kept, or goes to `out` at once.

    Raises:
        RuntimeError: it ended neither well nor with VIOLATED.
    """
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE if out is None else out,
        stderr=subprocess.PIPE,
        text=True,
        timeout=within_s,
        check=False,
    )
    if done.returncode not in (0, VIOLATED):
        raise RuntimeError(f"{words}: {done.returncode} {done.stderr[-6000:]}")
    return done
