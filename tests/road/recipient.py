"""The desk that gets a package: has the files and the verifier's command, and nothing of ours."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from complaints.bundle.verify import command

ROOT = Path(__file__).resolve().parent.parent.parent
# What a recipient's machine has: no settings, no database, no keys of the house.
BARE = {
    name: value
    for name, value in os.environ.items()
    if name in ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
}


def verify(path: Path, *more: str, **environment: str) -> tuple[int, dict[str, Any]]:
    """Run the command in an interpreter of its own: exit code and verdict."""
    words = [sys.executable, "-m", "complaints.bundle.verify", str(path), "--json", *more]
    done = subprocess.run(
        words, cwd=ROOT, env=BARE | environment, capture_output=True, text=True, timeout=60
    )
    return done.returncode, json.loads(done.stdout)


def verify_here(path: Path) -> tuple[int, dict[str, Any]]:
    """The same command in this interpreter, for the many forgeries."""
    out = io.StringIO()
    code = command.run([str(path), "--json"], out)
    return code, json.loads(out.getvalue())


def failed(verdict: dict[str, Any]) -> str:
    """All that the failed checks say."""
    wrong = [check for check in verdict["checks"] if check["result"] == "fail"]
    return json.dumps(wrong, ensure_ascii=False)


def unpack(archive: bytes, into: Path) -> Path:
    """The package's folder."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(into)
    [folder] = into.iterdir()
    return folder


def copy_of(folder: Path, into: Path) -> Path:
    target = into / folder.name
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(folder, target)
    return target
