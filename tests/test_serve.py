"""scripts/serve.py: web and worker start together and stop together; what goes wrong is said.

The real script and the real WSGI server, over a checkout with an application of three lines.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .processes import ended, free_port, running, until

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "serve.py"
WITHIN_S = 30

WSGI = """
def application(environ, start_response):
    start_response("200 OK", [])
    return [b"here"]
"""
MANAGE = """
import os, pathlib, signal, sys
here = pathlib.Path(__file__).parent
if sys.argv[1] == "start":
    if (here / "start-waits").exists():
        print("starting", flush=True)
        signal.pause()
    sys.exit(3 if (here / "start-fails").exists() else 0)
def leave(*_):
    (here / "worker-left").touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
(here / "worker-pid").write_text(str(os.getpid()))
while True:
    signal.pause()
"""


@pytest.fixture
def checkout(tmp_path) -> Path:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "config").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    (tmp_path / "config" / "wsgi.py").write_text(WSGI)
    (tmp_path / "manage.py").write_text(MANAGE)
    return tmp_path


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def env(port) -> Mapping[str, str]:
    return {**os.environ, "PORT": str(port)}


def serve(checkout: Path) -> list[str]:
    return [sys.executable, str(checkout / "scripts" / "serve.py")]


def is_up(checkout: Path, port: int) -> bool:
    pid = checkout / "worker-pid"
    return answers(port) and pid.exists() and bool(pid.read_text())


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True


def test_ctrl_c_stops_web_and_worker(checkout, env, port):
    with running(serve(checkout), cwd=checkout, env=env) as process:
        until(lambda: is_up(checkout, port), within_s=WITHIN_S)
        process.send_signal(signal.SIGINT)
        status, output = ended(process, within_s=WITHIN_S)

    assert status == 0
    assert f":{port}/" in output
    assert (checkout / "worker-left").exists()
    assert not answers(port)


def test_a_supervisor_s_sigterm_stops_both_as_well(checkout, env, port):
    with running(serve(checkout), cwd=checkout, env=env) as process:
        until(lambda: is_up(checkout, port), within_s=WITHIN_S)
        process.terminate()
        status, _ = ended(process, within_s=WITHIN_S)

    assert status == 0
    assert (checkout / "worker-left").exists()
    assert not answers(port)


@pytest.mark.parametrize("stopped_by", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_where_a_script_began_it_behind_an_ampersand(checkout, env, port, stopped_by):
    ignoring = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *serve(checkout)]
    with running(ignoring, cwd=checkout, env=env) as process:
        until(lambda: is_up(checkout, port), within_s=WITHIN_S)
        process.send_signal(stopped_by)
        status, _ = ended(process, within_s=WITHIN_S)

    assert status == 0
    assert (checkout / "worker-left").exists()
    assert not answers(port)


def test_a_worker_that_dies_takes_web_with_it_and_the_status_says_so(checkout, env, port):
    with running(serve(checkout), cwd=checkout, env=env) as process:
        until(lambda: is_up(checkout, port), within_s=WITHIN_S)
        os.kill(int((checkout / "worker-pid").read_text()), signal.SIGKILL)
        status, output = ended(process, within_s=WITHIN_S)

    assert status == 1
    assert "ended by itself" in output
    assert not answers(port)


def test_a_web_server_that_cannot_start_takes_the_worker_with_it(checkout, env):
    (checkout / "config" / "wsgi.py").write_text("raise SystemExit('no keys')")
    with running(serve(checkout), cwd=checkout, env=env) as process:
        status, output = ended(process, within_s=WITHIN_S)

    assert status == 1
    assert "ended by itself" in output


def test_a_taken_port_is_said_before_anything_is_started(checkout, env, port):
    (checkout / "start-fails").touch()  # would end with 3, were it asked
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        refused = subprocess.run(
            serve(checkout), cwd=checkout, env=env, capture_output=True, text=True, timeout=WITHIN_S
        )

    assert refused.returncode == 1
    assert f"Port {port}" in refused.stdout
    assert "PORT=" in refused.stdout


def test_a_start_that_fails_starts_nothing(checkout, env, port):
    (checkout / "start-fails").touch()

    failed = subprocess.run(serve(checkout), cwd=checkout, env=env, timeout=WITHIN_S)

    assert failed.returncode == 3
    assert not (checkout / "worker-pid").exists()


def test_ctrl_c_during_the_start_ends_without_a_traceback(checkout, env):
    (checkout / "start-waits").touch()
    with running(serve(checkout), cwd=checkout, env=env) as process:
        assert process.stdout is not None
        assert "starting" in process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        status, output = ended(process, within_s=WITHIN_S)

    assert status == 1
    assert "Stopped before anything was started" in output
