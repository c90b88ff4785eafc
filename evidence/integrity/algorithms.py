"""Until when a proof may stand on an algorithm: dated data with its sources (algorithms.json)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed448, rsa

from evidence.integrity.timestamp_response import Signer

FILE = "algorithms.json"
EDWARDS = ("ed25519", "ed448")
RSA_STEP_BITS = 3072  # from here on 128 bits of strength; below 112


@cache
def ends() -> Mapping[str, datetime | None]:
    """Name to the first moment at which it no longer counts; None: no end is announced."""
    text = resources.files("evidence.integrity").joinpath(FILE).read_text("utf-8")
    return {name: _moment(entry["end"]) for name, entry in json.loads(text)["ends"].items()}


def used(imprint: str, signer: Signer, chain: Sequence[x509.Certificate]) -> tuple[str, ...]:
    """What a token stands on: the digests it is signed over, and every key of its chain.

    A root's own signature proves nothing, so the digest that it is over is not counted.
    """
    names = {imprint, *_signed_over(signer), *(_key_name(each) for each in chain)}
    names |= {digest for each in chain[:-1] if (digest := _digest_name(each)) is not None}
    return tuple(sorted(names))


def first_end(
    names: Iterable[str], *, of: Mapping[str, datetime | None] | None = None
) -> datetime | None:
    """When the first of these algorithms ends; None while no end of any is announced.

    An algorithm that the list does not know ended long ago: nobody vouches for it.
    """
    known = ends() if of is None else of
    found = [known.get(name, datetime.min.replace(tzinfo=UTC)) for name in names]
    return min((end for end in found if end is not None), default=None)


def _moment(day: str | None) -> datetime | None:
    if day is None:
        return None
    return datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)


def _signed_over(signer: Signer) -> set[str]:
    """The digest of the attributes and, where the signature names one of its own, that one."""
    names = {signer.digest_algorithm}
    with suppress(ValueError):  # asn1crypto: rsaEncryption names no digest
        if signer.signature_algorithm.signature_algo not in EDWARDS:  # theirs is part of the key's
            names.add(str(signer.signature_algorithm.hash_algo))
    return names


def _key_name(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa-3072" if key.key_size >= RSA_STEP_BITS else "rsa-2048"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ecdsa-256"
    return "ed448" if isinstance(key, ed448.Ed448PublicKey) else "ed25519"


def _digest_name(certificate: x509.Certificate) -> str | None:
    try:
        algorithm = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None
    return None if algorithm is None else algorithm.name
