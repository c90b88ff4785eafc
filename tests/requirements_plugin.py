"""What a test needs from the machine, by marker: missing means skipped, and said so at the end.

With REQUIRE_ALL=1 a missing part fails the test instead, so that CI cannot be green by absence.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from evidence.cell.parent import Limits, attempt
from tests.samples.pictures import chinese_font

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PARTS = ("browser", "redis", "postgres", "openssl", "chinese_font", "confinement", "namespaces")
GRANTED = {"confinement": {"landlock", "seccomp"}, "namespaces": {"namespaces"}}
ELSEWHERE = ("postgres", "namespaces")
REASON = "not run: "


@cache
def missing(part: str) -> str:
    """Say why a part is missing, or nothing when it is here."""
    if part == "browser":
        named = os.environ.get("CHROMIUM", "")
        found = Path(named).is_file() if named else any(map(shutil.which, CHROMIUM))
        return "" if found else "no Chromium (set CHROMIUM to its path)"
    if part == "redis":
        address = urlsplit(os.environ.get("REDIS_URL", ""))
        if not address.hostname:
            return "REDIS_URL is not set"
        return "" if _answers(address.hostname, address.port or 6379) else "Redis does not answer"
    if part == "postgres":
        scheme = urlsplit(os.environ.get("DATABASE_URL", "")).scheme
        return "" if scheme.startswith("postgres") else "DATABASE_URL names no PostgreSQL"
    if part == "chinese_font":
        return "" if chinese_font() else "no Chinese font"
    if part in GRANTED:
        lacking = sorted(GRANTED[part] - _held())
        return f"this host grants no {', '.join(lacking)}" if lacking else ""
    return "" if shutil.which(part) else f"no command {part}"


@cache
def _held() -> frozenset[str]:
    limits = Limits(memory_bytes=4 << 30, cpu_s=20, timeout_s=20)
    return attempt(limits, file=Path(__file__), folder=Path(tempfile.gettempdir()))[0]


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=2):
            return True
    except OSError:
        return False


def _parts(item: pytest.Item) -> list[str]:
    parts = [part for part in PARTS if _marked(item, part)]
    return parts + [str(mark.args[0]) for mark in item.iter_markers("tool")]


def _marked(item: pytest.Item, name: str) -> bool:
    return item.get_closest_marker(name) is not None


def _is_asked_for(part: str) -> bool:
    """PostgreSQL is a whole run of its own: on SQLite its tests are not missing, only elsewhere.

    Most container engines grant no user namespaces, and CI may run in one.
    """
    return os.environ.get("REQUIRE_ALL") == "1" and part not in ELSEWHERE


def pytest_runtest_setup(item: pytest.Item) -> None:
    for part in _parts(item):
        why = missing(part)
        if why and _is_asked_for(part):
            pytest.fail(f"REQUIRE_ALL=1 and {why}", pytrace=False)
        if why:
            pytest.skip(f"{REASON}{part}: {why}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        counts[reason] = counts.get(reason, 0) + 1
    if not counts:
        terminalreporter.write_line("Every test that was chosen ran.")
    for reason, number in sorted(counts.items()):
        terminalreporter.write_line(f"{number} test(s) {reason}", yellow=True)
