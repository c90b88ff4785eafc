"""evidence/integrity/house.py, trust.py: the keys of one house, and whom to trust."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateNumbers

from evidence.integrity import checkpoint, signing, trust
from evidence.integrity.certificates import certificate_pem
from evidence.integrity.house import House, HouseIncompleteError, make_house
from evidence.integrity.signing import SignatureMismatchError, StatementFormatError
from evidence.integrity.trust import (
    ForeignHouseError,
    KeyNotListedError,
    Role,
    TrustFormatError,
    TrustVersionError,
    read_trust,
)
from tests.evidence.integrity.strangers import AT

LATER = AT + timedelta(days=100)


def test_its_files_load_to_the_same_files(house_files):
    assert House.load(house_files).files() == house_files


def test_two_houses_share_no_key(house, other_house):
    listed = [{entry.fingerprint for entry in each.entries} for each in (house, other_house)]

    assert house.fingerprint != other_house.fingerprint
    assert not listed[0] & listed[1]


@pytest.mark.parametrize("role", list(Role))
def test_a_certificate_stands_where_the_role_has_one_and_nowhere_else(house, role):
    entry, certified = house.entry(role), house.entry(Role.CA).certificate
    wrong = replace(entry, certificate=None if role in trust.CERTIFIED else certified)
    forged = trust.write_trust(house.house_key, origin=house.origin, issued_at=AT, entries=[wrong])

    with pytest.raises(TrustFormatError) as refusal:
        read_trust(forged, house.fingerprint)

    assert "missing or needless" in str(refusal.value.__cause__)


@pytest.mark.openssl
def test_the_fingerprint_is_what_openssl_computes(house, tmp_path):
    (tmp_path / "house.der").write_bytes(signing.spki(house.public_key))

    said = subprocess.run(
        ["openssl", "dgst", "-sha256", "-r", "house.der"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.split()[0] == house.fingerprint


@pytest.mark.parametrize("name", ["log_key.pem", "house.json", "tsa_cert.pem"])
def test_a_missing_file_stops_the_start_and_is_named(house_files, name):
    rest = {each: content for each, content in house_files.items() if each != name}

    with pytest.raises(HouseIncompleteError, match=name):
        House.load(rest)


@pytest.mark.parametrize(
    "name", ["house_key.pem", "log_key.pem", "tsa_key.pem", "tsa_cert.pem", "house.json"]
)
def test_another_houses_file_stops_the_start(house_files, other_house, name):
    with pytest.raises(HouseIncompleteError):
        House.load({**house_files, name: other_house.files()[name]})


@pytest.mark.parametrize("name", ["house_key.pem", "ca_key.pem", "ca_cert.pem", "house.json"])
def test_an_unreadable_file_stops_the_start_without_showing_its_content(house_files, name):
    with pytest.raises(HouseIncompleteError) as refusal:
        House.load({**house_files, name: b"secret junk"})

    assert "secret junk" not in str(refusal.value)


@pytest.mark.parametrize("number", ["d", "dmp1", "dmq1", "iqmp"])
def test_an_rsa_key_of_which_one_number_was_changed_stops_the_start(house, house_files, number):
    whole = house.ca_key.private_numbers()
    names = ("p", "q", "d", "dmp1", "dmq1", "iqmp")
    numbers = {name: getattr(whole, name) + 2 * (name == number) for name in names}
    changed = RSAPrivateNumbers(**numbers, public_numbers=whole.public_numbers)
    pem = signing.private_pem(changed.private_key(unsafe_skip_rsa_key_validation=True))

    with pytest.raises(HouseIncompleteError, match=r"ca_key\.pem"):
        House.load({**house_files, "ca_key.pem": pem})


def test_an_origin_with_a_space_is_refused():
    with pytest.raises(ValueError, match="origin"):
        make_house(at=AT, origin="not an origin")


def test_trust_json_lists_each_role_and_is_pinned_by_the_fingerprint(house):
    found = read_trust(house.trust_json(at=AT), house.fingerprint)

    assert found.is_pinned
    assert {entry.role for entry in found.entries} == set(Role)
    assert found.origin == house.origin
    assert found.certificates(Role.CA) == house.roots()


def test_a_fingerprint_as_printed_on_paper_is_understood(house):
    printed = signing.grouped(house.fingerprint).upper()

    assert read_trust(house.trust_json(at=AT), printed).is_pinned


def test_without_a_fingerprint_it_is_read_and_not_pinned(house):
    assert not read_trust(house.trust_json(at=AT)).is_pinned


def test_another_houses_list_is_refused(house, other_house):
    with pytest.raises(ForeignHouseError) as refusal:
        read_trust(other_house.trust_json(at=AT), house.fingerprint)

    assert refusal.value.found == other_house.fingerprint


@pytest.mark.parametrize("typed", ["", "abcd", "g" * 64])
def test_what_is_no_fingerprint_is_refused(house, typed):
    with pytest.raises(TrustFormatError):
        read_trust(house.trust_json(at=AT), typed)


def test_a_list_changed_after_signing_is_refused(house):
    changed = house.trust_json(at=AT).replace(b"liuzheng.example/log", b"liuzheng.example/lag")

    with pytest.raises(SignatureMismatchError):
        read_trust(changed, house.fingerprint)


def test_a_list_that_was_indented_anew_is_refused(house):
    pretty = json.dumps(json.loads(house.trust_json(at=AT)), indent=2).encode()

    with pytest.raises(StatementFormatError):
        read_trust(pretty, house.fingerprint)


def test_a_list_signed_by_another_key_in_its_name_is_refused(house):
    thief = Ed25519PrivateKey.generate()
    raw = signing.read_statement(house.trust_json(at=AT)).raw
    forged = signing.write_statement(
        raw, signing.sign(thief, signing.Domain.TRUST, raw), thief.public_key()
    )

    with pytest.raises(TrustFormatError):
        read_trust(forged)


def test_a_list_of_a_later_version_is_not_called_changed(house):
    raw = signing.read_statement(house.trust_json(at=AT)).raw.replace(b'"v":1', b'"v":2')
    signed = signing.write_statement(
        raw, signing.sign(house.house_key, signing.Domain.TRUST, raw), house.public_key
    )

    with pytest.raises(TrustVersionError):
        read_trust(signed, house.fingerprint)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b'"text"', b"\xff"])
def test_what_is_no_statement_is_refused(data):
    with pytest.raises(StatementFormatError):
        read_trust(data)


@pytest.mark.parametrize("role", list(Role))
def test_a_rotated_key_leaves_the_old_one_listed_for_its_time(house, role):
    rotated = House.load(house.rotate(role, at=LATER).files())
    found = read_trust(rotated.trust_json(at=LATER), house.fingerprint)
    old, new = house.entry(role).fingerprint, rotated.entry(role).fingerprint

    assert old != new
    assert found.find(role, old, at=LATER - timedelta(seconds=1)).not_after == LATER
    assert found.find(role, new, at=LATER)
    with pytest.raises(KeyNotListedError):
        found.find(role, old, at=LATER)
    with pytest.raises(KeyNotListedError):
        found.find(role, new, at=LATER - timedelta(seconds=1))


def test_a_checkpoint_of_before_the_rotation_still_verifies_by_the_new_list(house):
    note = checkpoint.sign(origin=house.origin, size=1, root=bytes(32), key=house.log_key)
    found = read_trust(house.rotate(Role.LOG, at=LATER).trust_json(at=LATER), house.fingerprint)

    (entry,) = found.of(Role.LOG, at=AT)

    assert checkpoint.verify(note, origin=found.origin, public_key=entry.public_key()).size == 1


def test_a_certificate_for_another_key_cannot_be_listed(house, other_house):
    entry = house.entry(Role.PDF_SIGNER)
    wrong = trust.Entry(entry.role, entry.key, other_house.entry(Role.CA).certificate, AT, None)
    forged = trust.write_trust(house.house_key, origin=house.origin, issued_at=AT, entries=[wrong])

    with pytest.raises(TrustFormatError):
        read_trust(forged, house.fingerprint)


@pytest.mark.openssl
def test_openssl_accepts_the_chain_with_its_revocation_list(house, tmp_path):
    (tmp_path / "ca.pem").write_bytes(certificate_pem(house.ca_certificate))
    (tmp_path / "pdf.pem").write_bytes(certificate_pem(house.pdf_certificate))
    (tmp_path / "crl.der").write_bytes(house.crl(at=AT, number=1))

    run = subprocess.run(
        [
            *("openssl", "verify", "-x509_strict", "-crl_check", "-CRLfile", "crl.der"),
            *("-attime", str(int(AT.timestamp()) + 60), "-CAfile", "ca.pem", "pdf.pem"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
