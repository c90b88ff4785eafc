"""Time-stamp tokens: over other bytes, by others; and old ones that still hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from complaints.bundle import layout
from evidence.integrity import certificates, timestamp
from evidence.integrity.tsa import EmbeddedTsa
from tests.complaints.bundle import forge
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import CHANGED, UNCHANGED, Forgery, forgery, sound
from tests.forgeries.handed import Handed, zipped

OURS, THEIRS = layout.token_path("A-1", 1), layout.token_path("A-1", 2)
WRONG = "tokens/token-wrong"


def rows() -> list[Forgery]:
    return [
        forgery("token-of-another-exhibit", _of_another, CHANGED, WRONG),
        forgery("token-of-the-other-manifest", _of_other_manifest, CHANGED, WRONG),
        forgery("token-no-token", _with(lambda digest: b"\x30\x03\x02\x01\x00"), CHANGED, WRONG),
        forgery("token-refusal", _with(_refusal), CHANGED, WRONG),
        forgery("token-wrong-usage", _with(_wrong_usage), CHANGED, WRONG),
        forgery("token-not-yet-valid", _with(_not_yet_valid), CHANGED, WRONG),
        forgery("token-after-its-end", _with(_after_end), CHANGED, WRONG),
        forgery("token-certificate-missing", _with(_no_certificate), CHANGED, WRONG),
        # What a fresh request's nonce is for ends with the request: the house keeps no package
        # back over it, and a token with another nonce proves the same of the same digest.
        forgery("token-other-nonce", _with(_other_nonce), UNCHANGED),
        forgery(
            "token-expired-but-valid-then", _with(_valid_then), UNCHANGED, "tokens/token-lapsed"
        ),
        forgery("token-of-an-ended-algorithm", _ended_algorithm, CHANGED, WRONG),
        forgery("token-posing-as-outside", _posing, CHANGED, "tokens/token-posing"),
        forgery("token-of-a-root-that-nobody-gave", _elsewhere, UNCHANGED),
        forgery("token-other-time", _other_time, CHANGED, "tokens/token-other-time"),
        forgery("sealed-at-other-time", _other_sealed, CHANGED, "tokens/token-other-time"),
        sound("sealed-at-not-stated", _unsealed, base.HELD, base.OPEN),
        forgery("tokens-gone", _none, CHANGED, "tokens/token-none"),
        forgery("token-announced-and-missing", _announced, CHANGED, "tokens/file-missing"),
    ]


def _of_another() -> Handed:
    return zipped(base.signed({OURS: base.files()[layout.token_path("B-2", 1)]}))


def _of_other_manifest() -> Handed:
    made = base.files()
    made[layout.PACKAGE_TOKEN.format(n=1)] = made[layout.EXHIBITS_TOKEN.format(n=1)]
    return zipped(forge.resum(made))


def _with(make_token: Callable[[bytes], bytes]) -> Callable[[], Handed]:
    """The stranger's token over A-1 exchanged for this one, listed and signed anew."""

    def make_it() -> Handed:
        digest = bytes.fromhex(_entry()["sha256"])
        return zipped(base.signed({THEIRS: make_token(digest)}))

    return make_it


def _entry() -> Any:
    import json

    return base.exhibit(json.loads(base.files()[layout.EXHIBITS]), "A-1")


def _request(digest: bytes, nonce: int = 7) -> bytes:
    return timestamp.build_request(digest, nonce)


def _refusal(digest: bytes) -> bytes:
    return base.stranger().respond(b"no request")


@cache
def authority(
    *, begins: datetime, ends: datetime, purpose: Any = ExtendedKeyUsageOID.TIME_STAMPING
) -> EmbeddedTsa:
    """A TSA under the stranger's root with these dates and this purpose."""
    issuer, key = base.stranger().issuer, certificates.new_rsa_key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "另一台样例时间戳")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        .sign(issuer.key, hashes.SHA256())
    )
    return EmbeddedTsa(certificate, key, (issuer.certificate,), "1.2.3.4")


EARLY, LATE = datetime(2026, 2, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)


def _wrong_usage(digest: bytes) -> bytes:
    tsa = authority(begins=EARLY, ends=LATE, purpose=ExtendedKeyUsageOID.CODE_SIGNING)
    return tsa.respond(_request(digest), at=make.clock())


def _not_yet_valid(digest: bytes) -> bytes:
    tsa = authority(begins=make.clock() + timedelta(days=1), ends=LATE)
    return tsa.respond(_request(digest), at=make.clock())


def _after_end(digest: bytes) -> bytes:
    tsa = authority(begins=EARLY, ends=make.clock() - timedelta(days=1))
    return tsa.respond(_request(digest), at=make.clock())


def _valid_then(digest: bytes) -> bytes:
    """Its certificate ended a minute after the stamp: long ago, for whoever checks later."""
    tsa = authority(begins=EARLY, ends=make.clock() + timedelta(minutes=1))
    return tsa.respond(_request(digest), at=make.clock())


LATER = datetime(2039, 1, 1, tzinfo=UTC)


@cache
def too_late(digest: bytes) -> bytes:
    """Stamped in 2037, when RSA with 3072 bits had ended: it was never good."""
    return authority(begins=EARLY, ends=LATER).respond(
        _request(digest), at=datetime(2037, 1, 1, tzinfo=UTC)
    )


def _ended_algorithm() -> Handed:
    return replace(_with(too_late)(), at="2040-01-01")


def _no_certificate(digest: bytes) -> bytes:
    from asn1crypto import tsp

    request = tsp.TimeStampReq.load(_request(digest))
    request["cert_req"] = False
    return base.stranger().respond(request.dump(force=True))


def _other_nonce(digest: bytes) -> bytes:
    return base.stranger().respond(_request(digest, nonce=99))


def _posing() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["tokens"][0]["self_issued"] = False

    return zipped(base.exhibits(edit))


def _elsewhere() -> Handed:
    """An authority whose root nobody gave: said, and counted as self-issued."""
    return zipped(base.files())


def _other_time() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["tokens"][1]["gen_time"] = "2026-01-10T00:00:00.000000Z"

    return zipped(base.exhibits(edit))


def _other_sealed() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["times"]["sealed_at"] = "2026-01-10T00:00:00.000000Z"

    return zipped(base.exhibits(edit))


def _unsealed() -> Handed:
    """No time is printed, so none needs to be a token's."""
    first = base.of("A-1")
    return zipped(base.rebuilt(replace(first, times=replace(first.times, sealed_at=None))))


def _announced() -> Handed:
    def edit(value: Any) -> None:
        token = dict(base.exhibit(value, "A-1")["tokens"][1])
        base.exhibit(value, "A-1")["tokens"].append(token | {"path": "5_PROOF/tokens/A-1.3.tsr"})

    return zipped(base.exhibits(edit))


def _none() -> Handed:
    def edit(value: Any) -> None:
        base.exhibit(value, "A-1")["tokens"].clear()

    return zipped(base.exhibits(edit, **{OURS: None, THEIRS: None}))
