"""An installation as `make_keys` and `migrate` leave it: founded once a process, then copied.

Migrating takes seconds of a processor, and every test with processes of its own begins in a fresh
installation. The copies share their keys; a test that wants others makes them itself.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from tests.road.databases import copy_database, own_database

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
WITHIN_S = 300  # on a machine that does other things too


def found(environment: Mapping[str, str]) -> None:
    """Keys and a migrated database for an installation that has neither yet.

    Args:
        environment: its settings; `VAR_DIR` names its folder, `DATABASE_URL` an empty database
            where it is not SQLite.
    """
    url = environment.get("DATABASE_URL", "")
    var, first = _first(is_sqlite=not url)
    shutil.copytree(var, environment["VAR_DIR"], dirs_exist_ok=True)
    if url:
        copy_database(first, url)


@cache
def _first(*, is_sqlite: bool) -> tuple[Path, str]:
    """Folder and database of the one that all others are copied from; nobody ever lives in it."""
    stack = ExitStack()
    atexit.register(stack.close)
    var = Path(tempfile.mkdtemp(prefix="founded-"))
    stack.callback(shutil.rmtree, var, ignore_errors=True)
    database = {} if is_sqlite else stack.enter_context(own_database())
    environment = {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        **database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(var),
    }
    for command in ("make_keys", "migrate"):
        done = subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity=0"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr[-6000:]}"
    return var, database.get("DATABASE_URL", "")
