"""complaints/stages/packaging.py: chosen records in a real package, built out of rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from complaints import tasks
from complaints.bundle import layout
from complaints.bundle.gaps import GapReason
from complaints.models import Complaint, Package
from complaints.stages import asking, drafting, handing
from evidence import custody, decisions, jobs
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event
from evidence.integrity.times import write_time
from evidence.models import Case, EvidenceItem, Finding, Reading, Tag
from tests import make
from tests.complaints.bundle import forge
from tests.samples.messages import BODIES, SHOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def case(borrower: User, settings: Any, tmp_path: Path) -> Case:
    """Six messages, read and tagged; nothing confirmed yet."""
    settings.SCRATCH_DIR = tmp_path / "scratch"
    into = make.case(borrower)
    make.item(into, make.sms_export(*BODIES), kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    make.go_the_road()
    return into


@pytest.fixture
def complaint(case: Case) -> Complaint:
    """Two of the messages named: a gap before, one between, one behind."""
    confirm(case)
    return make.complaint(case, left_out_rules=rules())


def confirm(case: Case) -> None:
    tags = Tag.objects.filter(item__case=case, record__index__in=SHOWN)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=case.borrower)


def rules() -> list[str]:
    return sorted({finding.rule for finding in Finding.objects.all()})


def files_of(complaint: Complaint, user: User) -> dict[str, bytes]:
    """The files of a package that was built and offered."""
    row = asking.ask(complaint, user=user)
    jobs.work(asking.STAGE, tasks.ROAD)
    offered = Package.objects.get(pk=row.pk)
    assert offered.is_offered
    with handing.open_zip(offered, actor=Actor.of(user)) as file:
        return {name.split("/", 1)[1]: data for name, data in forge.zipped(file).items()}


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


@pytest.fixture
def quoting(case: Case, borrower: User) -> Complaint:
    """The export was put in whole before its messages were named, and stays whole."""
    actor = Actor.of(borrower)
    begun = make.complaint(case, left_out_rules=rules())
    export = EvidenceItem.objects.get(case=case)
    drafting.add_exhibit(begun, export, group="B", purpose="短信导出", actor=actor)
    confirm(case)
    drafting.number_exhibits(begun, actor=actor)
    return begun


def test_messages_quoted_from_an_export_handed_over_whole_are_proved_beside_it(
    quoting: Complaint, borrower: User
) -> None:
    files = files_of(quoting, borrower)

    told, reading = entry(files), Reading.objects.get()
    assert (told["form"], told["records"]) == ("original", layout.records_path("B-1"))
    shown = json.loads(files[told["records"]])
    assert [one["proof"]["index"] for one in shown["records"]] == list(SHOWN)
    assert (shown["root"], shown["count"]) == (reading.records_root, len(BODIES))
    assert told["gaps"] == []
    verdict = forge.verdict_of(files)
    codes = {check.code for check in verdict.checks if check.result == "pass"}
    assert {"records-since", "original-inside"} <= codes
    assert not any("read correctly" in line for line in verdict.not_proved)


def test_they_are_not_proved_when_the_export_was_not_read_to_its_end(
    quoting: Complaint, borrower: User
) -> None:
    Reading.objects.update(problem="reading_over_limit")

    files = files_of(quoting, borrower)

    assert entry(files)["records"] is None
    assert layout.records_path("B-1") not in files


def test_chosen_records_say_when_their_export_was_stamped_and_read(
    complaint: Complaint, borrower: User
) -> None:
    export = EvidenceItem.objects.get(origin=EvidenceItem.Origin.UPLOAD)
    stamp = export.tokens.get()
    [read] = custody.log_of(Subject.ITEM, export.pk).filter(act=Act.READ)

    since = entry(files_of(complaint, borrower))["since"]

    assert since == {
        "stamped_at": write_time(stamp.gen_time),
        "read_at": write_time(event.decode(bytes(read.raw)).at),
    }
