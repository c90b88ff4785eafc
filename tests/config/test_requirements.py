"""tests/requirements_plugin.py: a test that could not run is said to be so, or is a failure."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAMPLE = """
import pytest

@pytest.mark.tool("no-such-command")
def test_that_needs_a_command(): ...

def test_that_needs_nothing(): ...
"""


@pytest.fixture
def run(tmp_path):
    """Run a sample test file under the plugin alone, in a process of its own."""
    (tmp_path / "test_sample.py").write_text(SAMPLE)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    tool(name): needs it\n")

    def start(**environment: str) -> subprocess.CompletedProcess[str]:
        plugins = ["-p", "no:django", "-p", "no:cacheprovider", "-p", "tests.requirements_plugin"]
        kept = {name: value for name, value in os.environ.items() if name != "REQUIRE_ALL"}
        return subprocess.run(
            [sys.executable, "-m", "pytest", *plugins, str(tmp_path)],
            env={**kept, "PYTHONPATH": str(settings.BASE_DIR)} | environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return start


def test_a_missing_part_is_said_and_the_run_stays_green(run):
    answer = run()

    assert answer.returncode == 0
    assert "1 test(s) not run: no-such-command: no command no-such-command" in answer.stdout
    assert "1 passed, 1 skipped" in answer.stdout


def test_a_missing_part_is_a_failure_where_all_is_required(run):
    answer = run(REQUIRE_ALL="1")

    assert answer.returncode == 1
    assert "REQUIRE_ALL=1 and no command no-such-command" in answer.stdout
