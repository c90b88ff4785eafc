"""Answers made to deceive or to break: each is refused by its name, in short time."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asn1crypto import algos, cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from evidence.integrity import timestamp as ts
from evidence.integrity.certificate_chain import find_chain
from evidence.integrity.timestamp_response import TimeStampResp
from tests.evidence.integrity import strangers
from tests.evidence.integrity.strangers import AT, DIGEST, NONCE, TIME_STAMPING, Stranger, asn1


def respond(tsa: Stranger, change: Any) -> bytes:
    """A response whose token was changed before it was written down (and not signed anew)."""
    token = cms.ContentInfo.load(tsa.token(DIGEST, nonce=NONCE).dump())
    change(token["content"])
    answer = {"status": {"status": "granted"}, "time_stamp_token": token}
    return bytes(TimeStampResp(answer).dump(force=True))


def signed_anew(tsa: Stranger, attributes: list[tuple[str, list[Any]]]) -> bytes:
    """A response that signs these attributes, in this number and with these values."""
    written = cms.CMSAttributes(
        [cms.CMSAttribute({"type": kind, "values": values}) for kind, values in attributes]
    )

    def change(content: Any) -> None:
        content["signer_infos"][0]["signed_attrs"] = written
        content["signer_infos"][0]["signature"] = tsa.sign(written.dump())

    return respond(tsa, change)


def plain(tsa: Stranger) -> dict[str, Any]:
    """The attributes of an honest token."""
    content = tsa.tst_info(DIGEST, NONCE).dump()
    certs = [{"cert_hash": hashlib.sha256(asn1(tsa.leaf).dump()).digest()}]
    return {
        "content_type": ["tst_info"],
        "message_digest": [hashlib.sha256(content).digest()],
        "signing_certificate_v2": [tsp.SigningCertificateV2({"certs": certs})],
    }


def but(tsa: Stranger, **changes: list[Any]) -> bytes:
    return signed_anew(tsa, list({**plain(tsa), **changes}.items()))


def indefinite(tsa: Stranger) -> bytes:
    der = tsa.stamp()
    return b"\x30\x80" + der[4:] + b"\x00\x00"


def long_length(tsa: Stranger) -> bytes:
    der = tsa.stamp()
    return b"\x30\x83\x00" + der[2:4] + der[4:]


def with_time(tsa: Stranger, text: bytes) -> bytes:
    return tsa.but(changes={"gen_time": core.GeneralizedTime(contents=text)}).stamp()


def two_ids(tsa: Stranger) -> bytes:
    """An old id of another certificate beside a right new one: which of the two is believed?"""
    other = hashlib.sha1(asn1(tsa.between).dump()).digest()
    old = tsp.SigningCertificate({"certs": [{"cert_hash": other}]})
    return but(tsa, signing_certificate=[old])


def a_second_value(tsa: Stranger, kind: str) -> bytes:
    values = plain(tsa)[kind]
    return but(tsa, **{kind: [*values, *values]})


def no_ids(tsa: Stranger) -> bytes:
    return but(tsa, signing_certificate_v2=[tsp.SigningCertificateV2({"certs": []})])


def several_issuers(tsa: Stranger) -> bytes:
    found = (asn1(tsa.leaf).issuer, asn1(tsa.root).subject)
    names = [strangers.asn1_x509.GeneralName("directory_name", each) for each in found]
    issuer_serial = {"issuer": names, "serial_number": tsa.leaf.serial_number}
    digest = hashlib.sha256(asn1(tsa.leaf).dump()).digest()
    certs = [{"cert_hash": digest, "issuer_serial": issuer_serial}]
    return but(tsa, signing_certificate_v2=[tsp.SigningCertificateV2({"certs": certs})])


def attribute_twice(tsa: Stranger) -> bytes:
    values = list(plain(tsa).items())
    return signed_anew(tsa, [*values, values[1]])


def pss(tsa: Stranger, **wrong: Any) -> bytes:
    """A token under RSA-PSS whose parameters are odd."""
    sha256 = {"algorithm": "sha256"}
    right = {
        "hash_algorithm": sha256,
        "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": sha256},
        "salt_length": 32,
    }
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signer = tsa.with_leaf(key=key)
    parameters = algos.RSASSAPSSParams({**right, **wrong})

    def change(content: Any) -> None:
        info = content["signer_infos"][0]
        info["signature_algorithm"] = {"algorithm": "rsassa_pss", "parameters": parameters}
        signed = info["signed_attrs"].untag().dump()
        scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        info["signature"] = key.sign(signed, scheme, hashes.SHA256())

    return respond(signer, change)


def without_parameters(tsa: Stranger) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def change(content: Any) -> None:
        content["signer_infos"][0]["signature_algorithm"] = {"algorithm": "rsassa_pss"}

    return respond(tsa.with_leaf(key=key), change)


def unsigned_attributes(content: Any) -> None:
    content["signer_infos"][0]["signed_attrs"] = None


def many_certificates(tsa: Stranger) -> bytes:
    return tsa.but(certificates=(tsa.leaf, tsa.between, *crossed(40))).stamp()


def crossed(count: int) -> list[x509.Certificate]:
    """CAs of one name and key, each issued by all: a way through them may be of any shape."""
    key = strangers.new_key()
    return [
        strangers.certificate("loop", key, issuer="loop", issuer_key=key, ca=True)
        for _ in range(count)
    ]


SMALL_CURVE = ec.generate_private_key(ec.SECP192R1())
HOSTILE: dict[str, tuple[Any, str]] = {
    "indefinite length": (indefinite, "stamp_not_der"),
    "a length longer than needed": (long_length, "stamp_not_der"),
    "a time in no zone": (lambda s: with_time(s, b"20261123080000"), "stamp_unreadable"),
    "a time in Beijing's zone": (
        lambda s: with_time(s, b"20261123160000+0800"),
        "stamp_unreadable",
    ),
    "the year zero": (lambda s: with_time(s, b"00001123080000Z"), "stamp_unreadable"),
    "a 61st second": (lambda s: with_time(s, b"20261123080060Z"), "stamp_unreadable"),
    "the end of days": (
        lambda s: with_time(s, b"99991231235959Z"),
        "stamp_certificate_not_valid_then",
    ),
    "a serial number of a kilobyte": (
        lambda s: s.but(changes={"serial_number": 2**8191}).stamp(),
        "stamp_unreadable",
    ),
    "an accuracy below zero": (
        lambda s: s.but(changes={"accuracy": {"seconds": -1}}).stamp(),
        "stamp_unreadable",
    ),
    "an old certificate id that differs from the new": (two_ids, "stamp_wrong_certificate_id"),
    "two certificate ids in one attribute": (
        lambda s: a_second_value(s, "signing_certificate_v2"),
        "stamp_wrong_attributes",
    ),
    "two digests in one attribute": (
        lambda s: a_second_value(s, "message_digest"),
        "stamp_wrong_attributes",
    ),
    "an attribute that stands twice": (attribute_twice, "stamp_unreadable"),
    "an empty list of certificate ids": (no_ids, "stamp_unreadable"),
    "a certificate id with two issuers": (several_issuers, "stamp_unreadable"),
    "no signed attributes": (lambda s: respond(s, unsigned_attributes), "stamp_unreadable"),
    "a salt of less than nothing": (
        lambda s: pss(s, salt_length=-1),
        "stamp_weak_or_unknown_algorithm",
    ),
    "a salt beyond all numbers": (
        lambda s: pss(s, salt_length=2**70),
        "stamp_weak_or_unknown_algorithm",
    ),
    "another salt than was used": (lambda s: pss(s, salt_length=20), "stamp_wrong_signature"),
    "a mask over SHA-1": (
        lambda s: pss(
            s, mask_gen_algorithm={"algorithm": "mgf1", "parameters": {"algorithm": "sha1"}}
        ),
        "stamp_weak_or_unknown_algorithm",
    ),
    "RSA-PSS without parameters": (without_parameters, "stamp_weak_or_unknown_algorithm"),
    "a curve of 192 bits": (
        lambda s: s.with_leaf(key=SMALL_CURVE).stamp(),
        "stamp_weak_or_unknown_algorithm",
    ),
    "forty certificates": (many_certificates, "stamp_unreadable"),
    "status words of nobody": (lambda s: answer_of(42), "stamp_not_granted"),
    "granted, and nothing else": (lambda s: answer_of(0), "stamp_not_granted"),
}


def answer_of(status: int) -> bytes:
    return bytes(TimeStampResp({"status": {"status": status}}).dump())


@pytest.mark.parametrize("case", HOSTILE)
def test_each_is_refused_by_its_name(outside_tsa, case):
    make, code = HOSTILE[case]
    der = make(outside_tsa)

    with pytest.raises(ts.TimeStampError) as refusal:
        ts.verify_response(der, DIGEST, roots=[outside_tsa.root], nonce=NONCE)

    assert refusal.value.code == code


def test_sound_parameters_of_rsa_pss_hold(outside_tsa):
    """So the cases above fail for what is odd in them."""
    token = ts.verify_response(pss(outside_tsa), DIGEST, roots=[outside_tsa.root], nonce=NONCE)

    assert token.gen_time == AT


def test_a_ca_for_web_servers_makes_no_tsa(outside_tsa):
    between = strangers.certificate(
        "between",
        outside_tsa.between_key,
        issuer="root",
        issuer_key=outside_tsa.root_key,
        ca=True,
        purposes=(ExtendedKeyUsageOID.SERVER_AUTH,),
    )
    misled = outside_tsa.but(between=between)

    with pytest.raises(ts.TimeStampUsageError):
        ts.verify_response(misled.stamp(), DIGEST, roots=[misled.root])


def test_an_issuer_with_a_short_key_carries_nothing(outside_tsa):
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    between = strangers.certificate(
        "between", short, issuer="root", issuer_key=outside_tsa.root_key, ca=True
    )
    misled = outside_tsa.but(between=between, between_key=short).with_leaf()

    with pytest.raises(ts.TimeStampAlgorithmError):
        ts.verify_response(misled.stamp(), DIGEST, roots=[misled.root])


def test_certificates_that_lead_round_in_circles_end_in_good_time():
    loop = crossed(30)
    key = strangers.new_key()
    stranded = strangers.certificate(
        "TSA", key, issuer="loop", issuer_key=strangers.new_key(), purposes=TIME_STAMPING
    )

    # Without a bound these thirty make thirty to the seventh ways: this line would never end.
    with pytest.raises(ts.TimeStampChainError):
        find_chain(loop[0], between=[*loop, stranded], roots=[], at=AT)


def test_a_name_that_moves_the_cursor_is_shown_without_its_power(outside_tsa):
    evil = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "TSA\n\x1b[2J\u202eunchanged")])
    named = outside_tsa.but(changes={"tsa": {"directory_name": evil_name(evil)}})

    token = ts.verify_response(named.stamp(), DIGEST, roots=[outside_tsa.root])

    assert token.tsa_name.isprintable()
    assert "unchanged" in token.tsa_name


def evil_name(found: x509.Name) -> Any:
    return strangers.asn1_x509.Name.load(found.public_bytes())


def test_a_stamp_of_an_hour_ago_is_refused_as_fresh(outside_tsa):
    token = ts.verify_response(outside_tsa.stamp(), DIGEST, roots=[outside_tsa.root])
    tolerance = timedelta(minutes=5)

    ts.check_clock(token, now=AT + tolerance, tolerance=tolerance)
    with pytest.raises(ts.TimeStampClockError):
        ts.check_clock(token, now=AT + timedelta(hours=1), tolerance=tolerance)
    with pytest.raises(ts.TimeStampClockError):
        ts.check_clock(token, now=AT - timedelta(hours=1), tolerance=tolerance)


def test_a_token_says_on_what_it_stands_and_who_vouches(outside_tsa):
    token = ts.verify_response(outside_tsa.stamp(), DIGEST, roots=[outside_tsa.root])

    assert token.algorithms == ("ecdsa-256", "sha256")
    assert len(token.chain) == 3
    assert token.chain[0] == token.certificate_fingerprint
    assert token.valid_until.astimezone(UTC) > datetime(2026, 11, 23, tzinfo=UTC)
