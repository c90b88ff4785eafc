"""Pictures and sounds with Content Credentials, signed by an invented camera's test certificate."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MAKER = {"name": "Invented Camera", "version": "1.2"}
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
PLAIN = {"builder": {"thumbnail": {"enabled": False}}, "verify": {"verify_after_sign": False}}


def signed(
    content: bytes,
    media_type: str = "image/jpeg",
    *,
    source: str = "digitalCapture",
    actions: tuple[str, ...] = (),
    maker: Mapping[str, str] = MAKER,
    remote: str = "",
    is_inside: bool = True,
) -> bytes:
    """The file with a signed statement: created, then `actions`.

    Args:
        content: a whole file of `media_type`.
        media_type: one that the library writes.
        source: of its making, the last part of an IPTC digital source type.
        actions: C2PA codes of what was done afterwards.
        maker: name and version of the program that claims to write it.
        remote: an address that the file names.
        is_inside: whether the statement itself is in the file.
    """
    done = [{"action": "c2pa.created", "digitalSourceType": SOURCES + source}]
    done += [{"action": action} for action in actions]
    statement = {
        "claim_generator_info": [dict(maker)],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": done}}],
    }
    return _signed(statement, content, media_type, remote=remote, is_inside=is_inside)


def edited(content: bytes, part: bytes, media_type: str = "image/jpeg") -> bytes:
    """The file as an editor signs it that opened `part`, which has credentials of its own."""
    statement = {
        "claim_generator_info": [{"name": "Invented Editor"}],
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": [
                {"action": "c2pa.opened", "parameters": {"ingredientIds": ["xmp:iid:part"]}},
                {"action": "c2pa.cropped"},
            ]}},
        ],
    }  # fmt: skip
    ingredient = {"relationship": "parentOf", "instance_id": "xmp:iid:part"}
    return _signed(statement, content, media_type, part=(ingredient, part))


def _signed(
    statement: Mapping[str, Any],
    content: bytes,
    media_type: str,
    *,
    remote: str = "",
    is_inside: bool = True,
    part: tuple[Mapping[str, str], bytes] | None = None,
) -> bytes:
    out = io.BytesIO()
    with (
        c2pa.Context(c2pa.Settings.from_dict(PLAIN)) as context,
        c2pa.Builder(json.dumps(statement), context=context) as builder,
    ):
        if not is_inside:
            builder.set_no_embed()
        if remote:
            builder.set_remote_url(remote)
        if part is not None:
            builder.add_ingredient(json.dumps(part[0]), media_type, io.BytesIO(part[1]))
        builder.sign(_signer(), media_type, io.BytesIO(content), out)
    return out.getvalue()


@cache
def _signer() -> c2pa.Signer:
    """ES256, by a certificate of a root that nobody knows."""
    root, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = _name("Invented Root")
    usage = dict.fromkeys(
        ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
         "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"],
        False,
    )  # fmt: skip
    begin = x509.CertificateBuilder().issuer_name(issuer).not_valid_before(BEGUN)
    begin = begin.not_valid_after(BEGUN + timedelta(days=3650))
    above = (
        begin.subject_name(issuer).public_key(root.public_key()).serial_number(1)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage | {"key_cert_sign": True}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(root.public_key()), critical=False)
    )  # fmt: skip
    signer = (
        begin.subject_name(_name("Invented Signer")).public_key(own.public_key()).serial_number(2)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage | {"digital_signature": True}), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    )  # fmt: skip
    chain = b"".join(
        each.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        for each in (signer, above)
    )
    key = own.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    info = c2pa.C2paSignerInfo(c2pa.C2paSigningAlg.ES256, chain, key, None)
    return c2pa.Signer.from_info(info)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Invented Works"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
