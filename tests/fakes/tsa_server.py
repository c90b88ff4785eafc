"""A TSA of strangers: real RFC 3161 tokens over real HTTP on this machine, and ways to fail."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from evidence.integrity.house import House, make_house


class TsaServer:
    """Answers while it is open. `how` chooses what it does next."""

    def __init__(self, folder: Path) -> None:
        made = make_house(at=datetime.now(UTC) - timedelta(days=1), origin="stranger.example/log")
        self.house = House.load(made)
        self.roots = folder / "stranger.pem"
        self.roots.write_bytes(
            b"".join(root.public_bytes(Encoding.PEM) for root in self.house.roots())
        )
        self.how = "sound"
        self.asked = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def entry(self) -> dict[str, Any]:
        """What stands in TSA_URLS."""
        port = self._server.server_address[1]
        return {
            "name": "stranger",
            "url": f"http://127.0.0.1:{port}/",
            "roots": str(self.roots),
        }

    def __enter__(self) -> TsaServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, query: bytes) -> tuple[int, str, bytes]:
        """Status, content type and body for one query."""
        self.asked += 1
        now = datetime.now(UTC)
        sound = self.house.tsa().respond(query, at=now)
        return {
            "sound": (200, "application/timestamp-reply", sound),
            "away": (503, "text/plain", b"later"),
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
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        return Handler
