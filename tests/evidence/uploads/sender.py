"""A tus client as small as can be, over Django's test client."""

from __future__ import annotations

import base64
import hashlib

from django.test import Client

from evidence.models import Case

BODY = "application/offset+octet-stream"
CONTENT = bytes(range(256)) * 4096  # 1 MiB: four segments and a piece
LENGTH = len(CONTENT)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
TUS = {"Tus-Resumable": "1.0.0"}


class Sender:
    """A phone: begins with its session, goes on with the capability alone."""

    def __init__(self, browser: Client, case: Case, *, length=LENGTH, body=None, csrf="", **said):
        values = {"case": case.pk, "kind": "document", "source": "received", **said}
        pairs = [f"{k} {base64.b64encode(str(v).encode()).decode()}" for k, v in values.items()]
        headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": ",".join(pairs)}
        headers |= {"X-CSRFToken": csrf} if csrf else {}
        content = {"data": body, "content_type": BODY} if body is not None else {}
        self.begun = browser.post("/api/uploads/", headers=headers, **content)
        self.address = self.begun.headers.get("Location", "")
        self.token = self.begun.headers.get("Upload-Capability", "")
        self.phone = Client()

    @property
    def headers(self):
        return {**TUS, "Authorization": f"Upload {self.token}"}

    def patch(self, offset, data, **headers):
        return self.phone.patch(
            self.address,
            data,
            content_type=BODY,
            headers={**self.headers, "Upload-Offset": str(offset), **headers},
        )

    def head(self):
        return self.phone.head(self.address, headers=self.headers)

    def offset(self):
        return int(self.head().headers["Upload-Offset"])

    def delete(self):
        return self.phone.delete(self.address, headers=self.headers)

    def receipt(self):
        return self.phone.get(f"{self.address}receipt/", headers=self.headers)
