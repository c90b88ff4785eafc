"""`/trust/`: what anybody may compare with the paper, and nothing that is secret."""

from __future__ import annotations

import base64
import html
import re

import pytest
import segno
from cryptography import x509
from django.test import Client

from evidence.integrity import signing
from evidence.integrity.digest import sha256_hex
from evidence.integrity.trust import read_trust

FILES = ("/trust/trust.json", "/trust/ca.pem", "/trust/ca.crl", "/trust/4_CHECK.html")
PATHS = ("/trust/", *FILES)


def test_the_page_shows_the_fingerprint_of_the_house_in_groups_of_four(house):
    page = Client().get("/trust/").content.decode()

    shown = page.split('id="fingerprint">')[1].split("</p>")[0]
    groups = shown.replace("</span>", " ").replace("<span>", " ").split()
    assert [len(group) for group in groups] == [4] * 16
    assert "".join(groups) == house.fingerprint


def test_the_page_shows_the_fingerprint_as_a_picture_for_a_second_device(house):
    page = Client().get("/trust/").content.decode()

    assert segno.make_qr(house.fingerprint.upper(), error="m").svg_data_uri(
        scale=4, border=4, dark="#000", light="#fff"
    ) in html.unescape(page)


def test_the_page_lists_every_key_in_chinese_first(house):
    page = Client().get("/trust/").content.decode()

    for entry in house.entries:
        assert page.count(signing.grouped(entry.fingerprint)) == 2
    assert page.index("自行签发") < page.index("self-issued")


def test_the_list_verifies_by_the_fingerprint_and_has_the_same_bytes_again(house):
    first, second = (Client().get("/trust/trust.json").content for _ in range(2))

    trust = read_trust(first, house.fingerprint)
    assert (trust.is_pinned, trust.entries) == (True, house.entries)
    assert first == second


def test_the_certificate_and_its_revocation_list_are_the_ca_s(house):
    ca = x509.load_pem_x509_certificate(Client().get("/trust/ca.pem").content)
    crl = x509.load_der_x509_crl(Client().get("/trust/ca.crl").content)

    assert ca == house.ca_certificate
    assert crl.is_signature_valid(ca.public_key())


def test_an_operator_s_name_is_text_and_never_markup(house, settings):
    settings.OPERATOR_NAME = "<script>alert(1)</script>"

    page = Client().get("/trust/").content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_holds_a_secret_key(house, path):
    answer = Client().get(path).content

    assert b"PRIVATE" not in answer
    # Also as it would look inside base64, whatever the offset: every run is decoded at four.
    runs = [run[i:] for run in re.findall(rb"[A-Za-z0-9+/\n]{40,}", answer) for i in range(4)]
    bare = [run.replace(b"\n", b"") for run in runs]
    plain = [base64.b64decode(run[: len(run) // 4 * 4]) for run in bare]
    for secret in secrets_of(house):
        assert not any(secret in seen for seen in [answer, *plain])
        assert secret.hex().encode() not in answer


def secrets_of(house):
    """The numbers that make each private key private; a modulus is public."""
    for key in (house.house_key, house.log_key, house.manifest_key):
        yield key.private_bytes_raw()
    for key in (house.ca_key, house.pdf_key, house.tsa_key):
        numbers = key.private_numbers()
        for number in (numbers.p, numbers.q, numbers.d):
            yield number.to_bytes((number.bit_length() + 7) // 8)


@pytest.mark.parametrize("path", PATHS)
def test_it_is_read_and_nothing_else(house, path):
    browser = Client()

    assert browser.head(path).status_code == 200
    for method in (browser.post, browser.put, browser.patch, browser.delete):
        assert method(path).status_code == 405


def test_no_script_may_run_there(house):
    answer = Client().get("/trust/")

    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert b"style=" not in answer.content


def test_the_offline_page_is_a_download_of_the_very_bytes_that_packages_carry(house, settings):
    answer = Client().get("/trust/4_CHECK.html")

    assert answer.content == settings.CHECK_PAGE.read_bytes()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="4_CHECK.html"'
    page = Client().get("/trust/").content.decode()
    assert page.count(signing.grouped(sha256_hex(answer.content))) == 2
    assert 'href="/trust/4_CHECK.html"' in page


def test_without_the_built_page_the_keys_are_shown_all_the_same(house, settings, tmp_path):
    settings.CHECK_PAGE = tmp_path / "not-built.html"

    assert Client().get("/trust/4_CHECK.html").status_code == 404
    page = Client().get("/trust/")
    assert page.status_code == 200
    assert b"4_CHECK.html" not in page.content
