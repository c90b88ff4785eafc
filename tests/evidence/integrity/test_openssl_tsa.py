"""Tokens of a TSA that is none of ours: `openssl ts -reply` and what it writes."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from evidence.integrity import timestamp as ts
from evidence.integrity.certificates import certificate_pem
from tests.evidence.integrity.strangers import (
    DIGEST,
    NONCE,
    POLICY,
    TIME_STAMPING,
    certificate,
    new_key,
)

pytestmark = pytest.mark.openssl

LONG_AGO, FAR_OFF = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
CONFIG = """
[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = chain.pem
signer_digest = {digest}
default_policy = {policy}
digests = sha256
accuracy = secs:1
ess_cert_id_chain = {chain}
ess_cert_id_alg = {id_algorithm}
"""


class OpensslTsa:
    """A root, one CA between and a TSA, whose replies are openssl's own. It stamps today."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        root_key, between_key, key = new_key(), new_key(), new_key()
        dates = {"begin": LONG_AGO, "end": FAR_OFF}
        self.root = certificate(
            "根 root", root_key, issuer="根 root", issuer_key=root_key, ca=True, **dates
        )
        between = certificate(
            "between", between_key, issuer="根 root", issuer_key=root_key, ca=True, **dates
        )
        leaf = certificate(
            "时间戳 TSA",
            key,
            issuer="between",
            issuer_key=between_key,
            purposes=TIME_STAMPING,
            **dates,
        )
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        (folder / "tsa.key").write_bytes(pem)
        (folder / "tsa.pem").write_bytes(certificate_pem(leaf))
        (folder / "chain.pem").write_bytes(certificate_pem(between) + certificate_pem(self.root))
        (folder / "serial").write_text("1000\n")

    def reply(
        self,
        request: bytes,
        *,
        digest: str = "sha256",
        id_algorithm: str = "sha256",
        chain: str = "no",
    ) -> bytes:
        config = CONFIG.format(digest=digest, policy=POLICY, id_algorithm=id_algorithm, chain=chain)
        (self._folder / "tsa.cnf").write_text(config)
        (self._folder / "q.tsq").write_bytes(request)
        command = "openssl ts -reply -config tsa.cnf -queryfile q.tsq -out r.tsr"
        subprocess.run(command.split(), cwd=self._folder, capture_output=True, check=True)
        return (self._folder / "r.tsr").read_bytes()


@pytest.fixture
def openssl_tsa(tmp_path) -> OpensslTsa:
    return OpensslTsa(tmp_path)


def verify(der: bytes, tsa: OpensslTsa) -> ts.Token:
    return ts.verify_response(der, DIGEST, roots=[tsa.root], nonce=NONCE, policies=[POLICY])


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("id_algorithm", ["sha1", "sha256", "sha512"])
def test_its_tokens_hold(openssl_tsa, digest, id_algorithm):
    der = openssl_tsa.reply(
        ts.build_request(DIGEST, NONCE), digest=digest, id_algorithm=id_algorithm
    )

    token = verify(der, openssl_tsa)

    assert (token.policy, token.anchor) == (POLICY, ts.Anchor.GIVEN)


def test_certificate_ids_of_its_whole_chain_are_no_hindrance(openssl_tsa):
    der = openssl_tsa.reply(ts.build_request(DIGEST, NONCE), chain="yes")

    assert verify(der, openssl_tsa).serial == 0x1001


def test_its_refusal_is_named(openssl_tsa):
    der = openssl_tsa.reply(ts.build_request(bytes(64), NONCE))

    with pytest.raises(ts.TimeStampNotGrantedError) as refusal:
        verify(der, openssl_tsa)

    assert refusal.value.failure == "bad_alg"


def test_a_token_of_another_openssl_tsa_ends_elsewhere(openssl_tsa, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    der = OpensslTsa(other).reply(ts.build_request(DIGEST, NONCE))

    with pytest.raises(ts.TimeStampChainError):
        verify(der, openssl_tsa)
