"""Tokens over a package's manifests and its PDF signature: the embedded TSA's, and strangers'."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from complaints.bundle.errors import StampRefusedError
from evidence.integrity.house import House
from evidence.integrity.timestamp import TimeStampError, build_request, verify_response

NONCE_BITS = 64
EMBEDDED = "embedded"  # the source of the house's own tokens, wherever they are named


class Stamper(Protocol):
    """A TSA that can be asked now."""

    @property
    def source(self) -> str:
        """Whose clock it is: printed."""

    def respond(self, request_der: bytes) -> bytes:
        """The DER TimeStampResp to a DER TimeStampReq (RFC 3161 §2.4)."""


@dataclass(frozen=True)
class EmbeddedStamper:
    """The house's own TSA, asked in the process: self-issued by construction."""

    house: House
    clock: Callable[[], datetime]
    source: str = EMBEDDED

    def respond(self, request_der: bytes) -> bytes:
        """A token at the clock's time."""
        return self.house.tsa().respond(request_der, at=self.clock())


def stamp(stamper: Stamper, digest: bytes, house: House) -> bytes:
    """A whole response over a SHA-256 digest, kept only when it verifies.

    Whether its chain ends at a root that anybody trusts is the recipient's question, not ours.

    Raises:
        StampRefusedError: refused, over other bytes, another nonce, or a signature that fails.
    """
    nonce = secrets.randbits(NONCE_BITS)
    der = stamper.respond(build_request(digest, nonce))
    try:
        verify_response(der, digest, roots=(), own_roots=house.roots(), nonce=nonce, elsewhere=True)
    except TimeStampError as cause:
        raise StampRefusedError(source=stamper.source) from cause
    return der
