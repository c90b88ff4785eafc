"""A time-stamping authority that is nobody of the house."""

from __future__ import annotations

from dataclasses import dataclass

from complaints.bundle.exhibits import Token
from evidence.integrity import certificates, timestamp
from evidence.integrity.tsa import EmbeddedTsa

from . import make_package as make


@dataclass(frozen=True)
class Stranger:
    """A TSA that is nobody of this house: own root, own key, real tokens."""

    issuer: certificates.Issuer
    tsa: EmbeddedTsa
    source: str = "样例外部时间戳机构"

    @classmethod
    def make(cls) -> Stranger:
        issuer = certificates.Issuer.make(at=make.BORN, origin="stranger.invalid")
        key = certificates.new_rsa_key()
        certificate = issuer.issue_tsa(key, at=make.BORN)
        return cls(issuer, EmbeddedTsa(certificate, key, (issuer.certificate,), "1.2.3.4"))

    def respond(self, request_der: bytes) -> bytes:
        return self.tsa.respond(request_der, at=make.clock())

    def token(self, sha256: str) -> Token:
        der = self.respond(timestamp.build_request(bytes.fromhex(sha256), 7))
        at = make.clock()
        return Token(der=der, source=self.source, gen_time=at, self_issued=False)
