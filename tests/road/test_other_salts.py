"""Only the salts of the records that are handed over leave the house, in whatever spelling.

Looked through: every file of a package, and every answer of the API to the person whose case it is.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from accounts.models import User
from complaints import tasks
from complaints.models import Package
from complaints.stages import asking, drafting, parting
from evidence import decisions, jobs
from evidence.custody import Actor
from evidence.integrity import records
from evidence.models import Case, EvidenceItem, Finding, Reading, Tag
from evidence.vault import keyring
from tests import make
from tests.complaints import witnessed
from tests.evidence.uploads.sender import Sender
from tests.road import endpoints
from tests.road.searching import found
from tests.road.victim import (
    DOCUMENT,
    Victim,
    covered_copy,
    filed,
    redacted_copy,
    strand_of,
)
from tests.samples.messages import BODIES, SHOWN

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("vault"),
    pytest.mark.tool("pdftotext"),
]

SECRET = bytes(range(100, 132))


@pytest.fixture(params=["records", "original"])
def victim(request: Any, borrower: User, settings: Any, tmp_path: Path) -> Victim:
    """A case whose package is there: of six messages two are shown, the export along or not."""
    settings.SCRATCH_DIR = tmp_path / "scratch"
    case, actor = make.case(borrower), Actor.of(borrower)
    item = make.item(case, make.sms_export(*BODIES), kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    make.go_the_road()
    rules = sorted({finding.rule for finding in Finding.objects.all()})
    complaint = make.complaint(case, left_out_rules=rules)
    if request.param == "original":
        drafting.add_exhibit(complaint, item, group="B", purpose="短信导出", actor=actor)
    tags = list(Tag.objects.filter(item=item, record__index__in=SHOWN))
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    drafting.number_exhibits(complaint, actor=actor)
    row = asking.ask(complaint, user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    package = Package.objects.get(pk=row.pk)
    assert package.is_offered
    exhibit, record = complaint.exhibits.get(), tags[0].record
    assert exhibit.form == request.param
    assert record is not None
    upload = Sender(make.signed_in(borrower), case, length=len(DOCUMENT), body=b"", sha256="")
    parting.ask(borrower, parting.Scope.CASE, case.pk, actor=actor)
    return Victim(
        person=borrower,
        case=case,
        item=item,
        tag=tags[0],
        record=record,
        complaint=complaint,
        exhibit=exhibit,
        package=package,
        redaction=redacted_copy(complaint, item, borrower),
        sound=covered_copy(complaint, item, borrower),
        filing=filed(complaint, borrower),
        segment=make.draft(item, "")[0],
        strand=strand_of(record),
        upload=upload,
        link=witnessed.answered(case)[0],
    )


def kept_secrets(case: Case) -> dict[str, bytes]:
    """What must stay: the secret of the reading, the salt of its export, of each other record."""
    reading = Reading.objects.get(item__case=case, item__origin=EvidenceItem.Origin.UPLOAD)
    secret = keyring.reading_secret(reading)
    others = set(range(reading.record_count)) - set(SHOWN)
    assert len(others) == len(BODIES) - len(SHOWN)
    salts = {f"salt {index}": records.record_salt(secret, index) for index in sorted(others)}
    parent = records.parent_salt(secret)
    return {"secret": secret, "parent salt": parent, **salts}


def shown_salts(case: Case) -> dict[str, bytes]:
    reading = Reading.objects.get(item__case=case, item__origin=EvidenceItem.Origin.UPLOAD)
    secret = keyring.reading_secret(reading)
    return {f"salt {index}": records.record_salt(secret, index) for index in SHOWN}


def answers(victim: Victim) -> dict[str, bytes]:
    """What every path of the API answers to the person; of each item of the case, made ones too."""
    browser, values = make.signed_in(victim.person), victim.values
    others = EvidenceItem.objects.filter(case=victim.case).exclude(pk=victim.item.pk)
    asked = [one for one in endpoints.all_of("api/") if "get" in one.methods]
    told = {one.route: _content(browser, one.path(values)) for one in asked}
    for item in others:
        for one in (one for one in asked if "item_id" in one.parameters):
            path = one.path(values | {"item_id": item.pk})
            told[f"{one.route} of {item.origin}"] = _content(browser, path)
    return told


def _content(browser: Client, path: str) -> bytes:
    answer = browser.get(path)
    assert answer.status_code < 500, path
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_no_package_and_no_answer_holds_another_salt(victim: Victim) -> None:
    secrets, told = kept_secrets(victim.case), answers(victim)

    package = told["api/packages/<uuid:package_id>/download/"]
    assert zipfile.is_zipfile(io.BytesIO(package))
    assert {key for key, _ in found(shown_salts(victim.case), "package", package)} == {
        f"salt {index}" for index in SHOWN
    }  # so the search works, and what is shown can be proved
    assert len(told) > 30
    assert str(victim.item.pk).encode() in told["api/complaints/<uuid:complaint_id>/"]
    assert BODIES[2].encode() in told["api/items/<uuid:item_id>/records/"]
    leaks = {hit for route, data in told.items() for hit in found(secrets, route, data)}
    assert leaks == set()


def test_a_salt_planted_in_a_real_package_is_found_wherever_it_lies(victim: Victim) -> None:
    browser = make.signed_in(victim.person)
    package = _content(browser, f"/api/packages/{victim.package.pk}/download/")
    secrets = kept_secrets(victim.case)
    key, salt = "salt 2", secrets["salt 2"]

    for name in ("2_COMPLAINT.pdf", "3_EXHIBITS/INDEX.txt", "5_PROOF/exhibits.json"):
        planted = _planted(package, name, salt)
        assert {hit[0] for hit in found(secrets, "package", planted)} == {key}, name


def _planted(package: bytes, name: str, salt: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("/" + name):
                data = _pdf_with(salt, data) if name.endswith(".pdf") else _text_with(salt, data)
            new.writestr(entry.filename, data)
    return out.getvalue()


def _text_with(salt: bytes, data: bytes) -> bytes:
    if data[:1] != b"{":
        digits = salt.hex()
        return data + " ".join(digits[at : at + 4] for at in range(0, 64, 4)).encode()
    told = json.loads(data) | {"more": base64.b64encode(salt).decode()}
    return json.dumps(told).encode()


def _pdf_with(salt: bytes, data: bytes | None = None) -> bytes:
    """In a compressed stream of its own."""
    out = io.BytesIO()
    document = pikepdf.open(io.BytesIO(data)) if data else pikepdf.new()
    document.add_blank_page()
    document.Root.Planted = document.make_stream(b"x" * 99 + salt + b"x" * 99)
    document.save(out, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert salt not in out.getvalue()
    return out.getvalue()


def _zip_with(salt: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("within.bin", salt)
    return out.getvalue()


def _json_with(raw: bytes) -> bytes:
    return json.dumps({"events": [{"raw": base64.b64encode(raw).decode()}]}).encode()


HIDING: dict[str, Callable[[bytes], bytes]] = {
    "raw": lambda salt: b"before" + salt,
    "hex": lambda salt: b"x" + salt.hex().encode(),
    "HEX in groups": lambda salt: salt.hex(" ", 2).upper().encode(),
    "first half only": lambda salt: salt[:16].hex().encode(),
    "base64": base64.b64encode,
    "base64 of more": lambda salt: base64.b64encode(b"1" + salt + b"22"),
    "base64 of yet more": lambda salt: base64.b64encode(b"11" + salt),
    "base64url": lambda salt: base64.urlsafe_b64encode(salt).rstrip(b"="),
    "base32": lambda salt: base64.b32encode(b"123" + salt),
    "deflated": lambda salt: _zip_with(b"\0" * 999 + salt),
    "in a ZIP in a ZIP": lambda salt: _zip_with(_zip_with(salt)),
    "in JSON in base64": lambda salt: _json_with(_json_with(salt)),
    "stream of a PDF": _pdf_with,
    "PDF in a ZIP": lambda salt: _zip_with(_pdf_with(salt)),
}


@pytest.mark.parametrize("how", HIDING)
def test_the_search_finds_a_secret_hidden_so(how: str) -> None:
    other = bytes(reversed(SECRET))

    hits = found({"it": SECRET, "other": other}, "file", HIDING[how](SECRET))

    assert {key for key, _ in hits} == {"it"}


def test_a_secret_that_is_not_there_is_not_found() -> None:
    other = {"other": bytes(reversed(SECRET))}

    assert [found(other, "file", hide(SECRET)) for hide in HIDING.values()] == [
        set() for _ in HIDING
    ]
