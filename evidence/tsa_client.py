"""Outside TSAs (RFC 3161): ask, and judge the answer before believing it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from asn1crypto import tsp
from cryptography import x509
from django.conf import settings
from django.utils import timezone

from evidence import tsa_http
from evidence.errors import EvidenceError
from evidence.integrity.timestamp import (
    TimeStampError,
    Token,
    build_request,
    check_clock,
    verify_response,
)
from evidence.tsa_sources import Source

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
    """Get a token over a SHA-256, SHA-384 or SHA-512 digest.

    Returns:
        The DER response as received, and its token, which holds: imprint, nonce, policy, usage,
        signature, chain to this source's own roots, and a time that is ours within
        TSA_CLOCK_TOLERANCE_S.

    Raises:
        StampUnavailableError: no answer, a refusal, or an answer that does not hold.
    """
    request = build_request(digest, secrets.randbits(NONCE_BITS))
    return respond(source, request, own_roots=own_roots)


def respond(
    source: Source, request_der: bytes, *, own_roots: Sequence[x509.Certificate]
) -> tuple[bytes, Token]:
    """The same for a request that somebody else wrote: of a PDF's signature.

    Args:
        source: who is asked.
        request_der: TimeStampReq with a nonce (RFC 3161 §2.4.1).
        own_roots: of the house; a token that ends there is no stranger's.

    Raises:
        StampUnavailableError: as `stamp`.
    """
    request = tsp.TimeStampReq.load(request_der)
    digest, nonce = request["message_imprint"]["hashed_message"].native, request["nonce"].native
    try:
        response = tsa_http.post(source.url, request_der)
        token = verify_response(
            response,
            digest,
            roots=source.roots,
            own_roots=own_roots,
            nonce=nonce,
            policies=source.policies,
        )
        tolerance = timedelta(seconds=settings.TSA_CLOCK_TOLERANCE_S)
        check_clock(token, now=timezone.now(), tolerance=tolerance)
    except (tsa_http.AnswerError, TimeStampError) as cause:
        raise StampUnavailableError(source.name, cause.code) from cause
    if token.is_self_issued:  # our own root stands in this source's file: it is no stranger
        raise StampUnavailableError(source.name, "stamp_self_issued")
    return response, token
