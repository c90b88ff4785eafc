"""One POST to a TSA over HTTP (RFC 3161 §3.4), which ends in time whatever the other side does."""

from __future__ import annotations

import requests
import urllib3

from evidence.errors import EvidenceError
from evidence.http_deadline import deadline

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
TIMEOUT_S = (5, 20)  # to connect, between two pieces of the answer
WHOLE_S = 45.0  # for all of it: one octet every ten seconds would otherwise hold a worker for days
MAX_RESPONSE_BYTES = 256 * 1024


class AnswerError(EvidenceError):
    """What came back is no time-stamp reply. `code` says in one word why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.code = why


def post(url: str, query: bytes, *, whole_s: float = WHOLE_S) -> bytes:
    """The body of the reply, judged by its status, type and length only.

    Raises:
        AnswerError: `no_answer` (nobody there, or cut off), `answer_too_slow`, `http_…`,
            `wrong_content_type`, `answer_too_long`.
    """
    with requests.Session() as session, deadline(session, whole_s) as passed:
        try:
            status, media_type, body = _exchange(session, url, query)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as cause:
            raise AnswerError("answer_too_slow" if passed.is_set() else "no_answer") from cause
        if passed.is_set():  # a cut connection can look like the end of a body
            raise AnswerError("answer_too_slow")
    if status != requests.codes.ok:
        raise AnswerError(f"http_{status}")
    if media_type.partition(";")[0].strip().lower() != REPLY:
        raise AnswerError("wrong_content_type")
    if len(body) > MAX_RESPONSE_BYTES:
        raise AnswerError("answer_too_long")
    return body


def _exchange(session: requests.Session, url: str, query: bytes) -> tuple[int, str, bytes]:
    # No encoding is asked for and none is undone: a small reply must not become a large one.
    headers = {"Content-Type": QUERY, "Accept": REPLY, "Accept-Encoding": "identity"}
    with session.post(
        url, data=query, headers=headers, timeout=TIMEOUT_S, allow_redirects=False, stream=True
    ) as answer:
        body = b""
        # To its end or one octet too far: only at the end is a cut body noticed.
        while len(body) <= MAX_RESPONSE_BYTES:
            more = answer.raw.read(MAX_RESPONSE_BYTES + 1 - len(body), decode_content=False)
            if not more:
                break
            body += more
        return answer.status_code, answer.headers.get("Content-Type", ""), body
