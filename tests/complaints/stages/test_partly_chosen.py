"""An export of which a part was kept: in drafts, on paper, in the package, before staff."""

from __future__ import annotations

import io
import zipfile

import pytest

from complaints.composing import imported
from complaints.models import Complaint, Exhibit
from complaints.stages import asking, drafting
from complaints.standing import PartlyChosenError
from evidence import decisions
from evidence.custody import Actor
from evidence.models import Reading, Record, Tag
from tests import dump, make
from tests.evidence.stages.test_choosing import COLLECTOR, MOTHER, SECRET, export
from tests.road.recipient import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def item(case):
    made = make.item(case, export(), kind="message_export")
    make.go_the_road()
    return made


def confirmed(item) -> None:
    tags = Tag.objects.filter(item=item)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=item.case.borrower)


def choose(item, **wanted) -> None:
    make.choosing.ask_for_survey(item)
    make.go_the_road()
    make.chosen(item, **wanted)


def test_it_is_no_exhibit_as_a_whole_neither_in_part_nor_while_it_waits(item):
    begun = make.complaint(item.case)
    actor = Actor.of(item.case.borrower)
    for _ in ("waiting", "in part"):
        with pytest.raises(PartlyChosenError):
            drafting.add_exhibit(begun, item, group="B", purpose="全部", actor=actor)
        if make.choosing.waiting([item.pk]):
            make.chosen(item, conversations=[f"n:{COLLECTOR}"])


def test_of_an_item_of_another_kind_too_only_records_are_handed_over(case):
    made = make.item(case, export(), kind="document")
    make.go_the_road()
    make.chosen(made, conversations=[f"n:{COLLECTOR}"])
    confirmed(made)

    [row] = drafting.number_exhibits(make.complaint(case), actor=Actor.of(case.borrower))

    assert row.form == Exhibit.Form.RECORDS


def test_fewer_kept_takes_records_out_of_exhibits_and_opens_a_finished_complaint(item):
    make.chosen(item)
    confirmed(item)
    finished = drafting.finish(make.complaint(item.case), actor=Actor.of(item.case.borrower))
    [row] = finished.exhibits.all()
    shown = Record.objects.get(text="再不还钱，就让你全家都不得安宁")
    assert str(shown.pk) in row.record_ids

    choose(item, conversations=[f"n:{MOTHER}"])

    assert Complaint.objects.get(pk=finished.pk).finished_at is None
    assert not any(str(shown.pk) in one.record_ids for one in Exhibit.objects.all())


def test_another_choice_that_takes_nothing_away_leaves_a_finished_complaint_alone(item):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])
    confirmed(item)
    finished = drafting.finish(make.complaint(item.case), actor=Actor.of(item.case.borrower))
    before = finished.exhibits.get().record_ids

    choose(item, is_everything=True)

    again = Complaint.objects.get(pk=finished.pk)
    assert again.finished_at is not None
    assert again.exhibits.get().record_ids == before


def test_the_exhibit_says_of_how_many_a_part_was_kept_and_which_days_are_missing(item):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])

    said = imported.note(Reading.objects.get())

    assert "共 3 条" in said
    assert "其中 2 条" in said
    assert "4 天没有内容" in said
    assert "3 records" in imported.note(Reading.objects.get(), "en")


def test_a_package_holds_nothing_of_who_was_not_chosen(item, tmp_path):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])
    confirmed(item)
    finished = drafting.finish(make.complaint(item.case), actor=Actor.of(item.case.borrower))
    row = asking.ask(finished, user=item.case.borrower)
    make.jobs.work(asking.STAGE, make.complaint_tasks.ROAD)
    row.refresh_from_db()

    assert row.item is not None, row.problem
    archive, original = tmp_path / "package.zip", tmp_path / "sms.xml"
    archive.write_bytes(make.plain_bytes(row.item))
    original.write_bytes(export())
    code, verdict = verify(archive, "--original", str(original))
    assert code == 0, verdict
    compared = [check for check in verdict["checks"] if check["name"] == "original"]
    assert [check["result"] for check in compared] == ["pass"]
    archive.unlink()
    original.unlink()
    with zipfile.ZipFile(io.BytesIO(make.plain_bytes(row.item))) as packed:
        packed.extractall(tmp_path)
    assert not dump.traces(dump.files(tmp_path), [MOTHER, SECRET, "妈妈"])
    assert dump.traces(dump.files(tmp_path), ["再不还钱，就让你全家都不得安宁"])


def test_staff_are_not_given_the_original_of_which_a_part_was_kept(item, reviewer_browser):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])
    make.signed_in(item.case.borrower).post(f"/api/cases/{item.case_id}/open-review/")

    refused = reviewer_browser.get(f"/api/items/{item.pk}/content/")
    framed = reviewer_browser.get(f"/console/cases/{item.case_id}/items/{item.pk}/original/")

    assert (refused.status_code, refused.json()["code"]) == (403, "item_partly_chosen")
    assert SECRET not in framed.content.decode()
    page = reviewer_browser.get(f"/console/cases/{item.case_id}/items/{item.pk}/")
    assert SECRET not in page.content.decode()
