"""Words of distress and the help offered for them: the phone's alone, in no row or package."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.apps import apps

from accounts.language import LANGUAGES, text
from accounts.models import Role, User
from complaints import tasks
from complaints.bundle.pdf_text import page_texts
from complaints.models import Complaint, Package
from complaints.stages import asking, handing
from evidence import cases, decisions, jobs
from evidence.custody import Actor
from evidence.models import Record, Tag
from tests import make
from tests.complaints.console.conftest import Desk, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

ROOT = Path(__file__).resolve().parents[2]
DATA = json.loads((ROOT / "pwa/src/care/distress.json").read_text("utf-8"))
HEAVY = "你们天天打我真的不想活了"


@pytest.fixture
def complaint(borrower: User, settings: Any, tmp_path: Path) -> Complaint:
    """A confirmed case in whose export the borrower wrote of not wanting to live."""
    settings.SCRATCH_DIR = tmp_path / "scratch"
    case = make.case(borrower)
    export = make.sms_export("再不还钱，就让你全家都不得安宁", HEAVY).decode()
    *before, own = export.split('type="1"')
    make.item(case, ('type="1"'.join(before) + 'type="2"' + own).encode(), kind="message_export")
    make.go_the_road()
    assert Record.objects.get(text=HEAVY).direction == "out"
    decisions.decide_all([(tag, "confirmed") for tag in Tag.objects.all()], by=borrower)
    cases.open_to_review(case, by=borrower)
    return make.complaint(case)


def of_care() -> set[str]:
    """Every text by which the note could be known: its words, its lines, the ids of its lists."""
    keys = ("client-care", "client-care-words", "client-care-stays")
    texts = {text(key, language) for key in keys for language in LANGUAGES}
    lines = {line[name] for line in DATA["lines"] for name in ("zh-CN", "en")}
    return texts | lines | {"12356"} | {word["id"] for word in DATA["words"]}


def held(content: str) -> set[str]:
    """Those of them that stand in a text; line breaks and blanks of a page do not count."""
    plain = re.sub(r"\s+", "", content)
    return {one for one in of_care() if re.search(rf"(?<!\w){re.escape(_bare(one))}(?!\d)", plain)}


def _bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


def texts_of(name: str, content: bytes) -> Iterator[str]:
    if name.endswith(".pdf"):
        with pikepdf.open(BytesIO(content)) as pdf:
            yield "".join(words for _, words in page_texts(pdf.pages))
    else:
        yield content.decode("utf-8", "replace")


def test_the_search_finds_what_it_looks_for() -> None:
    for one in of_care():
        assert one in held(f"…，{one}。")


def test_the_package_says_nothing_of_it(complaint: Complaint, borrower: User) -> None:
    row = asking.ask(complaint, user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    package = Package.objects.get(pk=row.pk)
    assert package.is_offered
    with (
        handing.open_zip(package, actor=Actor.of(borrower)) as file,
        zipfile.ZipFile(file) as archive,
    ):
        files = {name: archive.read(name) for name in archive.namelist()}

    assert any(name.endswith("2_COMPLAINT.pdf") for name in files)
    found = {
        name: held(words) for name, content in files.items() for words in texts_of(name, content)
    }
    assert {name: what for name, what in found.items() if what} == {}


def test_the_console_says_nothing_of_it(complaint: Complaint) -> None:
    desk, case = Desk.of(Role.REVIEWER), complaint.case_id
    pages = [
        desk.get("case", case_id=case),
        desk.get("numbers", case_id=case),
        desk.get("complaint", case_id=case, complaint_id=complaint.pk),
        desk.get(
            "item", "?only=all", case_id=case, item_id=complaint.case.items.get(origin="upload").pk
        ),
    ]

    assert HEAVY in read(pages[-1])  # the words themselves are evidence and stay as they are
    for page in pages:
        assert page.status_code == 200
        assert held(read(page)) == set()


def test_no_row_of_any_table_keeps_it(complaint: Complaint, borrower_browser: Any) -> None:
    borrower_browser.get(f"/api/cases/{complaint.case_id}/timeline/")

    rows = [str(row) for model in apps.get_models() for row in model._default_manager.values()]
    assert any(HEAVY in row for row in rows)
    assert held("\n".join(rows)) == set()


def test_no_answer_of_the_api_tells_it(complaint: Complaint, borrower_browser: Any) -> None:
    case = complaint.case_id
    for tail in ("timeline/", "findings/", "numbers/", ""):
        answer = borrower_browser.get(f"/api/cases/{case}/{tail}")
        assert held(answer.content.decode()) == set()
    assert (
        held(json.dumps(borrower_browser.get(f"/api/complaints/{complaint.pk}/").json())) == set()
    )


def test_no_module_of_the_server_reads_the_lists() -> None:
    for room in ("accounts", "evidence", "complaints", "config"):
        for module in (ROOT / room).rglob("*.py"):
            assert "distress" not in module.read_text("utf-8"), module
