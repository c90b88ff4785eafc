"""An endpoint that speaks OpenAI's `/v1/audio/transcriptions` on this machine, and ways to fail.

It recognises nothing: it answers with the segments that a test lays down. What it was sent is kept.
"""

from __future__ import annotations

import io
import json
import threading
import wave
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    fields: dict[str, str]
    wav: bytes

    @property
    def seconds(self) -> float:
        """How much sound was sent."""
        with wave.open(io.BytesIO(self.wav)) as file:
            return file.getnframes() / file.getframerate()


@dataclass
class SpeechServer:
    """Answers while it is open. `how` chooses what it does next."""

    segments: list[dict[str, Any]] = field(default_factory=list)
    how: str = "sound"
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """What stands in SPEECH_HTTP_URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> SpeechServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self) -> tuple[int, bytes]:
        """Status and body for one sound request."""
        if self.how == "text_only":
            return 200, json.dumps({"text": "".join(s["text"] for s in self.segments)}).encode()
        if self.how == "no_json":
            return 200, b"<html>busy</html>"
        if self.how == "endless":
            return 200, b'{"text": "' + b"x" * (9 << 20) + b'"}'
        if self.how.isdigit():
            return int(self.how), b"{}"
        whole = {"task": "transcribe", "language": "chinese", "segments": self.segments}
        return 200, json.dumps(whole).encode()


def _handler(server: SpeechServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append(_asked(self, body))
            if server.how == "drips":
                self.send_response(200)
                self.end_headers()
                while not server.closing.wait(0.05):
                    try:
                        self.wfile.write(b" ")
                    except OSError:
                        return
                return
            status, answer = server.answer()
            self.send_response(status)
            if status == 307:
                self.send_header("Location", f"{server.url}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            try:
                self.wfile.write(answer)
            except OSError:
                return  # the asker has heard enough

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def _asked(handler: BaseHTTPRequestHandler, body: bytes) -> Asked:
    head = f"Content-Type: {handler.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    fields, wav = {}, b""
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if name == "file":
            wav = content
            fields["file_name"] = part.get_filename() or ""
        else:
            fields[str(name)] = content.decode()
    return Asked(handler.path, dict(handler.headers.items()), fields, wav)
