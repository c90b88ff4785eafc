"""The pictures of a package: all four on paper, from the one module, nobody named."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from accounts.models import User
from complaints import tasks
from complaints.bundle.pdf_text import page_texts
from complaints.models import Complaint, Package
from complaints.stages import asking, handing
from evidence import decisions, jobs
from evidence.custody import Actor
from evidence.models import Tag
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

COLLECTOR, AUNT = "+8613700000001", "+8613700000002"
TITLES = ("按日期和钟点的联系", "号码与日期", "被联系的其他人")
OF_CALLS = "每日来电次数"  # nobody called


@pytest.fixture
def complaint(borrower: User, settings: Any, tmp_path: Path) -> Complaint:
    """Over texts of a collector and of an aunt who passes on what she was sent."""
    settings.SCRATCH_DIR = tmp_path / "scratch"
    case = make.case(borrower)
    one, two, three = make.sms_export(*["再不还钱就上门砍死你全家"] * 3).decode().split("<sms ")[1:]
    texts = "".join(f"<sms {row}" for row in (one, two, three.replace(COLLECTOR, AUNT)))
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><smses count=\"3\">"
    make.chosen(make.item(case, f"{head}{texts}".encode(), kind="message_export"))
    decisions.name_number(
        case, AUNT, role="witness", how_known="小姨", lender="", by=borrower
    )  # fmt: skip
    make.go_the_road()
    decisions.decide_all([(tag, "confirmed") for tag in Tag.objects.all()], by=borrower)
    return make.complaint(case)


def test_the_pictures_of_what_was_counted_stand_on_paper_and_name_nobody(
    complaint: Complaint, borrower: User
) -> None:
    row = asking.ask(complaint, user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    package = Package.objects.get(pk=row.pk)
    assert package.is_offered

    with (
        handing.open_zip(package, actor=Actor.of(borrower)) as file,
        zipfile.ZipFile(file) as archive,
    ):
        [name] = [one for one in archive.namelist() if one.endswith("2_COMPLAINT.pdf")]
        with pikepdf.open(BytesIO(archive.read(name))) as pdf:
            paper = re.sub(r"\s+", "", "".join(words for _, words in page_texts(pdf.pages)))

    places = [paper.index(title) for title in TITLES]
    assert places == sorted(places)
    assert OF_CALLS not in paper
    drawn = paper[places[0] :]
    assert "137****0001" in drawn
    assert "第三人A" in drawn
    assert "13700000002" not in drawn[: places[-1] - places[0] + 200]
