"""Outside TSAs over HTTP (RFC 3161 §3.4): ask, and judge the answer before believing it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import requests
from cryptography import x509

from evidence.errors import EvidenceError
from evidence.integrity.timestamp import TimeStampError, Token, build_request, verify_response
from evidence.tsa_sources import Source

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
TIMEOUT_S = (5, 20)  # to connect, to answer
MAX_RESPONSE_BYTES = 256 * 1024
NONCE_BITS = 64


class StampUnavailableError(EvidenceError):
    """The TSA gave no token that holds. `why` is a code; time may heal it."""

    code = "stamp_unavailable"
    heals = True

    def __init__(self, source: str, why: str) -> None:
        super().__init__(f"{source}: {why}")
        self.code = f"stamp_unavailable:{why}"[:64]


def stamp(
    source: Source, digest: bytes, *, own_roots: Sequence[x509.Certificate]
) -> tuple[bytes, Token]:
    """Get a token over a SHA-256 digest.

    Returns:
        The DER response as received, and its token, which holds: imprint, nonce, policy, usage,
        signature and chain to this source's own roots.

    Raises:
        StampUnavailableError: no answer, a refusal, or an answer that does not hold.
    """
    nonce = secrets.randbits(NONCE_BITS)
    response = _post(source, build_request(digest, nonce))
    try:
        token = verify_response(
            response,
            digest,
            roots=source.roots,
            own_roots=own_roots,
            nonce=nonce,
            policies=source.policies,
        )
    except TimeStampError as cause:
        raise StampUnavailableError(source.name, cause.code) from cause
    return response, token


def _post(source: Source, query: bytes) -> bytes:
    try:
        with requests.post(
            source.url,
            data=query,
            headers={"Content-Type": QUERY, "Accept": REPLY},
            timeout=TIMEOUT_S,
            allow_redirects=False,
            stream=True,
        ) as answer:
            body = answer.raw.read(MAX_RESPONSE_BYTES + 1, decode_content=True)
            status, media_type = answer.status_code, answer.headers.get("Content-Type", "")
    except (requests.RequestException, OSError) as cause:
        raise StampUnavailableError(source.name, "no_answer") from cause
    if status != requests.codes.ok:
        raise StampUnavailableError(source.name, f"http_{status}")
    if media_type.partition(";")[0].strip().lower() != REPLY:
        raise StampUnavailableError(source.name, "wrong_content_type")
    if len(body) > MAX_RESPONSE_BYTES:
        raise StampUnavailableError(source.name, "answer_too_long")
    return bytes(body)
