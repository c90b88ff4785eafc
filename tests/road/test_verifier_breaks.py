"""The verifier's command on a machine that is not well: it never says green, and accuses nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.road.recipient import BARE, ROOT

CANNOT_CHECK = 2
COMMAND = [sys.executable, "-m", "complaints.bundle.verify"]


@pytest.fixture
def no_package(tmp_path: Path) -> Path:
    path = tmp_path / "package.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 9)
    return path


@pytest.mark.parametrize("fault", ["raise RuntimeError", "raise OSError('lib.so')", "def ("])
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_half_installed_part_is_no_verdict(tmp_path, no_package, fault, more):
    (tmp_path / "asn1crypto.py").write_text(fault)

    done = subprocess.run(
        [*COMMAND, str(no_package), *more],
        cwd=ROOT,
        env=BARE | {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=60,
    )

    assert done.returncode == CANNOT_CHECK
    assert b"Traceback" not in done.stderr
    assert "cannot_check" in done.stdout.decode() or "未能核对" in done.stdout.decode()


def test_a_verdict_that_nobody_can_read_is_not_green(no_package):
    done = subprocess.run(
        [*COMMAND, str(no_package)],
        cwd=ROOT,
        env=BARE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: os.close(1),
        timeout=60,
    )

    assert done.returncode == CANNOT_CHECK
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="not run: no /dev/full here")
def test_a_verdict_that_does_not_fit_on_the_disk_is_not_green(no_package):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, str(no_package)],
            cwd=ROOT,
            env=BARE,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )

    assert done.returncode == CANNOT_CHECK
    assert b"Traceback" not in done.stderr
