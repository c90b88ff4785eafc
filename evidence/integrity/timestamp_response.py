"""An RFC 3161 response taken apart: every value the checks need, nothing judged yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, tsp
from cryptography import x509

from evidence.integrity import der_form
from evidence.integrity.certificates import CertificateUnreadableError, load_certificate
from evidence.integrity.timestamp_errors import (
    TimeStampAttributeError,
    TimeStampEncodingError,
    TimeStampUnreadableError,
)

MAX_RESPONSE_BYTES = 1 << 20
MAX_CERTIFICATES = 32
MAX_SERIAL_BITS = 160  # RFC 3161 §2.4.2: what every reader must be able to keep
# RFC 5652 §11, RFC 5035: a second value would be one that nobody compares.
ONE_VALUED = ("content_type", "message_digest", "signing_certificate", "signing_certificate_v2")
MAX_NAME = 200  # characters of a TSA's name that are shown

__all__ = ["Response", "Signer", "TimeStampResp", "read_response"]


class TimeStampResp(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """RFC 3161 §2.4.2. asn1crypto's own class demands a token even in a refusal."""

    _fields = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


@dataclass(frozen=True)
class CertificateId:
    """ESSCertID or ESSCertIDv2: the digest of the TSA's certificate, as the TSA signed it."""

    algorithm: str
    digest: bytes
    issuer: Any  # asn1crypto Name, or None
    serial: int | None


@dataclass(frozen=True)
class Signer:
    """The one SignerInfo of a token."""

    issuer: Any  # asn1crypto Name; None when the signer is named by key identifier
    serial: int | None
    key_identifier: bytes | None
    digest_algorithm: str
    signature_algorithm: Any  # asn1crypto SignedDigestAlgorithm
    signature: bytes
    signed_bytes: tuple[bytes, ...]  # attributes as they stand and, if that differs, in DER
    content_types: tuple[str, ...]
    message_digests: tuple[bytes, ...]
    certificate_ids: tuple[CertificateId, ...]  # the first of each kind that is there


@dataclass(frozen=True)
class Response:
    """What a TSA answered. Without a token (`status` says why) the rest is empty."""

    status: str
    status_text: str
    failure: str | None
    content: bytes  # TSTInfo in DER
    imprint_algorithm: str
    imprint: bytes
    gen_time: datetime | None
    accuracy_us: int | None
    serial: int
    policy: str
    nonce: int | None
    tsa_name: str
    critical_extensions: tuple[str, ...]
    certificates: tuple[x509.Certificate, ...]
    unreadable_certificates: int
    signer: Signer | None

    @property
    def is_granted(self) -> bool:
        """Whether there is a token to judge (`granted_with_mods` is one, too)."""
        return self.status in ("granted", "granted_with_mods") and self.signer is not None


def read_response(der: bytes) -> Response:
    """Take a response apart. Certificate sets in any order are read.

    Raises:
        TimeStampUnreadableError: not such a response, or not whole.
    """
    if len(der) > MAX_RESPONSE_BYTES:
        raise TimeStampUnreadableError(f"longer than {MAX_RESPONSE_BYTES} bytes")
    try:
        der_form.check(der)
    except der_form.DerFormError as cause:
        raise _of_wrong_form(der) from cause
    try:
        return _read(der)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as cause:
        # asn1crypto parses lazily and answers a malformed part with whichever of these comes up.
        raise TimeStampUnreadableError("not an RFC 3161 response in DER") from cause


def _of_wrong_form(der: bytes) -> TimeStampEncodingError | TimeStampUnreadableError:
    """Whether it would be a response to a reader that forgives BER, or is none at all."""
    try:
        _read(der)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return TimeStampUnreadableError("not an RFC 3161 response in DER")
    return TimeStampEncodingError("a response in BER: not every reader would read the same")


def _read(der: bytes) -> Response:
    response = TimeStampResp.load(der, strict=True)
    info = response["status"]
    values: dict[str, Any] = {
        "status": info["status"].native,
        "status_text": " ".join(info["status_string"].native or ()),
        "failure": _failure(info["fail_info"].native),
    }
    token = response["time_stamp_token"]
    if isinstance(token, core.Void):
        return Response(**values, **_NO_TOKEN)
    if token["content_type"].native != "signed_data":
        raise ValueError("the token is no SignedData")
    signed = token["content"]
    encapsulated = signed["encap_content_info"]
    if encapsulated["content_type"].native != "tst_info":
        raise ValueError("the token holds no TSTInfo")
    content = bytes(encapsulated["content"])
    der_form.check(content)
    certificates, unreadable = _certificates(signed["certificates"])
    return Response(
        **values,
        **_tst_info(content),
        content=content,
        certificates=certificates,
        unreadable_certificates=unreadable,
        signer=_signer(signed["signer_infos"]),
    )


_NO_TOKEN: dict[str, Any] = {
    "content": b"",
    "imprint_algorithm": "",
    "imprint": b"",
    "gen_time": None,
    "accuracy_us": None,
    "serial": 0,
    "policy": "",
    "nonce": None,
    "tsa_name": "",
    "critical_extensions": (),
    "certificates": (),
    "unreadable_certificates": 0,
    "signer": None,
}


