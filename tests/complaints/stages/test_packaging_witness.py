"""A package with a witness's statement: who they are was not checked; masked means masked."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from accounts.models import User
from complaints.bundle import layout
from complaints.bundle.pdf_text import page_texts
from complaints.models import WitnessLink
from complaints.stages import drafting
from evidence.custody import Actor
from evidence.models import Case
from tests import make
from tests.complaints import witnessed
from tests.complaints.witnessed import NAME, PHONE, SAID, Page

from .packaged import built

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("vault"),
    pytest.mark.chinese_font,
]
NOT_CHECKED = "系统没有核实其身份"


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path, house: object) -> None:
    """A folder of keys of this test's own: the list of erasures lies in it."""
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = tmp_path / "keys"
    settings.SCRATCH_DIR = tmp_path / "scratch"


@pytest.fixture
def case(borrower: User) -> Case:
    return make.confirmed_case(borrower)


def stated(case: Case, **changed: Any) -> tuple[WitnessLink, Page]:
    link, page = witnessed.answered(case, **changed)
    make.go_the_road()
    return link, page


def printed(files: dict[str, bytes]) -> str:
    """The words of the complaint on paper, without the line breaks of the page."""
    with pikepdf.open(BytesIO(files["2_COMPLAINT.pdf"])) as pdf:
        return re.sub(r"\s", "", "".join(words for _, words in page_texts(pdf.pages)))


def everything(files: dict[str, bytes]) -> bytes:
    return b"\n".join(files.values()) + printed(files).encode()


def test_a_regulator_gets_the_words_but_neither_name_nor_consent(
    case: Case, borrower: User
) -> None:
    link, _ = stated(case)
    files = built(make.complaint(case, "NFRA_LOCAL"), borrower)

    paper = printed(files)
    assert SAID in paper
    assert NOT_CHECKED in paper
    assert "第三人材料的提供者是谁" in paper
    assert "第三人签名" not in paper  # a hand would name them
    for secret in (NAME, PHONE, str(link.statement.consent_id), link.statement.consent.sha256):
        assert secret.encode() not in everything(files)
    [entry] = [
        one
        for one in json.loads(files[layout.EXHIBITS])["exhibits"]
        if one["number"].startswith("C-")
    ]
    assert entry["sha256"] == link.statement.item.sha256


def test_the_police_get_name_and_consent_once_the_borrower_chose_what_the_witness_agreed_to(
    case: Case, borrower: User
) -> None:
    link, _ = stated(case)
    complaint = make.complaint(case, "PSB_STATION")
    drafting.choose_witness_form(complaint, link.statement, "named", actor=Actor.of(borrower))

    paper = printed(built(complaint, borrower))

    assert NAME in paper
    assert "第三人同意书" in paper
    assert NOT_CHECKED in paper
    assert "第三人签名（手写）" in paper


def test_what_was_erased_is_gone_from_the_next_package_and_the_package_says_so(
    case: Case, borrower: User
) -> None:
    _, page = stated(case)
    complaint = make.complaint(case, "NFRA_LOCAL")
    [code] = [row.code for row in complaint.exhibits.filter(group="C")]
    page.erase()
    complaint.refresh_from_db()

    files = built(complaint, borrower)

    assert f"曾列为证据{code}的第三人材料已于" in printed(files)
    assert SAID.encode() not in everything(files)
