"""A whole installation on scratch disk: its own keys and SQLite database, real processes."""

from __future__ import annotations

import base64
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path

from tests.founded import found
from tests.processes import free_port, running, until

ROOT = Path(__file__).resolve().parents[3]
BODY = "application/offset+octet-stream"
WITHIN_S = 60
BEGIN = """
import json, time
import django; django.setup()
from django.conf import settings
from django.test import Client
from accounts.models import User
from evidence import cases, consents
from evidence.custody import Actor
user = User.objects.create_user("sample-borrower", "seven quiet otters row home")
consents.give(user, consents.REQUIRED, version=consents.TEXT_VERSION)
case = cases.begin(user, title="", actor=Actor.of(user))
browser = Client(SERVER_NAME="127.0.0.1"); browser.force_login(user)
browser.get("/api/me/")
session = browser.cookies[settings.SESSION_COOKIE_NAME].value
print(json.dumps({
    "case": str(case.pk),
    "session": f"{settings.SESSION_COOKIE_NAME}={session}",
    "csrf": browser.cookies[settings.CSRF_COOKIE_NAME].value,
    "csrf_name": settings.CSRF_COOKIE_NAME,
}))
"""


@dataclass
class Upload:
    """One tus upload from a phone, over one connection a call."""

    port: int
    address: str
    token: str

    def head(self) -> int | None:
        """Where the upload stands; None while a writer holds it, be it a dead one."""
        status, headers, _ = self._call("HEAD", {})
        assert status in (200, 423), status
        return int(headers["Upload-Offset"]) if status == 200 else None

    def patch(self, offset: int, data: bytes) -> tuple[int, HTTPMessage]:
        more = {"Upload-Offset": str(offset), "Content-Type": BODY}
        status, headers, _ = self._call("PATCH", more, data)
        return status, headers

    def patch_half(self, offset: int, length: int, data: bytes) -> http.client.HTTPConnection:
        """Promise `length` bytes, send `data`, leave the connection open."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN_S)
        connection.putrequest("PATCH", self.address)
        more = {"Upload-Offset": offset, "Content-Type": BODY, "Content-Length": length}
        for name, value in {**self._headers(), **more}.items():
            connection.putheader(name, str(value))
        connection.endheaders()
        connection.send(data)
        return connection

    def receipt(self) -> dict[str, object]:
        status, _, body = self._call("GET", {}, path=f"{self.address}receipt/")
        assert status == 200, body
        return dict(json.loads(body))

    def _headers(self) -> dict[str, str]:
        return {"Tus-Resumable": "1.0.0", "Authorization": f"Upload {self.token}"}

    def _call(self, method, more, data=None, path=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN_S)
        connection.request(method, path or self.address, data, {**self._headers(), **more})
        answer = connection.getresponse()
        got = answer.status, answer.headers, answer.read()
        connection.close()
        return got


class House:
    """Set up once; its processes are started and killed by the tests."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
        self.env = {
            **kept,
            "VAR_DIR": str(var),
            "SITE_ORIGIN": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "JOB_LEASE_S": "3",
            "SWEEP_EVERY_S": "1",
            "LOG_LEVEL": "ERROR",
        }
        found(self.env)
        self.begun = json.loads(self.python(BEGIN).splitlines()[-1])

    def manage(self, *words: str) -> str:
        return self._run([sys.executable, "manage.py", *words, "--verbosity=0"])

    def python(self, program: str) -> str:
        return self._run([sys.executable, "-c", program])

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    @contextmanager
    def web(self) -> Iterator[subprocess.Popen[str]]:
        """The server as `make run` starts it, once it answers."""
        command = [sys.executable, "-m", "granian", "config.wsgi:application"]
        command += ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        command += ["--workers", "1", "--blocking-threads", "4", "--log-level", "error"]
        with running(command, cwd=ROOT, env=self.env) as process:
            until(self.answers, within_s=WITHIN_S)
            yield process

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[str]]:
        command = [sys.executable, "manage.py", "worker", "--processes", "2"]
        with running(command, cwd=ROOT, env=self.env) as process:
            yield process

    def answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/health/")
            return connection.getresponse().status < 500
        except OSError:
            return False

    def begin(self, length: int, **said: str) -> Upload:
        values = {"case": self.begun["case"], "kind": "document", "source": "received", **said}
        pairs = [f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in values.items()]
        csrf = self.begun["csrf"]
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(length),
            "Upload-Metadata": ",".join(pairs),
            "Cookie": f"{self.begun['session']}; {self.begun['csrf_name']}={csrf}",
            "X-CSRFToken": csrf,
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WITHIN_S)
        connection.request("POST", "/api/uploads/", headers=headers)
        answer = connection.getresponse()
        assert answer.status == 201, answer.read()
        return Upload(self.port, answer.headers["Location"], answer.headers["Upload-Capability"])

    def files_with(self, marker: bytes) -> list[Path]:
        """Files anywhere in the installation in which the marker stands in clear."""
        found = []
        for path in self.var.rglob("*"):
            if path.is_file() and marker in path.read_bytes():
                found.append(path)
        return found


def kill(process: subprocess.Popen[str]) -> None:
    """As a power cut ends it: the whole group, at once, without a word."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(WITHIN_S)
