"""evidence/scratch.py: a private folder per process, emptied when that process is dead."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from evidence import scratch

LEAVES_SOMETHING = """
import sys, time, django
django.setup()
from evidence import scratch
(scratch.folder() / "page.jpg").write_bytes(b"plain")
print(scratch.folder(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def root(settings, tmp_path, monkeypatch) -> Path:
    """A scratch of this test's own; the process forgets the folder that it had elsewhere."""
    settings.SCRATCH_DIR = tmp_path / "scratch"
    monkeypatch.setattr(scratch, "_own", {})
    return settings.SCRATCH_DIR


def started(root: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another process of ours that holds a folder with a file in it."""
    child = subprocess.Popen(
        [sys.executable, "-c", LEAVES_SOMETHING],
        cwd=settings.BASE_DIR,
        env={**os.environ, "SCRATCH_DIR": str(root), "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    return child, Path(child.stdout.readline().strip())


def test_the_folder_is_closed_to_others_and_stays_the_same(root):
    own = scratch.folder()

    assert own.parent == root
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert scratch.folder() == own


def test_a_killed_process_leaves_nothing_once_somebody_looks(root):
    child, left = started(root)
    child.send_signal(signal.SIGKILL)
    child.wait(10)
    assert (left / "page.jpg").exists()

    assert scratch.empty_dead() == 1
    assert not left.exists()


def test_the_folder_of_a_living_process_is_left_alone(root):
    child, held = started(root)
    try:
        assert scratch.empty_dead() == 0
        assert (held / "page.jpg").exists()
    finally:
        child.kill()
        child.wait(10)


def test_a_stray_file_is_removed(root):
    root.mkdir()
    (root / "stray.zip").write_bytes(b"plain")

    assert scratch.empty_dead() == 1
    assert not (root / "stray.zip").exists()


def test_without_a_scratch_there_is_nothing_to_empty(root):
    assert scratch.empty_dead() == 0


def test_temporary_files_of_libraries_lie_in_it_too(root, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", None)

    scratch.use_for_temporary_files()

    with tempfile.NamedTemporaryFile() as file:
        assert Path(file.name).parent == scratch.folder()
