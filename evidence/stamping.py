"""The embedded TSA's stamp over one item: made at once, judged like any other, self-issued."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.integrity.times import write_time
from evidence.integrity.timestamp import Token, build_request, verify_response
from evidence.models import TimeStampToken
from evidence.vault import keyring

EMBEDDED = "embedded"
NONCE_BITS = 64
SEALER = Actor.system("sealing")


@dataclass(frozen=True)
class Seal:
    """One TSA's response, already judged."""

    source: str
    response: bytes  # DER
    token: Token
    renewal: bytes | None = None  # the text that it is over, when it renews others

    def columns(self) -> dict[str, Any]:
        """As rows of tokens hold it."""
        return {
            "source": self.source,
            "response": self.response,
            "gen_time": self.token.gen_time,
            "serial": str(self.token.serial),
            "is_self_issued": self.token.is_self_issued,
            "certificate_fingerprint": self.token.certificate_fingerprint,
            "verifier": self.token.verifier,
            "obtained_at": timezone.now(),
            "chain": ",".join(self.token.chain),
            "algorithms": ",".join(self.token.algorithms),
            "valid_until": self.token.valid_until,
            "renewal": self.renewal,
        }

    def facts(self, token_id: uuid.UUID) -> dict[str, Any]:
        """As events tell it."""
        return {
            "token": str(token_id),
            "source": self.source,
            "response": hashlib.sha256(self.response).hexdigest(),
            "gen_time": write_time(self.token.gen_time),
            "self_issued": "yes" if self.token.is_self_issued else "no",
        }


def embedded(digest_hex: str) -> Seal:
    """Have the house's own TSA stamp a digest (SHA-256, 384 or 512 in lower-case hex)."""
    house = keyring.house()
    digest, nonce = bytes.fromhex(digest_hex), secrets.randbits(NONCE_BITS)
    response = house.tsa().respond(build_request(digest, nonce), at=timezone.now())
    token = verify_response(response, digest, roots=[], own_roots=house.roots(), nonce=nonce)
    return Seal(EMBEDDED, response, token)


def keep(item_id: uuid.UUID, seal: Seal) -> None:
    """Write the token and its event, inside the caller's transaction."""
    kept = TimeStampToken.objects.create(item_id=item_id, **seal.columns())
    facts = seal.facts(kept.pk)
    custody.record(Subject.ITEM, item_id, Act.SEALED, actor=SEALER, facts=facts)


def has_seal(item_id: uuid.UUID, source: str = EMBEDDED) -> bool:
    """Whether the item carries this source's token already."""
    return TimeStampToken.objects.filter(item_id=item_id, source=source).exists()
