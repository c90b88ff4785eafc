"""The signature of a token: attributes about this content, signed by this certificate's key."""

from __future__ import annotations

import contextlib
import hashlib
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa

from evidence.integrity.timestamp_errors import (
    TimeStampAlgorithmError,
    TimeStampAttributeError,
    TimeStampSignatureError,
)
from evidence.integrity.timestamp_response import Signer

HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
MIN_RSA_BITS, MAX_RSA_BITS = 2048, 16384  # above: openssl refuses, and others take minutes
MIN_CURVE_BITS = 256
FC = "trailer_field_bc"  # RFC 8017 A.2.3: the only one there is, as asn1crypto spells it


def verify_signature(signer: Signer, content: bytes, certificate: x509.Certificate) -> None:
    """Raise unless the signer's attributes are about `content` and signed by this certificate.

    Raises:
        TimeStampAttributeError: content type or message digest are not this content's.
        TimeStampAlgorithmError: unknown, or too weak today. TimeStampSignatureError: all else.
    """
    if signer.digest_algorithm not in HASHES:
        raise TimeStampAlgorithmError("the token is signed over an unknown or weak digest")
    if signer.content_types != ("tst_info",):
        raise TimeStampAttributeError("the signed content type is not TSTInfo")
    digest = hashlib.new(signer.digest_algorithm, content).digest()
    if signer.message_digests != (digest,):
        raise TimeStampAttributeError("the signed digest is another content's")
    for signed in signer.signed_bytes:
        try:
            _verify(certificate, signer, signed)
        except InvalidSignature:
            continue
        except (ValueError, TypeError, KeyError, OverflowError, UnsupportedAlgorithm) as cause:
            # Parameters that no implementation takes, as a salt of less than nothing.
            raise TimeStampAlgorithmError("parameters of a signature that cannot be") from cause
        return
    raise TimeStampSignatureError("the signature is not the certificate's")


def _verify(certificate: x509.Certificate, signer: Signer, signed: bytes) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        if not MIN_RSA_BITS <= key.key_size <= MAX_RSA_BITS:
            raise TimeStampAlgorithmError("an RSA key shorter than 2048 bits, or beyond reason")
        scheme, algorithm = _rsa_scheme(signer)
        key.verify(signer.signature, signed, scheme, algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        if key.key_size < MIN_CURVE_BITS:
            raise TimeStampAlgorithmError("a curve of less than 256 bits")
        _expect(signer, "ecdsa")
        key.verify(signer.signature, signed, ec.ECDSA(_hash(signer)))
    elif isinstance(key, ed25519.Ed25519PublicKey):
        _expect(signer, "ed25519")
        key.verify(signer.signature, signed)
    elif isinstance(key, ed448.Ed448PublicKey):
        _expect(signer, "ed448")
        key.verify(signer.signature, signed)
    else:
        raise TimeStampAlgorithmError("a key of a kind that is not used here")


def _rsa_scheme(signer: Signer) -> tuple[Any, hashes.HashAlgorithm]:
    kind = _kind(signer)
    if kind == "rsassa_pkcs1v15":
        return padding.PKCS1v15(), _hash(signer)
    if kind != "rsassa_pss":
        raise TimeStampAlgorithmError("the signature's algorithm is not the key's")
    parameters = signer.signature_algorithm["parameters"]
    name = parameters["hash_algorithm"]["algorithm"].native
    generator = parameters["mask_gen_algorithm"]
    if generator["algorithm"].native != "mgf1" or parameters["trailer_field"].native != FC:
        raise TimeStampAlgorithmError("an RSA-PSS signature of another construction than RFC 8017")
    mask = generator["parameters"]["algorithm"].native
    if name not in HASHES or mask not in HASHES:
        raise TimeStampAlgorithmError("an RSA-PSS signature over an unknown or weak digest")
    salt_length = parameters["salt_length"].native
    return padding.PSS(padding.MGF1(HASHES[mask]()), salt_length), HASHES[name]()


def _hash(signer: Signer) -> hashes.HashAlgorithm:
    """Of the signature's own name where it says one, else of the signer's digest algorithm."""
    name = signer.digest_algorithm
    with contextlib.suppress(ValueError):  # asn1crypto: rsaEncryption names no digest
        name = signer.signature_algorithm.hash_algo
    if name not in HASHES:
        raise TimeStampAlgorithmError("a signature over an unknown or weak digest")
    return HASHES[name]()


def _expect(signer: Signer, kind: str) -> None:
    if _kind(signer) != kind:
        raise TimeStampAlgorithmError("the signature's algorithm is not the key's")


def _kind(signer: Signer) -> str:
    try:
        return str(signer.signature_algorithm.signature_algo)
    except (ValueError, UnsupportedAlgorithm) as cause:
        raise TimeStampAlgorithmError("an unknown signature algorithm") from cause
