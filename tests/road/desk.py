"""Staff at the console: come in by invitation, with a second factor, and click what is there."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client

from tests.make import PASSPHRASE, TotpDevice

CODE = re.compile(r"^    (\S+)$", re.MULTILINE)
SECRET = re.compile(r"<code>([A-Z2-7 ]+)</code>")
DRAFT = re.compile(r'name="draft" value="([0-9a-f]{64})"')
ITEM = re.compile(r"/console/cases/[0-9a-f-]{36}/items/([0-9a-f-]{36})/")
PICTURE_OR_SOUND = ("page", "playable")


class Desk:
    """One member of the staff at one browser."""

    def __init__(self, role: str, username: str) -> None:
        self.browser = Client()
        printed = StringIO()
        call_command("invite", role, stdout=printed)
        found = CODE.search(printed.getvalue())
        assert found, "the command prints the invitation"
        body = {"invitation": found[1], "username": username, "password": PASSPHRASE}
        self.post("/console/join/", body)

    def enrol(self) -> None:
        """Set up the second factor as a telephone would: from the secret on the page."""
        found = SECRET.search(self.page("/console/enrol/"))
        assert found, "the page shows the secret"
        code = TotpDevice(found[1].replace(" ", "")).code()
        self.post("/console/enrol/", {"code": code})

    def page(self, path: str, *, expect: int = 200) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == expect, f"{path}: {answer.status_code}"
        return answer.content.decode()

    def post(self, path: str, body: dict[str, Any] | None = None) -> str:
        """Send a form that goes well: it leads to another page; return which."""
        answer = self.browser.post(path, body or {})
        assert answer.status_code == 302, f"{path}: {answer.status_code} {answer.content[:400]!r}"
        return str(answer.headers["Location"])

    def open_exhibits(self, case: str, complaint: str) -> int:
        """Look at every exhibit of the complaint, its picture or sound too; return how many."""
        path = f"/console/cases/{case}/"
        listed = set(ITEM.findall(self._section(f"{path}complaints/{complaint}/")))
        for item in listed:
            self.page(f"{path}items/{item}/")
            for name in PICTURE_OR_SOUND:
                answer = self.browser.get(f"{path}items/{item}/made/{name}/")
                if answer.streaming:
                    b"".join(answer.streaming_content)
        return len(listed)

    def approve(self, case: str, complaint: str) -> None:
        """Approve the very draft that the page shows."""
        path = f"/console/cases/{case}/complaints/{complaint}/"
        found = DRAFT.search(self.page(path))
        assert found, "the page offers a decision"
        self.post(f"{path}decide/", {"decision": "approved", "draft": found[1]})

    def _section(self, path: str) -> str:
        _, _, rest = self.page(path).partition('<ul class="exhibits">')
        return rest.partition("</ul>")[0]
