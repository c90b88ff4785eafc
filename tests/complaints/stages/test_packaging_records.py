"""complaints/stages/packaging.py: chosen records in a real package, built out of rows."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from complaints import tasks
from complaints.bundle import layout
from complaints.bundle.gaps import GapReason
from complaints.models import Complaint, Package
from complaints.stages import asking, drafting, handing
from evidence import decisions, jobs
from evidence.custody import Actor
from evidence.models import EvidenceItem, Finding, Tag
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


BODIES = (
    "你好，快递已放在门口",
    "再不还钱，就让你全家都不得安宁，小心你孩子上学的路",
    "晚上想吃什么，我去买菜",
    "妈妈说这个周末回家",
    "你欠的8000元已逾期，今天不处理就联系你单位和所有亲友",
    "明天下午三点开家长会",
)
SHOWN = (1, 4)


@pytest.fixture
def complaint(borrower: User, settings: Any, tmp_path: Path) -> Complaint:
    """Six messages, two of them named: a gap before, one between, one behind."""
    settings.SCRATCH_DIR = tmp_path / "scratch"
    case = make.case(borrower)
    make.item(case, make.sms_export(*BODIES), kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    make.go_the_road()
    tags = Tag.objects.filter(item__case=case, record__index__in=SHOWN)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    rules = sorted({finding.rule for finding in Finding.objects.all()})
    return make.complaint(case, left_out_rules=rules)


def files_of(complaint: Complaint, user: User) -> dict[str, bytes]:
    """The files of a package that was built and offered."""
    row = asking.ask(complaint, user=user)
    jobs.work(asking.STAGE, tasks.ROAD)
    offered = Package.objects.get(pk=row.pk)
    assert offered.is_offered
    with handing.open_zip(offered, actor=Actor.of(user)) as file, zipfile.ZipFile(file) as archive:
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


def entry(files: dict[str, bytes]) -> Any:
    (one,) = json.loads(files[layout.EXHIBITS])["exhibits"]
    return one


def test_the_gaps_are_stated_with_the_neutral_reason_unless_the_person_chose(
    complaint: Complaint, borrower: User
) -> None:
    first = files_of(complaint, borrower)
    drafting.say_why_withheld(complaint, complaint.exhibits.get(), GapReason.OTHER_MATTER)
    second = files_of(complaint, borrower)

    expected = [(0, 0, 1), (2, 3, 2), (5, 5, 1)]
    for files, reason in ((first, "left_out"), (second, "other_matter")):
        stated = entry(files)["gaps"]
        assert [(gap["from"], gap["to"], gap["count"]) for gap in stated] == expected
        assert {gap["reason"] for gap in stated} == {reason}
    assert "未交付第 3 至 4 条，共 2 条：由提交人略去" in first[layout.INDEX].decode("utf-8-sig")
    assert "未交付第 6 条：与本件无关" in second[layout.INDEX].decode("utf-8-sig")
    assert json.loads(second[entry(second)["path"]])["note"].endswith("与本件无关")
