"""`make run`: bring the database and the keys up to date, then run web and worker until Ctrl-C.

Two child processes, no shell: the WSGI server and the worker. When either ends by itself the other
is stopped too and the exit status says so; a supervisor or the person starts again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
GRACE_S = 10


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def manage(*words: str) -> None:
    """Run one management command; stop the start if it fails."""
    finished = subprocess.run([PYTHON, "manage.py", *words], cwd=ROOT, check=False)
    if finished.returncode != 0:
        sys.exit(finished.returncode)


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens on the address yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def start(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> None:
    """Start the web server and the worker; each joins `children` at once, to be stopped with it."""
    web = [PYTHON, "-m", "granian", "config.wsgi:application", "--interface", "wsgi"]
    web += ["--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", "8"]
    web += ["--log-level", "error", "--no-ws"]
    web += ["--workers-kill-timeout", "5"]
    worker = [PYTHON, "manage.py", "worker"]
    # Each leads a group of its own: Ctrl-C reaches us alone, and nothing of theirs outlives us.
    for command in (web, worker):
        children.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True))


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """End every child: ask first, insist after `GRACE_S` seconds."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    last = time.monotonic() + GRACE_S
    for child in children:
        try:
            child.wait(max(0.1, last - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"Process {child.pid} did not stop in {GRACE_S} s; ending it.")
        finally:
            end_group(child)


def end_group(child: subprocess.Popen[bytes]) -> None:
    """End what a child may have left behind: its own worker processes."""
    with contextlib.suppress(ProcessLookupError):  # the usual case: the whole group has gone
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def answers(host: str, port: int) -> bool:
    """Whether the web server accepts a connection."""
    try:
        with socket.create_connection((host, port), timeout=0.2):
            return True
    except OSError:
        return False


def main() -> int:
    """Prepare, start, wait."""
    # Behind a script's `&` it is ignored, by us and by all that we start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    host = os.environ.get("HOST", "127.0.0.1")
    port = int(os.environ.get("PORT", "8000"))
    if not is_free(host, port):
        say(f"Port {port} on {host} is taken; choose another: PORT=8001 make run")
        return 1
    # A newcomer's first start shows a filled house; DEMO=0 leaves an empty one empty.
    os.environ.setdefault("DEMO", "1")
    manage("start")
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
    say(f"Starting web and worker: {address}")
    # First, so that no moment is left in which a SIGTERM would end us and not the children.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    children: list[subprocess.Popen[bytes]] = []
    told = False
    try:
        start(host, port, children)
        while all(child.poll() is None for child in children):
            if not told and answers(host, port):
                say(f"\n  留证 Liuzheng  →  {address}")
                say("  Ctrl-C stops everything · 按 Ctrl-C 全部停止\n")
                told = True
            time.sleep(0.1 if not told else 0.5)
    except KeyboardInterrupt:
        say("\nStopping …")
        stop(children)
        return 0
    stop(children)
    say("One part ended by itself (see above); everything was stopped.")
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped before anything was started.")
