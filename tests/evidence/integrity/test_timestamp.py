"""evidence/integrity/timestamp.py: which tokens hold, and by which name each other is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from evidence.integrity import timestamp as ts
from evidence.integrity.timestamp_response import TimeStampResp
from tests.evidence.integrity.strangers import (
    AT,
    DIGEST,
    NONCE,
    POLICY,
    TIME_STAMPING,
    Stranger,
    certificate,
    new_key,
)


def verify(outside_tsa: Stranger, der: bytes | None = None, **options) -> ts.Token:
    options = {"roots": [outside_tsa.root], "nonce": NONCE, "policies": [POLICY], **options}
    return ts.verify_response(der or outside_tsa.stamp(), DIGEST, **options)


def test_a_strangers_token_holds_and_says_who_decided(outside_tsa):
    token = verify(outside_tsa)

    assert (token.gen_time, token.serial, token.policy) == (AT, 7, POLICY)
    assert token.anchor is ts.Anchor.GIVEN
    assert not token.is_self_issued
    assert token.verifier == "liuzheng, rfc3161-client"
    assert token.valid_until == AT + timedelta(days=30)


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(public_exponent=65537, key_size=2048),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["ECDSA P-384", "RSA", "Ed25519"],
)
def test_tokens_of_each_kind_of_key_hold(outside_tsa, key):
    assert verify(outside_tsa.with_leaf(key=key)).gen_time == AT


def test_a_token_may_name_its_signer_by_key_identifier(outside_tsa):
    assert verify(outside_tsa.but(key_identifier=True)).serial == 7


def test_an_old_certificate_id_by_sha1_still_picks_the_certificate(outside_tsa):
    assert verify(outside_tsa.but(id_version=1)).serial == 7


def test_a_certificate_that_the_token_lacks_may_be_given(outside_tsa):
    bare = outside_tsa.but(certificates=())

    assert verify(bare, certificates=[bare.leaf, bare.between]).serial == 7


def test_a_token_outlives_its_certificates(outside_tsa):
    """The chain is judged at the stamped time: nothing here asks what day it is today."""
    short = outside_tsa.with_leaf(begin=AT - timedelta(minutes=1), end=AT + timedelta(minutes=1))

    assert verify(short).valid_until == AT + timedelta(minutes=1)


def test_without_a_known_nonce_or_policy_none_is_compared(outside_tsa):
    assert verify(outside_tsa, outside_tsa.stamp(nonce=None), nonce=None, policies=None).serial == 7


def test_a_set_of_certificates_in_another_order_is_read_by_us_alone(outside_tsa):
    unsorted = reversed_certificates(outside_tsa.stamp())

    token = verify(outside_tsa, unsorted)

    assert token.second_opinion is ts.SecondOpinion.UNREADABLE
    assert token.verifier == "liuzheng"


def reversed_certificates(der: bytes) -> bytes:
    """The same response, its certificates swapped: what openssl-based TSAs send."""
    response = TimeStampResp.load(der)
    found = response["time_stamp_token"]["content"]["certificates"]
    ordered = b"".join(each.dump() for each in found)
    swapped = b"".join(each.dump() for each in reversed(list(found)))
    assert ordered != swapped
    assert der.count(ordered) == 1
    return der.replace(ordered, swapped)


def test_one_of_our_own_is_self_issued_even_where_its_root_is_trusted(outside_tsa, house):
    der = house.tsa().respond(ts.build_request(DIGEST, NONCE), at=AT)

    token = ts.verify_response(
        der, DIGEST, roots=[outside_tsa.root, *house.roots()], own_roots=house.roots()
    )

    assert token.anchor is ts.Anchor.OWN
    assert token.is_self_issued


def test_a_chain_to_an_unknown_root_is_refused(outside_tsa, house):
    with pytest.raises(ts.TimeStampChainError):
        verify(outside_tsa, roots=house.roots())


def test_a_chain_to_an_unknown_root_counts_as_self_issued_where_the_caller_asks(outside_tsa):
    token = verify(outside_tsa, roots=[], elsewhere=True)

    assert token.anchor is ts.Anchor.ELSEWHERE
    assert token.is_self_issued
    assert token.second_opinion is ts.SecondOpinion.NOT_ASKED


def test_a_missing_certificate_in_the_middle_is_refused(outside_tsa):
    with pytest.raises(ts.TimeStampChainError):
        verify(outside_tsa.but(certificates=(outside_tsa.leaf,)))


REFUSED = {
    "another digest": (
        lambda s: s.but(changes={"message_imprint": imprint("sha256", bytes(32))}),
        ts.TimeStampImprintError,
    ),
    "another algorithm": (lambda s: s.but(imprint_algorithm="sha512"), ts.TimeStampImprintError),
    "another policy": (lambda s: s.but(changes={"policy": "1.2.3.4.2"}), ts.TimeStampPolicyError),
    "another nonce": (lambda s: s.but(changes={"nonce": 1}), ts.TimeStampNonceError),
    "a critical extension": (lambda s: s.but(critical_extension=True), ts.TimeStampExtensionError),
    "no certificate": (lambda s: s.but(certificates=()), ts.TimeStampCertificateMissingError),
    "no certificate id": (lambda s: s.but(id_version=None), ts.TimeStampCertificateIdError),
    "another's certificate id": (lambda s: s.but(id_of=s.between), ts.TimeStampCertificateIdError),
    "another's old certificate id": (
        lambda s: s.but(id_of=s.between, id_version=1),
        ts.TimeStampCertificateIdError,
    ),
    "no extended key usage": (lambda s: s.with_leaf(purposes=None), ts.TimeStampUsageError),
    "usage not critical": (lambda s: s.with_leaf(purposes_critical=False), ts.TimeStampUsageError),
    "usage not alone": (
        lambda s: s.with_leaf(purposes=(*TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)),
        ts.TimeStampUsageError,
    ),
    "another usage": (
        lambda s: s.with_leaf(purposes=(ExtendedKeyUsageOID.EMAIL_PROTECTION,)),
        ts.TimeStampUsageError,
    ),
    "a key not for signatures": (
        lambda s: s.with_leaf(digital_signature=False),
        ts.TimeStampUsageError,
    ),
    "another content type": (lambda s: s.but(content_type="data"), ts.TimeStampAttributeError),
    "another content's digest": (
        lambda s: s.but(message_digest=bytes(32)),
        ts.TimeStampAttributeError,
    ),
    "a weak digest": (lambda s: s.but(digest_algorithm="sha1"), ts.TimeStampAlgorithmError),
    "another's signature": (lambda s: s.but(key=new_key()), ts.TimeStampSignatureError),
    "expired then": (
        lambda s: s.with_leaf(end=AT - timedelta(seconds=1)),
        ts.TimeStampValidityError,
    ),
    "not yet valid": (
        lambda s: s.with_leaf(begin=AT + timedelta(seconds=1)),
        ts.TimeStampValidityError,
    ),
    "an unknown critical extension in the certificate": (
        lambda s: s.with_leaf(unknown_critical=True),
        ts.TimeStampChainError,
    ),
    "a short RSA key": (
        lambda s: s.with_leaf(key=rsa.generate_private_key(public_exponent=65537, key_size=1024)),
        ts.TimeStampAlgorithmError,
    ),
}


def imprint(algorithm: str, digest: bytes) -> dict:
    return {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}


@pytest.mark.parametrize("case", REFUSED)
def test_a_token_with_one_part_wrong_is_refused_by_name(outside_tsa, case):
    change, expected = REFUSED[case]

    with pytest.raises(expected) as refusal:
        verify(change(outside_tsa))

    assert type(refusal.value) is expected


def test_an_issuer_that_is_no_ca_is_refused(outside_tsa):
    key = new_key()
    leaf = certificate(
        "TSA 2", key, issuer="TSA", issuer_key=outside_tsa.key, purposes=TIME_STAMPING
    )
    forged = outside_tsa.but(
        leaf=leaf, key=key, certificates=(leaf, outside_tsa.leaf, outside_tsa.between)
    )

    with pytest.raises(ts.TimeStampChainError):
        verify(forged)


def test_a_chain_longer_than_its_issuer_allows_is_refused(outside_tsa):
    between_key, key = new_key(), new_key()
    second = certificate(
        "second", between_key, issuer="between", issuer_key=outside_tsa.between_key, ca=True
    )
    leaf = certificate("TSA", key, issuer="second", issuer_key=between_key, purposes=TIME_STAMPING)
    longer = outside_tsa.but(leaf=leaf, key=key, certificates=(leaf, second, outside_tsa.between))

    with pytest.raises(ts.TimeStampChainError):
        verify(longer)


def test_an_expired_root_is_refused(outside_tsa):
    root = certificate(
        "root",
        outside_tsa.root_key,
        issuer="root",
        issuer_key=outside_tsa.root_key,
        ca=True,
        end=AT - timedelta(days=1),
    )

    with pytest.raises(ts.TimeStampValidityError):
        verify(outside_tsa, roots=[root])


def test_a_root_made_by_hand_with_the_same_name_is_refused(outside_tsa):
    key = new_key()
    forged = certificate("root", key, issuer="root", issuer_key=key, ca=True)

    with pytest.raises(ts.TimeStampChainError):
        verify(outside_tsa, roots=[forged])


def test_a_refusal_by_the_tsa_says_why():
    status = {"status": "rejection", "fail_info": {"unaccepted_policy"}}
    der = TimeStampResp({"status": status}).dump()

    with pytest.raises(ts.TimeStampNotGrantedError) as refusal:
        ts.verify_response(der, DIGEST, roots=[])

    assert (refusal.value.status, refusal.value.failure) == ("rejection", "unaccepted_policy")


def test_a_token_with_a_refusing_status_is_refused(outside_tsa):
    with pytest.raises(ts.TimeStampNotGrantedError):
        verify(outside_tsa.but(status="waiting"))


def test_granted_with_modifications_is_ours_to_accept(outside_tsa):
    token = verify(outside_tsa.but(status="granted_with_mods"))

    assert token.second_opinion is ts.SecondOpinion.REFUSED


@pytest.mark.parametrize("der", [b"", b"\x30", b"<html>404</html>", b"\x30\x80\x00\x00"])
def test_what_is_no_response_is_refused_by_name(der):
    with pytest.raises(ts.TimeStampUnreadableError):
        ts.verify_response(der, DIGEST, roots=[])


def test_a_token_with_two_signers_is_refused(outside_tsa):
    token = outside_tsa.token(DIGEST, nonce=NONCE)
    infos = token["content"]["signer_infos"]
    token["content"]["signer_infos"] = [infos[0], cms.SignerInfo.load(infos[0].dump())]
    der = TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump(True)

    with pytest.raises(ts.TimeStampUnreadableError):
        verify(outside_tsa, der)


def test_no_flipped_bit_anywhere_is_accepted_as_another_statement(outside_tsa):
    """A flip may leave the token true (in a part nobody signed); it never changes what it says."""
    der = outside_tsa.stamp()
    honest = verify(outside_tsa)
    for place in range(0, len(der), 7):
        flipped = bytearray(der)
        flipped[place] ^= 1 << (place % 8)
        try:
            token = verify(outside_tsa, bytes(flipped))
        except ts.TimeStampError:
            continue
        assert (token.gen_time, token.serial) == (honest.gen_time, honest.serial)
        assert token.certificate_fingerprint == honest.certificate_fingerprint


def test_no_cut_response_is_accepted_and_none_breaks_the_reader(outside_tsa):
    der = outside_tsa.stamp()

    for length in range(0, len(der), 11):
        with pytest.raises(ts.TimeStampError):
            verify(outside_tsa, der[:length] or b"\x00")
