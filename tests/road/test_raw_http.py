"""Requests that no library would send, over a socket to the real server: refused, nothing lost."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.evidence.killed.house import House, Upload
from tests.processes import until

CONTENT = bytes(range(256)) * 16
HERE = b"already here"  # the first bytes, there before anything else is tried
WITHIN_S = 20


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    built = House(tmp_path_factory.mktemp("raw") / "var")
    with built.web():
        yield built


@pytest.fixture
def upload(house: House) -> Upload:
    begun = house.begin(len(HERE) + len(CONTENT))
    assert begun.patch(0, HERE)[0] == 204
    return begun


@dataclass(frozen=True)
class Answer:
    """What came back: status (0 when the server only hung up), headers, body."""

    status: int
    head: str
    body: bytes


@dataclass(frozen=True)
class Ask:
    """One PATCH, header by header."""

    headers: list[str] = field(default_factory=list)
    body: bytes = b"abc"
    offset: str | None = str(len(HERE))

    def send(self, upload: Upload) -> Answer:
        lines = [
            f"PATCH {upload.address} HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: close",
            "Tus-Resumable: 1.0.0",
            "Content-Type: application/offset+octet-stream",
            f"Authorization: Upload {upload.token}",
            *([] if self.offset is None else [f"Upload-Offset: {self.offset}"]),
            *self.headers,
        ]
        return _exchange(upload.port, "\r\n".join([*lines, "", ""]).encode() + self.body)


def _exchange(port: int, request: bytes) -> Answer:
    with socket.create_connection(("127.0.0.1", port), timeout=WITHIN_S) as line:
        line.sendall(request)
        received = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    words = head.decode("latin-1").split(" ", 2)
    return Answer(int(words[1]) if len(words) > 1 else 0, head.decode("latin-1"), body)


BAD = {
    "a negative length": Ask(["Content-Length: -1"]),
    "a length beyond any number": Ask([f"Content-Length: {'9' * 30}"]),
    "a length beyond the upload": Ask([f"Content-Length: {'9' * 15}"]),
    "a length in letters": Ask(["Content-Length: abc"]),
    "a length with a sign": Ask(["Content-Length: +3"]),
    "two lengths": Ask(["Content-Length: 3", "Content-Length: 4"]),
    "two lengths in one line": Ask(["Content-Length: 3, 4"]),
    "a negative offset": Ask(["Content-Length: 3"], offset="-1"),
    "an offset beyond the upload": Ask(["Content-Length: 3"], offset="9" * 15),
    "an offset beyond any number": Ask(["Content-Length: 3"], offset="9" * 40),
    "a broken offset": Ask(["Content-Length: 3"], offset="12.0"),
    "an offset with a sign": Ask(["Content-Length: 3"], offset="+12"),
    "an offset in other digits": Ask(["Content-Length: 3"], offset="１２"),
    "two offsets": Ask(["Upload-Offset: 5", "Content-Length: 3"]),
    "no offset": Ask(["Content-Length: 3"], offset=None),
    "an offset before the end": Ask(["Content-Length: 3"], offset="0"),
    "two capabilities": Ask(["Authorization: Upload x", "Content-Length: 3"]),
    "a line feed in a header": Ask(["X-Any: a\nUpload-Offset: 0", "Content-Length: 3"]),
    "a space before the colon": Ask(["Content-Length : 3"]),
    "another version": Ask(["Tus-Resumable: 0.2.2", "Content-Length: 3"]),
    "a checksum that is none": Ask(["Upload-Checksum: sha256 ***", "Content-Length: 3"]),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_and_the_upload_stands_where_it_stood(house, upload, name):
    answer = BAD[name].send(upload)

    assert answer.status == 0 or 400 <= answer.status < 500, answer.head
    assert until(upload.head, within_s=WITHIN_S) == len(HERE)
    assert house.answers()


@pytest.mark.parametrize(
    "headers",
    [["Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked", "Content-Length: 3"]],
    ids=["chunked", "chunked and a length"],
)
def test_a_chunked_body_is_never_taken_for_something_else(house, upload, headers):
    """Whatever the server makes of it: the bytes it acknowledges are the bytes that were meant."""
    answer = Ask(headers, body=b"3\r\nabc\r\n0\r\n\r\n").send(upload)
    stands = until(upload.head, within_s=WITHIN_S)
    assert answer.status < 500
    assert stands in (len(HERE), len(HERE) + 3)

    content = (HERE + b"abc" + CONTENT)[: len(HERE) + len(CONTENT)]
    assert upload.patch(stands, content[stands:])[0] == 204

    assert upload.receipt()["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_second_request_hidden_in_a_body_is_not_answered(house, upload):
    hidden = f"DELETE {upload.address} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\n"
    hidden += f"Authorization: Upload {upload.token}\r\n\r\n"
    body = hidden.encode()

    answer = Ask([f"Content-Length: {len(body)}"], body=body).send(upload)

    assert (answer.status, answer.body) == (204, b"")
    assert until(upload.head, within_s=WITHIN_S) == len(HERE) + len(body)


def test_of_two_writers_at_once_one_waits_and_no_byte_is_mixed(house):
    content = CONTENT * 512  # 2 MiB, long enough to meet
    upload = house.begin(len(content))
    answers: list[int] = []
    writers = [
        threading.Thread(target=lambda: answers.append(upload.patch(0, content)[0]))
        for _ in range(4)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(WITHIN_S)

    assert set(answers) <= {204, 409, 410, 423}
    assert 204 in answers
    assert upload.receipt()["sha256"] == hashlib.sha256(content).hexdigest()
    house.manage("check_log")
