"""evidence/integrity/tsa.py: real responses, judged by openssl as by us."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import timedelta, timezone

import pytest
from asn1crypto import tsp

from evidence.integrity import timestamp as ts
from evidence.integrity.certificates import certificate_pem
from evidence.integrity.house import TSA_POLICY
from tests.evidence.integrity.strangers import AT, DIGEST, NONCE


def request(**changes) -> bytes:
    values = {
        "version": "v1",
        "message_imprint": {
            "hash_algorithm": {"algorithm": "sha256"},
            "hashed_message": DIGEST,
        },
        "nonce": NONCE,
        "cert_req": True,
    }
    return tsp.TimeStampReq({**values, **changes}).dump()


def imprint(algorithm: str, digest: bytes) -> dict:
    return {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest}


@pytest.fixture
def openssl(tmp_path, house):
    """Ask openssl about a response, as a clerk would."""
    (tmp_path / "ca.pem").write_bytes(certificate_pem(house.ca_certificate))
    (tmp_path / "tsa.pem").write_bytes(certificate_pem(house.tsa_certificate))

    def ask(response: bytes, *arguments: str, query: bytes | None = None) -> tuple[int, str]:
        (tmp_path / "r.tsr").write_bytes(response)
        if query is not None:
            (tmp_path / "q.tsq").write_bytes(query)
        run = subprocess.run(
            ["openssl", "ts", *arguments, "-in", "r.tsr"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return run.returncode, run.stdout + run.stderr

    return ask


@pytest.mark.openssl
def test_openssl_verifies_a_token_against_its_request(house, openssl):
    query = request()

    code, said = openssl(
        house.tsa().respond(query, at=AT),
        *("-verify", "-queryfile", "q.tsq", "-CAfile", "ca.pem"),
        query=query,
    )

    assert (code, "Verification: OK" in said) == (0, True)


@pytest.mark.openssl
def test_openssl_verifies_by_the_digest_alone(house, openssl):
    response = house.tsa().respond(request(), at=AT)

    code, _ = openssl(response, "-verify", "-digest", DIGEST.hex(), "-CAfile", "ca.pem")

    assert code == 0


@pytest.mark.openssl
def test_openssl_refuses_the_token_for_other_bytes(house, openssl):
    response = house.tsa().respond(request(), at=AT)

    code, _ = openssl(response, "-verify", "-digest", "00" * 32, "-CAfile", "ca.pem")

    assert code != 0


@pytest.mark.openssl
def test_openssl_verifies_a_token_without_certificates_when_given_them(house, openssl):
    query = request(cert_req=False)
    response = house.tsa().respond(query, at=AT)

    code, _ = openssl(
        response,
        *("-verify", "-queryfile", "q.tsq", "-CAfile", "ca.pem", "-untrusted", "tsa.pem"),
        query=query,
    )

    assert code == 0
    assert ts.read_response(response).certificates == ()


@pytest.mark.openssl
def test_openssl_reads_a_rejection(house, openssl):
    _, said = openssl(house.tsa().respond(b"no request", at=AT), "-reply", "-text")

    assert "Status: Rejected." in said
    assert "the data submitted has the wrong format" in said


@pytest.mark.openssl
def test_a_request_made_here_is_one_that_openssl_reads(tmp_path):
    (tmp_path / "q.tsq").write_bytes(ts.build_request(DIGEST, NONCE, policy=TSA_POLICY))

    said = subprocess.run(
        ["openssl", "ts", "-query", "-in", "q.tsq", "-text"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "Hash Algorithm: sha256" in said
    assert f"Nonce: 0x{NONCE:016X}" in said
    assert "Certificate required: yes" in said


@pytest.mark.parametrize(("algorithm", "data"), [("sha256", 32), ("sha384", 48), ("sha512", 64)])
def test_each_imprint_it_takes_comes_back_in_a_token_that_holds(house, algorithm, data):
    digest = hashlib.new(algorithm, b"x").digest()
    assert len(digest) == data
    response = house.tsa().respond(request(message_imprint=imprint(algorithm, digest)), at=AT)

    token = ts.verify_response(response, digest, roots=[], own_roots=house.roots(), nonce=NONCE)

    assert (token.algorithm, token.policy) == (algorithm, TSA_POLICY)
    assert token.is_self_issued


def test_the_time_is_cut_to_the_second_and_written_in_utc(house):
    beijing = timezone(timedelta(hours=8))
    at = (AT + timedelta(microseconds=999_999)).astimezone(beijing)

    response = ts.read_response(house.tsa().respond(request(), at=at))

    assert response.gen_time == AT
    assert response.accuracy_us == 1_000_000


def test_two_tokens_never_share_a_serial(house):
    serials = {ts.read_response(house.tsa().respond(request(), at=AT)).serial for _ in range(5)}

    assert len(serials) == 5


def test_a_request_without_a_nonce_gets_a_token_without_one(house):
    bare = tsp.TimeStampReq(
        {"version": "v1", "message_imprint": imprint("sha256", DIGEST), "cert_req": True}
    ).dump()

    assert ts.read_response(house.tsa().respond(bare, at=AT)).nonce is None


@pytest.mark.parametrize(
    ("query", "failure"),
    [
        (b"", "bad_data_format"),
        (b"\x30\x03\x02\x01\x01", "bad_data_format"),
        (request() + b"\x00", "bad_data_format"),
        (b"\x30" * 20_000, "bad_data_format"),
        (request(version="v2"), "bad_request"),
        (request(message_imprint=imprint("md5", bytes(16))), "bad_alg"),
        (request(message_imprint=imprint("sha1", bytes(20))), "bad_alg"),
        (request(message_imprint=imprint("sha256", bytes(31))), "bad_data_format"),
        (request(req_policy="1.2.3.4.1"), "unaccepted_policy"),
        (
            request(extensions=[{"extn_id": "1.2.3.4.5", "extn_value": b"\x05\x00"}]),
            "unaccepted_extensions",
        ),
    ],
    ids=[
        "nothing",
        "half a request",
        "bytes after it",
        "too long",
        "another version",
        "MD5",
        "SHA-1",
        "a short digest",
        "another policy",
        "an extension",
    ],
)
def test_what_it_cannot_grant_is_rejected_in_rfc_3161s_own_words(house, query, failure):
    response = ts.read_response(house.tsa().respond(query, at=AT))

    assert (response.status, response.failure, response.signer) == ("rejection", failure, None)


def test_its_own_policy_may_be_named(house):
    response = ts.read_response(house.tsa().respond(request(req_policy=TSA_POLICY), at=AT))

    assert response.is_granted
