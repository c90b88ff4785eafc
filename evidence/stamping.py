"""The embedded TSA's stamp over one item: made at once, judged like any other, self-issued."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass

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


def embedded(sha256: str) -> Seal:
    """Have the house's own TSA stamp a digest (64 lower-case hex digits)."""
    house = keyring.house()
    digest, nonce = bytes.fromhex(sha256), secrets.randbits(NONCE_BITS)
    response = house.tsa().respond(build_request(digest, nonce), at=timezone.now())
    token = verify_response(response, digest, roots=[], own_roots=house.roots(), nonce=nonce)
    return Seal(EMBEDDED, response, token)


def keep(item_id: uuid.UUID, seal: Seal) -> None:
    """Write the token and its event, inside the caller's transaction."""
    kept = TimeStampToken.objects.create(
        id=uuid.uuid4(),
        item_id=item_id,
        source=seal.source,
        response=seal.response,
        gen_time=seal.token.gen_time,
        serial=str(seal.token.serial),
        is_self_issued=seal.token.is_self_issued,
        certificate_fingerprint=seal.token.certificate_fingerprint,
        verifier=seal.token.verifier,
        obtained_at=timezone.now(),
    )
    facts = {
        "token": str(kept.pk),
        "source": seal.source,
        "response": hashlib.sha256(seal.response).hexdigest(),
        "gen_time": write_time(seal.token.gen_time),
        "self_issued": "yes" if seal.token.is_self_issued else "no",
    }
    custody.record(Subject.ITEM, item_id, Act.SEALED, actor=SEALER, facts=facts)


def has_seal(item_id: uuid.UUID, source: str = EMBEDDED) -> bool:
    """Whether the item carries this source's token already."""
    return TimeStampToken.objects.filter(item_id=item_id, source=source).exists()
