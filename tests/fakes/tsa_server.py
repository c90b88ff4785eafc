"""A TSA of strangers: real RFC 3161 tokens over real HTTP on this machine, and ways to fail."""

from __future__ import annotations

import gzip
import threading
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from evidence.integrity.house import House, make_house


@cache
def _made(name: str, age_days: int) -> dict[str, bytes]:
    """The keys of one authority, made once a process: three RSA keys take a second or two."""
    at = datetime.now(UTC) - timedelta(days=age_days)
    return make_house(at=at, origin=f"{name}.example/log")


class TsaServer:
    """Answers while it is open. `how` chooses what it does next."""

    def __init__(self, folder: Path, name: str = "stranger", *, age_days: int = 1) -> None:
        self.name = name
        self.house = House.load(_made(name, age_days))
        self.roots = folder / f"{name}.pem"
        self.write_roots()
        self.how = "sound"
        self.asked = 0
        self._first = b""
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def write_roots(self) -> None:
        """Lay the file that TSA_URLS names: every root it ever had."""
        self.roots.write_bytes(
            b"".join(root.public_bytes(Encoding.PEM) for root in self.house.roots())
        )

    @property
    def entry(self) -> dict[str, Any]:
        """What stands in TSA_URLS."""
        port = self._server.server_address[1]
        return {
            "name": self.name,
            "url": f"http://127.0.0.1:{port}/",
            "roots": str(self.roots),
        }

    def __enter__(self) -> TsaServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, query: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body for one query."""
        self.asked += 1
        now = datetime.now(UTC)
        ahead = timedelta(hours=1) if self.how == "hour_off" else timedelta()
        sound = self.house.tsa().respond(query, at=now + ahead)
        return {
            "sound": (200, "application/timestamp-reply", sound),
            "hour_off": (200, "application/timestamp-reply", sound),
            "drips": (200, "application/timestamp-reply", sound),
            "cut": (200, "application/timestamp-reply", sound),
            "compressed": (200, "application/timestamp-reply", gzip.compress(sound)),
            "replayed": (200, "application/timestamp-reply", self._replayed(sound)),
            "away": (503, "text/plain", b"later"),
            "absent": (404, "text/html", b"<p>not here"),
            "html": (200, "text/html", b"<p>hello"),
            "garbage": (200, "application/timestamp-reply", b"\x30\x03\x02\x01\x00"),
            "huge": (200, "application/timestamp-reply", bytes(1 << 20)),
            "moved": (302, "application/timestamp-reply", b""),
            "rejects": (
                200,
                "application/timestamp-reply",
                self.house.tsa().respond(b"nonsense", at=now),
            ),
        }[self.how]

    def _replayed(self, sound: bytes) -> bytes:
        """The first answer it ever gave, whatever is asked."""
        self._first = self._first or sound
        return self._first

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                status, content_type, body = server.answer(query)
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Location", "http://192.0.2.1/")
                if server.how == "compressed":
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                if server.how == "cut":
                    self.wfile.write(body[:100])
                    self.close_connection = True
                elif server.how == "drips":
                    self._drip(body)
                else:
                    self.wfile.write(body)

            def _drip(self, body: bytes) -> None:
                """One octet now and then, until the other side has had enough."""
                for octet in body:
                    try:
                        self.wfile.write(bytes([octet]))
                    except OSError:
                        return
                    if server.closing.wait(0.05):
                        return

            def log_message(self, *_: object) -> None:
                return

        return Handler
