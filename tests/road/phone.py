"""A borrower at the phone: speaks the HTTP API as our client does, CSRF token and all."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evidence import consents
from tests.make import PASSPHRASE

BASE = "/_allauth/browser/v1"
BODY = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}
JSON = "application/json"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Phone:
    """One browser. Every answer must have the status that is expected of it."""

    def __init__(self, **client: Any) -> None:
        self.browser = Client(enforce_csrf_checks=True, **client)

    def call(self, method: str, path: str, *, expect: int, body: Any = None, **extra: Any) -> Any:
        """The JSON of the answer, or its bytes when it is none."""
        cookie = self.browser.cookies.get(settings.CSRF_COOKIE_NAME)
        headers = {"X-CSRFToken": cookie.value} if cookie else {}
        content = b"" if body is None else json.dumps(body)
        found = self.browser.generic(
            method, path, content, content_type=JSON, headers=headers, **extra
        )
        assert found.status_code == expect, f"{method} {path}: {found.status_code} {_said(found)}"
        if found.headers.get("Content-Type", "").partition(";")[0].endswith("json"):
            return found.json()
        return b"".join(found.streaming_content) if found.streaming else found.content

    def get(self, path: str, **query: Any) -> Any:
        return self.call("GET", path, expect=200, query_params=query)

    def sign_up(self, username: str) -> None:
        """Make an account; allauth's first answer brings the CSRF cookie."""
        self.call("GET", f"{BASE}/config", expect=200)
        body = {"username": username, "password": PASSPHRASE}
        self.call("POST", f"{BASE}/auth/signup", body=body, expect=200)

    def agree(self) -> None:
        """Agree to every required purpose in the words that are shown."""
        shown = self.get("/api/consents/")
        required = [one["purpose"] for one in shown if one["is_required"]]
        assert required == list(consents.REQUIRED)
        body = {"purposes": required, "version": shown[0]["version"]}
        self.call("POST", "/api/consents/", body=body, expect=200)

    def send(self, case: str, name: str, content: bytes, *, expect: int = 201, **said: Any) -> Any:
        """One small file, as a multipart form."""
        form = {
            "file": SimpleUploadedFile(name, content),
            "case": case,
            "kind": "other",
            "source": "received",
            "claimed_sha256": sha256(content),
            **said,
        }
        cookie = self.browser.cookies[settings.CSRF_COOKIE_NAME].value
        found = self.browser.post("/api/items/", form, headers={"X-CSRFToken": cookie})
        assert found.status_code == expect, f"{found.status_code} {_said(found)}"
        return found.json()

    def send_in_pieces(
        self, case: str, name: str, content: bytes, *, piece: int, **said: Any
    ) -> Any:
        """One file by tus, a PATCH a piece; the server's own offset says where to go on."""
        told = {
            "case": case,
            "kind": "other",
            "source": "received",
            "filename": name,
            "sha256": sha256(content),
            **said,
        }
        pairs = [f"{k} {base64.b64encode(str(v).encode()).decode()}" for k, v in told.items()]
        cookie = self.browser.cookies[settings.CSRF_COOKIE_NAME].value
        begun = self.browser.generic(
            "POST",
            "/api/uploads/",
            content_type=BODY,
            headers={
                **TUS,
                "X-CSRFToken": cookie,
                "Upload-Length": str(len(content)),
                "Upload-Metadata": ",".join(pairs),
            },
        )
        assert begun.status_code == 201, _said(begun)
        place = begun.headers["Location"]
        key = {"Authorization": f"Upload {begun.headers['Upload-Capability']}", **TUS}
        phone = Client()  # the session may have ended by now: the capability is enough
        while True:
            offset = int(phone.head(place, headers=key).headers["Upload-Offset"])
            if offset == len(content):
                break
            headers = {**key, "Upload-Offset": str(offset)}
            part = content[offset : offset + piece]
            found = phone.patch(place, part, content_type=BODY, headers=headers)
            assert found.status_code == 204, _said(found)
        return phone.get(f"{place}receipt/", headers=key).json()

    def timeline(self, case: str) -> list[dict[str, Any]]:
        """Every record of the case, page by page."""
        page = self.get(f"/api/cases/{case}/timeline/")
        records = list(page["results"])
        while page["next"]:
            page = self.get(page["next"])
            records += page["results"]
        return records


def _named(name: str, content: bytes) -> Any:
    return SimpleUploadedFile(name, content)


def _said(answer: Any) -> str:
    return "(streamed)" if answer.streaming else answer.content[:600].decode(errors="replace")
