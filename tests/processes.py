"""Real processes in tests: in a group of their own, waited for with a bound, always ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOOK_EVERY_S = 0.05
LAST_WORDS_S = 20
LAST_WORDS = 4000  # characters


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(is_so: Callable[[], Any], *, within_s: float) -> Any:
    """What `is_so` gives as soon as that is true; an assertion fails when it never is."""
    last = time.monotonic() + within_s
    while not (answer := is_so()):
        assert time.monotonic() < last, f"not so within {within_s} s"
        time.sleep(LOOK_EVERY_S)
    return answer


@contextmanager
def running(
    command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """A process whose whole group is gone afterwards, whatever the test found."""
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env=dict(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):  # it ended by itself, and its children
            os.killpg(process.pid, signal.SIGKILL)
        # A grandchild that lives on is a failure, no wait. Pytest shows what was said, if it fails.
        sys.stdout.write(process.communicate(timeout=LAST_WORDS_S)[0][-LAST_WORDS:])


def ended(process: subprocess.Popen[str], *, within_s: float) -> tuple[int, str]:
    """Exit status and all that was written, once the process has ended."""
    output, _ = process.communicate(timeout=within_s)
    return process.returncode, output
