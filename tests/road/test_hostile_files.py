"""Files made to do harm, sent over HTTP and taken along the whole road by the real worker code.

A file that cannot be read stays evidence: received, sealed, whole, with the reason as a code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from complaints.demo.files import recording_m4a
from evidence import leftovers
from evidence.models import EvidenceItem, Job, Reading, Record
from tests import make
from tests.road.left import NOW
from tests.road.test_strangers import rows
from tests.samples import bombs, exports, pictures


def send(browser: Client, into: Any, name: str, content: bytes, **said: Any) -> Any:
    form = {
        "file": SimpleUploadedFile(name, content),
        "case": into.pk,
        "kind": "other",
        "source": "received",
        **said,
    }
    return browser.post("/api/items/", form)


SCREENSHOT = pictures.encoded(pictures.gradient(), "PNG")
PHOTO = pictures.photo()
EXPORT = exports.backup(*(exports.sms(f"消息 {n}") for n in range(50)))
CALL = recording_m4a()

# Made when they are tried: some take seconds.
UNREADABLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a truncated PNG": ("a.png", lambda: SCREENSHOT[: len(SCREENSHOT) // 2]),
    "a truncated JPEG": ("a.jpg", lambda: PHOTO[: len(PHOTO) // 3]),
    "a PNG of nothing but its beginning": ("a.png", lambda: SCREENSHOT[:20]),
    "a picture bomb": ("a.png", lambda: bombs.png_bomb()),
    "an entity bomb": ("sms.xml", lambda: bombs.entity_bomb()),
    "an entity that names a file": ("sms.xml", lambda: bombs.file_entity()),
    "a zip bomb": ("sms.zip", lambda: bombs.zip_bomb()),
    "a gzip bomb": ("sms.xml.gz", lambda: bombs.gzip_bomb()),
    "zips in zips": ("sms.zip", lambda: bombs.nested()),
    "a name that climbs": ("sms.zip", lambda: exports.zipped({"../../sms.xml": EXPORT})),
    "a name from the root": ("sms.zip", lambda: exports.zipped({"/etc/cron.d/sms.xml": EXPORT})),
    "half a zip": ("sms.zip", lambda: exports.zipped({"sms.xml": EXPORT})[:300]),
    "half a recording": ("15400000003_20261103224100.m4a", lambda: CALL[: len(CALL) // 4]),
}
READABLE = {
    "a truncated export": ("sms.xml", EXPORT[: len(EXPORT) // 2]),
    "noise": ("noise.bin", hashlib.shake_256(b"noise").digest(70_000)),
    "a picture that is a page": ("a.png", b"<html><script>alert(1)</script></html>"),
    "a program": ("sms.xml", b"\x7fELF" + bytes(500)),
    "one zero": ("a", b"\0"),
}


def taken_along(browser: Client, case: Any, name: str, content: bytes) -> dict[str, Any]:
    """Send it, let the worker do all it can, and insist on what holds for every file."""
    answer = send(browser, case, name, content)
    assert answer.status_code == 201, answer.content
    make.go_the_road()

    item = EvidenceItem.objects.get()
    assert (item.sha256, item.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert make.plain_bytes(item) == content
    assert not Job.objects.open().exists()
    assert browser.get(f"/api/items/{item.pk}/verify/").json()["verdict"] == "unchanged"
    assert list(leftovers.find(older_than=NOW)) == []
    shown = browser.get(f"/api/items/{item.pk}/").json()
    assert shown["state"]["sealed"] is True
    return dict(shown)


@pytest.mark.parametrize("what", UNREADABLE)
def test_it_stays_evidence_and_says_why_it_was_not_read(borrower_browser, case, what):
    name, made = UNREADABLE[what]

    shown = taken_along(borrower_browser, case, name, made())

    code = shown["state"]["read"]
    assert isinstance(code, str)
    assert code.startswith("reading_"), shown
    assert code != "reading_failed", "a name is wanted for what was done to this file"
    assert shown["reading"]["problem"] == code
    assert shown["record_count"] == Record.objects.count() == Reading.objects.get().record_count


@pytest.mark.parametrize("what", READABLE)
def test_what_is_no_export_at_all_is_kept_as_it_is(borrower_browser, case, what):
    name, content = READABLE[what]

    shown = taken_along(borrower_browser, case, name, content)

    assert shown["state"]["read"] is not False
    assert shown["state"]["tagged"] is True


NAMES = [
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "\u202egnp.exe",
    "a" * 250 + ".png",
    "a" * 5000,
    "短信\r\nSet-Cookie: session=1.xml",
    "<script>alert(1)</script>.xml",
    "",
    ".",
    "CON",
    "%2e%2e%2fpasswd",
    "\ud83d",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_a_label_and_opens_nothing(borrower_browser, case, vault, name):
    content = exports.backup(exports.sms())
    raw = b"".join(
        [
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="',
            name.encode("utf-8", "surrogatepass").replace(b"\r\n", b"%0D%0A"),
            b'"\r\nContent-Type: text/xml\r\n\r\n',
            content,
            b"".join(
                f'\r\n--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode()
                for key, value in {"case": case.pk, "kind": "other", "source": "received"}.items()
            ),
            b"\r\n--b--\r\n",
        ]
    )

    answer = borrower_browser.generic(
        "POST", "/api/items/", raw, content_type="multipart/form-data; boundary=b"
    )

    if answer.status_code == 400:  # refused with a name of its own: nothing kept
        assert answer.json()["code"] in ("invalid_input", "body_unreadable")
        assert not EvidenceItem.objects.exists()
        return
    assert answer.status_code == 201, answer.content
    item = EvidenceItem.objects.get()
    assert len(item.declared.file_name) <= 255
    opened = borrower_browser.get(f"/api/items/{item.pk}/content/")
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in opened.headers
    assert [path.name for path in vault.rglob("*") if path.is_file()] == [item.vault_name[3:]]


REFUSED: dict[str, tuple[dict[str, Any], bytes, str]] = {
    "another digest": ({"claimed_sha256": "0" * 64}, b"x", "digest_mismatch"),
    "a digest that is none": ({"claimed_sha256": "xyz"}, b"x", "digest_malformed"),
    "a digest in capitals": ({"claimed_sha256": "A" * 64}, b"x", "digest_malformed"),
    "no byte": ({}, b"", "empty_file"),
    "too many bytes": ({}, b"x" * 1001, "too_large"),
    "more than the quota": ({}, b"x" * 901, "quota_spent"),
    "a kind of its own": ({"kind": "selfie"}, b"x", "unknown_kind"),
    "a source of its own": ({"source": "stolen"}, b"x", "invalid_input"),
    "a time that is none": ({"taken_at": "yesterday"}, b"x", "invalid_input"),
    "a case that is none": ({"case": "../1"}, b"x", "invalid_input"),
    "another case": ({"case": "00000000-0000-4000-8000-000000000000"}, b"x", "not_found"),
    "a device as long as a book": ({"device": "x" * 9999}, b"x", "invalid_input"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_has_a_name_and_leaves_its_event_alone(
    borrower_browser, case, vault, settings, what
):
    settings.EVIDENCE_MAX_BYTES, settings.QUOTA_BYTES = 1000, 900
    said, content, code = REFUSED[what]
    before = rows()

    answer = send(borrower_browser, case, "a.bin", content, **said)

    body = answer.json()
    assert body["code"] == code
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert (body["status"], body["type"]) == (
        answer.status_code,
        f"urn:liuzheng:problem:{code}",
    )
    after = rows()
    # `refused`; with `stored` and `discarded` where the bytes had come in already.
    assert after.pop("CustodyEvent") - before.pop("CustodyEvent") in (0, 1, 3)
    after.pop("PendingLeaf"), before.pop("PendingLeaf")  # the same events, on their way to the log
    assert after == before
    assert [path for path in vault.parent.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("text/plain", b"x"),
        ("multipart/form-data", b"--b--"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disp"),
        ("multipart/form-data; boundary=b", b""),
        ("multipart/form-data; boundary=" + "b" * 300, b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\n" + b"A: b\r\n" * 20_000 + b"\r\n--b--"),
    ],
)
def test_a_body_that_is_no_form_is_refused(borrower_browser, case, content_type, body):
    before = rows()

    answer = borrower_browser.generic("POST", "/api/items/", body, content_type=content_type)

    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] in ("body_unreadable", "invalid_input", "media_type_unsupported")
    assert rows() == before
