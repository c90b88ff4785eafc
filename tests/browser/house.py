"""A whole installation for the browser: web server and worker, as `make run` starts them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.founded import found

ROOT = Path(__file__).resolve().parent.parent.parent
CLIENT = ROOT / "pwa" / "dist"
FONTS = ROOT / "var" / "fonts"
START_S = 60


@dataclass
class House:
    """One running installation with its own database, keys and vault."""

    origin: str
    environment: dict[str, str]
    children: list[subprocess.Popen[bytes]]

    @classmethod
    def build(cls, var: Path, **settings: str) -> House:
        """Make keys and database in `var`, then start web and worker on a free port."""
        port = _free_port()
        origin = f"http://localhost:{port}"  # service workers run on https or localhost only
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(var),
            "FONT_DIR": str(FONTS),
            "SITE_ORIGIN": origin,
            "DEMO": "0",
            "LOG_LEVEL": "WARNING",
            **settings,
        }
        house = cls(origin, environment, [])
        found(environment)
        if settings:  # they may ask for further keys
            house.manage("make_keys")
        granian = ["-m", "granian", "config.wsgi:application", "--interface", "wsgi"]
        address = ["--host", "127.0.0.1", "--port", str(port)]
        house.spawn(*granian, *address, "--workers", "1", "--blocking-threads", "4", "--no-ws")
        house.spawn("manage.py", "worker")
        try:
            house.wait(port)
        except TimeoutError:
            house.stop()
            raise
        return house

    def manage(self, *words: str) -> None:
        """Run one management command to its end."""
        self.run("manage.py", *words)

    def run(self, *words: str) -> None:
        """Run one command of Python's to its end, with the settings of this house."""
        command = [sys.executable, *words]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def spawn(self, *words: str) -> None:
        """Start one child; its output stands in the installation's folder."""
        path = Path(self.environment["VAR_DIR"]) / f"child{len(self.children)}.log"
        with path.open("wb") as log:
            child = subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.children.append(child)

    def wait(self, port: int) -> None:
        """Return as soon as the server accepts a connection."""
        last = time.monotonic() + START_S
        while time.monotonic() < last:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError(f"no answer on port {port} after {START_S} s")

    def stop(self) -> None:
        """End our own children, and only them."""
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
