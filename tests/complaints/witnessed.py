"""A witness's page as a browser without an account uses it, and what people write there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from complaints.models import WitnessLink
from complaints.stages import witnessing
from evidence.custody import Actor
from evidence.models import Case

SAID = "你侄子欠钱不还，再不还我们就去你家门口坐着"
NAME = "欧阳青鸾"
PHONE = "13700000099"
ANSWERS: dict[str, Any] = {
    "language": "zh-CN",
    "relation": "relative",
    "guarantor": "no",
    "channel": "call",
    "when": "2026年3月2日晚上八点左右",
    "number": "13700000001",
    "who": "自称某某小贷的法务",
    "said": SAID,
    "told_of_debt": "yes",
    "asked_to_stop": "yes",
    "after": "第二天又打了三次",
    "consents": {"police": "named", "regulator": "masked", "lender": "none"},
    "name": NAME,
    "phone": PHONE,
    "may_be_asked": "yes",
    "agrees": True,
}


@dataclass
class Page:
    """One browser at the witness's page."""

    secret: str = ""
    browser: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def bind(self, url: str) -> Any:
        """Press "begin": the token leaves the fragment in a body."""
        token = url.partition("#witness=")[2]
        answer = self._post("bind/", {"token": token})
        self.secret = answer.json().get("secret", "")
        return answer

    def state(self, **changed: Any) -> Any:
        """Send the statement."""
        return self._post("statement/", {**ANSWERS, **changed})

    def picture(self, content: bytes) -> Any:
        """Send one picture, under a name that would tell who sends it."""
        file = SimpleUploadedFile(f"{NAME}.png", content, content_type="image/png")
        return self.browser.post("/api/witness/pictures/", {"file": file}, headers=self._headers())

    def standing(self) -> Any:
        """Come back and look."""
        return self.browser.get("/api/witness/", headers=self._headers())

    def erase(self) -> Any:
        """Take everything back."""
        return self.browser.delete("/api/witness/", headers=self._headers())

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self.browser.post(
            f"/api/witness/{path}", body, content_type="application/json", headers=self._headers()
        )

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Witness {self.secret}"} if self.secret else {}


def invited(case: Case, label: str = "小姨") -> tuple[WitnessLink, str]:
    """A link that its borrower made."""
    return witnessing.invite(case, label=label, actor=Actor.of(case.borrower))


def answered(case: Case, *pictures: bytes, **changed: Any) -> tuple[WitnessLink, Page]:
    """A link through which a witness stated and sent pictures."""
    link, url = invited(case)
    page = Page()
    assert page.bind(url).status_code == 201
    told = page.state(**changed)
    assert told.status_code == 201, told.content
    for content in pictures:
        sent = page.picture(content)
        assert sent.status_code == 201, sent.content
    return WitnessLink.objects.get(pk=link.pk), page
