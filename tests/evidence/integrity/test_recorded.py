"""tests/recorded/tsa: answers as they came over the wire, each with what must come of it.

Every one goes over HTTP again, to the client that asks real authorities, and is judged at the time
of its recording. What is accepted must be accepted by `openssl ts -verify` as well, as of then.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import tsp
from cryptography import x509

from evidence import tsa_http
from evidence.errors import EvidenceError
from evidence.integrity import timestamp as ts
from tests.evidence.integrity.strangers import DIGEST, NONCE, POLICY

FOLDER = Path(__file__).parents[2] / "recorded" / "tsa"
INDEX: dict[str, dict[str, Any]] = json.loads((FOLDER / "index.json").read_text("utf-8"))
ACCEPTED = sorted(name for name, told in INDEX.items() if not told["code"])
REQUIRED = {
    "openssl_refusal": "stamp_not_granted",
    "absent": "http_404",
    "wrong_type": "wrong_content_type",
    "hour_off": "stamp_clock_differs",
    "ber": "stamp_not_der",
    "openssl_unsorted": "",
    "wrong_nonce": "stamp_wrong_nonce",
    "wrong_usage": "stamp_wrong_usage",
    "expired_but_valid_then": "",
    "not_yet_valid": "stamp_certificate_not_valid_then",
    "chain_missing": "stamp_chain_unknown",
    "id_of_another": "stamp_wrong_certificate_id",
    "wrong_policy": "stamp_wrong_policy",
}


@contextmanager
def playing(name: str) -> Iterator[str]:
    """A server that gives one recorded answer; its address."""
    told, body = INDEX[name], (FOLDER / f"{name}.tsr").read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(told["status"])
            self.send_header("Content-Type", told["type"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        thread.join()


def ask(name: str) -> ts.Token:
    """What the client does, on the day of the recording."""
    told = INDEX[name]
    roots = x509.load_pem_x509_certificates((FOLDER / told["roots"]).read_bytes())
    with playing(name) as url:
        answer = tsa_http.post(url, ts.build_request(DIGEST, NONCE))
    token = ts.verify_response(answer, DIGEST, roots=roots, nonce=NONCE, policies=[POLICY])
    now = datetime.fromisoformat(told["asked_at"])
    ts.check_clock(token, now=now, tolerance=timedelta(minutes=5))
    return token


@pytest.mark.parametrize("name", sorted(INDEX))
def test_each_answer_comes_to_what_it_must(name):
    code = ""
    try:
        ask(name)
    except EvidenceError as refusal:
        code = refusal.code

    assert code == INDEX[name]["code"]


def test_what_must_be_recorded_is_there_with_its_required_code():
    assert {name: INDEX[name]["code"] for name in REQUIRED} == REQUIRED


def test_the_unsorted_one_is_unsorted():
    """Else the case above would show nothing."""
    response = tsp.TimeStampResp.load((FOLDER / "openssl_unsorted.tsr").read_bytes())
    found = [each.dump() for each in response["time_stamp_token"]["content"]["certificates"]]

    assert found != sorted(found)
    assert ask("openssl_unsorted").second_opinion is ts.SecondOpinion.UNREADABLE


@pytest.mark.openssl
@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_accepted_here_openssl_accepts_as_of_its_time(name):
    at = int(ask(name).gen_time.timestamp())
    command = [
        *("openssl", "ts", "-verify", "-digest", DIGEST.hex(), "-sha256"),
        *("-in", f"{name}.tsr", "-CAfile", INDEX[name]["roots"], "-attime", str(at)),
    ]

    run = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)

    assert "Verification: OK" in run.stdout + run.stderr