def _tst_info(content: bytes) -> dict[str, Any]:
    info = tsp.TSTInfo.load(content, strict=True)
    if info["version"].native != "v1":
        raise ValueError("a TSTInfo of another version")
    extensions = info["extensions"]
    critical = () if isinstance(extensions, core.Void) else extensions
    return {
        "imprint_algorithm": info["message_imprint"]["hash_algorithm"]["algorithm"].native,
        "imprint": info["message_imprint"]["hashed_message"].native,
        "gen_time": _gen_time(info["gen_time"]),
        "accuracy_us": _accuracy(info["accuracy"]),
        "serial": _serial(info["serial_number"]),
        "policy": info["policy"].dotted,
        "nonce": info["nonce"].native,
        "tsa_name": _tsa_name(info["tsa"]),
        "critical_extensions": tuple(e["extn_id"].dotted for e in critical if e["critical"].native),
    }


def _gen_time(value: Any) -> datetime:
    """RFC 3161 §2.4.2: in UTC, which is written as a Z. Without it nobody knows which hour."""
    if not value.contents.endswith(b"Z") or not isinstance(value.native, datetime):
        raise ValueError("a stamped time that is not in UTC, or in no year that there is")
    return value.native


def _serial(value: Any) -> int:
    if value.native.bit_length() > MAX_SERIAL_BITS:
        raise ValueError("a serial number of more than 160 bits")
    return int(value.native)


def _accuracy(accuracy: Any) -> int | None:
    if isinstance(accuracy, core.Void):
        return None
    seconds, millis, micros = (
        accuracy[unit].native or 0 for unit in ("seconds", "millis", "micros")
    )
    if min(seconds, millis, micros) < 0:
        raise ValueError("an accuracy below zero")
    return int(seconds * 1_000_000 + millis * 1_000 + micros)


def _tsa_name(name: Any) -> str:
    if isinstance(name, core.Void):
        return ""
    chosen = name.chosen
    return shown(str(chosen.human_friendly if name.name == "directory_name" else chosen.native))


def shown(name: str) -> str:
    """A TSA's name as a line may show it: nothing that moves a cursor or turns the writing."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name[:MAX_NAME])


def _failure(words: Any) -> str | None:
    return ", ".join(sorted(words)) if words else None


def _certificates(found: Any) -> tuple[tuple[x509.Certificate, ...], int]:
    """The token's X.509 certificates, and how many of them cannot be read.

    Few, because every way through them is looked at for a chain.
    """
    certificates, unreadable = [], 0
    if not isinstance(found, core.Void) and len(found) > MAX_CERTIFICATES:
        raise ValueError(f"more than {MAX_CERTIFICATES} certificates")
    for choice in () if isinstance(found, core.Void) else found:
        if choice.name != "certificate":
            continue
        try:
            certificates.append(load_certificate(choice.chosen.dump()))
        except CertificateUnreadableError:
            unreadable += 1
    return tuple(certificates), unreadable


def _signer(infos: Any) -> Signer:
    if len(infos) != 1:
        raise ValueError("a token has exactly one SignerInfo")
    info = infos[0]
    named = info["sid"].chosen
    by_issuer = info["sid"].name == "issuer_and_serial_number"
    attributes = info["signed_attrs"]
    if isinstance(attributes, core.Void):
        raise ValueError("a token's signer has signed attributes")
    values = _attribute_values(attributes)
    return Signer(
        issuer=_whole(named["issuer"]) if by_issuer else None,
        serial=named["serial_number"].native if by_issuer else None,
        key_identifier=None if by_issuer else named.native,
        digest_algorithm=info["digest_algorithm"]["algorithm"].native,
        signature_algorithm=_whole(info["signature_algorithm"]),
        signature=info["signature"].native,
        signed_bytes=_signed_bytes(attributes),
        content_types=tuple(value.native for value in values.get("content_type", ())),
        message_digests=tuple(value.native for value in values.get("message_digest", ())),
        certificate_ids=_certificate_ids(values),
    )


def _whole(value: Any) -> Any:
    """Parse to the last leaf: asn1crypto is lazy, and later it would be too late for a name."""
    _ = value.native
    return value


def _attribute_values(attributes: Any) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for attribute in attributes:
        kind = attribute["type"].native
        if kind in values:
            raise ValueError("a signed attribute stands twice")
        values[kind] = list(attribute["values"])
        if kind in ONE_VALUED and len(values[kind]) != 1:
            raise TimeStampAttributeError("a signed attribute with none or several values")
    return values


def _signed_bytes(attributes: Any) -> tuple[bytes, ...]:
    """RFC 5652 §5.4: signed is the DER SET OF, though some TSAs write another order than DER's."""
    as_it_stands = attributes.untag().dump()
    in_der = cms.CMSAttributes([cms.CMSAttribute.load(a.dump()) for a in attributes]).dump()
    return (as_it_stands,) if as_it_stands == in_der else (as_it_stands, in_der)


def _certificate_ids(values: dict[str, list[Any]]) -> tuple[CertificateId, ...]:
    """RFC 3161 §2.4.2 and RFC 5816: the first id in each list is the signer's certificate."""
    ids = []
    for kind in ("signing_certificate", "signing_certificate_v2"):
        for value in values.get(kind, ()):
            first = value["certs"][0]
            algorithm = "sha1"
            if kind == "signing_certificate_v2":
                algorithm = first["hash_algorithm"]["algorithm"].native
            issuer_serial = first["issuer_serial"]
            issuer, serial = None, None
            if not isinstance(issuer_serial, core.Void):
                if len(issuer_serial["issuer"]) != 1:  # RFC 5035 §5: one directory name
                    raise ValueError("a certificate id with several issuers")
                issuer = _whole(issuer_serial["issuer"][0].chosen)
                serial = issuer_serial["serial_number"].native
            ids.append(CertificateId(algorithm, first["cert_hash"].native, issuer, serial))
    return tuple(ids)
