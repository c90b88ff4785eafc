"""Outside TSAs over HTTP (RFC 3161 §3.4): ask, and judge the answer before believing it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import requests
from cryptography import x509
from django.conf import settings

from evidence.errors import EvidenceError
from evidence.integrity.timestamp import TimeStampError, Token, build_request, verify_response

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
TIMEOUT_S = (5, 20)  # to connect, to answer
MAX_RESPONSE_BYTES = 256 * 1024
NONCE_BITS = 64
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


class StampSourceError(EvidenceError):
    """A TSA that the settings do not name, or name badly."""

    code = "stamp_source_unknown"


class StampUnavailableError(EvidenceError):
    """The TSA gave no token that holds. `why` is a code; time may heal it."""

    code = "stamp_unavailable"
    heals = True

    def __init__(self, source: str, why: str) -> None:
        super().__init__(f"{source}: {why}")
        self.code = f"stamp_unavailable:{why}"[:64]


@dataclass(frozen=True)
class Source:
    """One TSA of the settings; its roots come from a file of the operator's, never from it."""

    name: str
    url: str
    roots: tuple[x509.Certificate, ...]
    policies: tuple[str, ...] | None


def sources() -> list[str]:
    """The names of the outside TSAs."""
    return [str(entry["name"]) for entry in settings.TSA_URLS]


def source(name: str) -> Source:
    """One TSA by its name in TSA_URLS.

    Raises:
        StampSourceError: it is not there any more, or its entry is unusable.
    """
    for entry in settings.TSA_URLS:
        if entry.get("name") == name:
            break
    else:
        raise StampSourceError("not in TSA_URLS")
    try:
        if not NAME.fullmatch(name) or not str(entry["url"]).startswith(("https://", "http://")):
            raise StampSourceError("a name of a-z 0-9 _ . - and an http(s) address are needed")
        pem = Path(entry["roots"]).read_bytes()
        roots = tuple(x509.load_pem_x509_certificates(pem))
    except (KeyError, OSError, ValueError) as cause:
        raise StampSourceError("TSA_URLS needs name, url and roots (a PEM file)") from cause
    policies = entry.get("policies")
    return Source(name, entry["url"], roots, tuple(policies) if policies else None)


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
