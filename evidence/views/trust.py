"""`/trust/`: the house's fingerprint, to compare with paper, and its public keys; no sign-in.

The files are the same bytes at every call, so that two people can compare what they fetched:
`trust.json` changes only when a key does (Ed25519 signs without chance), the CRL once a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import language
from evidence.integrity import signing
from evidence.integrity.certificates import certificate_pem
from evidence.integrity.digest import sha256_hex
from evidence.integrity.house import House
from evidence.integrity.times import write_time
from evidence.integrity.trust import Entry
from evidence.vault import keyring

SENTENCES = ("compare", "differs", "self-issued", "files", "rotation")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the fingerprint and the listed keys, in Chinese first, in English second."""
    house = keyring.house()
    groups = signing.grouped(house.fingerprint).split(" ")
    parts = [_part(house, lang) for lang in language.LANGUAGES]
    built = _check_page()
    check = None if built is None else signing.grouped(sha256_hex(built))
    return render(
        request,
        "evidence/trust.html",
        {"groups": groups, "parts": parts, "qr": _qr(house), "check": check},
    )


@require_safe
def trust_json(request: HttpRequest) -> HttpResponse:
    """The signed list, dated by the last change of a key."""
    house = keyring.house()
    raw = house.trust_json(at=house.last_change)
    return HttpResponse(raw, content_type="application/json")


@require_safe
def check_page(request: HttpRequest) -> HttpResponse:
    """The offline page that packages carry, byte for byte, to be kept and opened as a file.

    Never shown under this origin: it takes files of anybody, and this origin has people's sessions.
    """
    page = _check_page()
    if page is None:
        raise Http404("the offline page is not built here")
    answer = HttpResponse(page, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = 'attachment; filename="4_CHECK.html"'
    return answer


@require_safe
def ca_pem(request: HttpRequest) -> HttpResponse:
    """Every CA certificate that the house ever had: one file of roots for `openssl -CAfile`."""
    pem = b"".join(certificate_pem(root) for root in keyring.house().roots())
    return HttpResponse(pem, content_type="application/x-pem-file")


@require_safe
def ca_crl(request: HttpRequest) -> HttpResponse:
    """The CA's revocation list in DER, dated the beginning of this day in UTC."""
    house = keyring.house()
    midnight = datetime.combine(timezone.now().astimezone(UTC).date(), time(), UTC)
    at = max(midnight, house.ca_certificate.not_valid_before_utc)
    crl = house.crl(at=at, number=int(at.timestamp()))
    return HttpResponse(crl, content_type="application/pkix-crl")


def _check_page() -> bytes | None:
    """None where it is not built: the keys are shown all the same."""
    try:
        return settings.CHECK_PAGE.read_bytes()
    except OSError:
        return None


def _qr(house: House) -> str:
    """The fingerprint as a picture, to be compared by a second device instead of by eye."""
    code = segno.make_qr(house.fingerprint.upper(), error="m")  # upper case: a smaller picture
    return str(code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff"))


def _part(house: House, lang: str) -> dict[str, object]:
    names = {
        "operator": settings.OPERATOR_NAME or language.text("trust-operator-unnamed", lang),
        "contact": settings.OPERATOR_CONTACT,
    }
    heads = (
        *("title", "operator", "contact", "fingerprint", "qr"),
        *("keys", "key", "from", "until", "check", "check-digest"),
    )
    return {
        "lang": lang,
        "says": {name.replace("-", "_"): language.text(f"trust-{name}", lang) for name in heads},
        "sentences": [language.text(f"trust-{name}", lang) for name in SENTENCES],
        "names": names,
        "entries": [_row(entry, lang) for entry in house.entries],
    }


def _row(entry: Entry, lang: str) -> dict[str, str]:
    still = language.text("trust-in-use", lang)
    return {
        "role": language.text(f"trust-role-{entry.role}", lang),
        "fingerprint": signing.grouped(entry.fingerprint),
        "not_before": write_time(entry.not_before),
        "not_after": still if entry.not_after is None else write_time(entry.not_after),
    }
