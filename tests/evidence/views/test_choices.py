"""/api/items/ID/choice/, /api/records/ID/place/: choose, choose again, see the original."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from evidence import custody
from evidence.custody import Act, Subject
from evidence.models import Choice, EvidenceItem, ExtractedFile, Record
from tests import dump, make
from tests.evidence.stages.test_choosing import COLLECTOR, MOTHER, SECRET, export

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

CODE = "482913"


def path(item, more: str = "") -> str:
    return f"/api/items/{item.pk}/choice/{more}"


def put(browser, item, **wanted):
    return browser.put(path(item), wanted, content_type="application/json")


@pytest.fixture
def item(case):
    made = make.item(case, export(), kind="message_export")
    make.go_the_road()
    return made


def test_the_survey_counts_and_masks_the_one_time_code(borrower_browser, item):
    told = borrower_browser.get(path(item)).json()

    assert (told["state"], told["is_busy"], told["chosen"]) == ("waiting", False, None)
    first, second = told["survey"]["conversations"]
    assert (first["key"], first["records"], first["by_kind"]) == (f"n:{COLLECTOR}", 2, {"sms": 2})
    assert first["sample"] == "你的验证码是 ••••，今天还款"
    assert (second["name"], second["numbers"]) == ("妈妈", [{"number": MOTHER, "records": 1}])
    assert CODE not in str(told)


def test_the_item_says_that_it_waits(borrower_browser, item):
    told = borrower_browser.get(f"/api/items/{item.pk}/").json()

    assert (told["state"]["waits_for_choice"], told["state"]["read"]) == (True, False)


def test_chosen_is_read_the_rest_is_in_no_answer(borrower_browser, item, case):
    answer = put(borrower_browser, item, conversations=[f"n:{COLLECTOR}"])
    assert (answer.status_code, answer.json()["state"]) == (200, "made")
    assert answer.json()["is_busy"] is True
    make.go_the_road()

    told = borrower_browser.get(f"/api/items/{item.pk}/").json()
    summary = told["reading"]["summary"]
    assert (summary["records"], summary["left_out"], summary["records_in_all"]) == (2, 1, 3)
    assert (summary["days"]["missing"], summary["truncated"]) == (4, False)
    for page in (f"/api/items/{item.pk}/records/", f"/api/cases/{case.pk}/timeline/", path(item)):
        assert not any(name in borrower_browser.get(page).content.decode() for name in
                       (MOTHER, SECRET, "妈妈"))  # fmt: skip


def test_choosing_again_needs_another_look(borrower_browser, item):
    put(borrower_browser, item, everything=True)
    make.go_the_road()
    refused = put(borrower_browser, item, numbers=[MOTHER])
    assert (refused.status_code, refused.json()["code"]) == (409, "choice_not_possible")

    assert borrower_browser.post(path(item, "survey/")).status_code == 202
    make.go_the_road()
    assert len(borrower_browser.get(path(item)).json()["survey"]["conversations"]) == 2
    assert put(borrower_browser, item, numbers=[MOTHER]).status_code == 200
    make.go_the_road()

    assert [record.text for record in Record.objects.all()] == [SECRET]


def test_everything_is_one_tap_even_before_anybody_looked(borrower_browser, case):
    made = make.item(case, export(), kind="message_export")

    assert put(borrower_browser, made, everything=True).status_code == 200
    make.go_the_road()

    assert Record.objects.count() == 3


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({}, "choice_empty"),
        ({"conversations": ["n:+8610000000000"]}, "choice_unknown"),
        ({"everything": True, "since": "2026-03-02", "until": "2026-03-01"}, "invalid_input"),
    ],
)
def test_what_cannot_be_chosen_is_a_problem_with_a_code(borrower_browser, item, wanted, code):
    answer = put(borrower_browser, item, **wanted)

    assert answer.status_code in {400, 409}
    assert answer.json()["code"] == code


def test_a_stranger_gets_404_and_staff_never_see_what_was_not_chosen(
    item, stranger, reviewer_browser
):
    assert make.signed_in(stranger).get(path(item)).status_code == 404
    assert reviewer_browser.get(path(item)).status_code == 403


def place(browser, record) -> dict:
    answer = browser.get(f"/api/records/{record.pk}/place/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_original_is_shown_at_the_record_s_place_and_no_neighbour(borrower_browser, item):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])

    told = place(borrower_browser, Record.objects.get(index=2))

    assert told["form"] == "text"
    assert told["text"].startswith("<sms ")
    assert CODE in told["text"]
    assert SECRET not in told["text"]
    opened = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.OPENED)
    assert opened.exists()


def test_a_line_of_a_table_and_a_row_of_a_database_are_shown(borrower_browser, case, tmp_path):
    table = "时间,号码,类型,内容\n2026-03-01 10:00:00,13700000001,接收,还钱\n"
    make.item(case, table.encode("gb18030"), kind="message_export")
    make.item(case, calls(tmp_path), kind="message_export")
    make.go_the_road()

    line = place(borrower_browser, Record.objects.get(kind="sms"))
    assert line["text"] == "2026-03-01 10:00:00,13700000001,接收,还钱"
    row = place(borrower_browser, Record.objects.get(kind="call"))
    assert (row["form"], row["table"]) == ("row", "calls")
    assert {"name": "number", "value": "13700000001"} in row["cells"]


def test_a_stranger_sees_no_place(item, stranger):
    make.chosen(item)

    answer = make.signed_in(stranger).get(f"/api/records/{Record.objects.first().pk}/place/")

    assert answer.status_code == 404


def calls(folder: Path) -> bytes:
    file = folder / "calls.db"
    with sqlite3.connect(file) as made:
        made.execute(
            "CREATE TABLE calls (number TEXT, date INTEGER, duration INTEGER, type INTEGER)"
        )
        made.execute("INSERT INTO calls VALUES ('13700000001', 1772377200000, 61, 1)")
    made.close()
    return file.read_bytes()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def test_a_file_inside_becomes_an_item_only_when_chosen(borrower_browser, case, vault):
    picture = make.screenshot()
    members = {
        "sms.xml": make.sms_export(),
        "照片/妈妈.png": b"\x89PNG secret",
        "a/shot.png": picture,
    }
    made = make.item(case, archive(**members), kind="message_export")
    make.go_the_road()
    told = borrower_browser.get(path(made)).json()
    assert [file["key"] for file in told["survey"]["files"]] == ["照片/妈妈.png", "a/shot.png"]

    put(borrower_browser, made, everything=True, files=["a/shot.png"])
    make.go_the_road()

    out = EvidenceItem.objects.get(origin="extracted")
    assert (out.parent, out.kind, make.plain_bytes(out)) == (made, "chat_screenshot", picture)
    [told] = borrower_browser.get(path(made)).json()["extracted"]
    assert (told["id"], told["place"], told["problem"]) == (str(out.pk), "a/shot.png", "")
    assert custody.log_of(Subject.ITEM, made.pk).filter(act=Act.EXTRACTED).count() == 1
    assert Record.objects.filter(reading__item=made).count() == 4
    assert not dump.traces([*dump.rows(), *dump.files(vault)], ["妈妈.png"])


def test_a_file_inside_that_is_empty_says_so_and_leaves_nothing(borrower_browser, case, vault):
    made = make.item(case, archive(**{"sms.xml": make.sms_export(), "a.png": b""}))
    make.go_the_road()

    put(borrower_browser, made, everything=True, files=["a.png"])
    make.go_the_road()

    assert ExtractedFile.objects.get().problem == "empty_file"
    assert EvidenceItem.objects.count() == 1
    assert sum(1 for each in vault.rglob("*") if each.is_file()) == 1


def archive_with_picture() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("sms.xml", export())
        packed.writestr("a/shot.png", make.screenshot())
    return out.getvalue()


def test_a_chosen_file_counts_in_the_borrower_s_bytes(borrower_browser, case):
    made = make.item(case, archive_with_picture(), kind="message_export")
    make.go_the_road()
    before = borrower_browser.get("/api/me/").json()["quotas"]["bytes_used"]

    put(borrower_browser, made, everything=True, files=["a/shot.png"])
    make.go_the_road()

    after = borrower_browser.get("/api/me/").json()["quotas"]["bytes_used"]
    assert after - before == len(make.screenshot())


def test_what_does_not_fit_is_refused_before_anything_is_unpacked(borrower_browser, case, settings):
    made = make.item(case, archive_with_picture(), kind="message_export")
    make.go_the_road()
    settings.QUOTA_BYTES = made.size + len(make.screenshot()) - 1

    refused = put(borrower_browser, made, everything=True, files=["a/shot.png"])

    assert (refused.status_code, refused.json()["code"]) == (403, "quota_spent")
    assert not Choice.objects.exists()
    assert not ExtractedFile.objects.exists()


def test_a_quota_that_was_spent_meanwhile_says_so_beside_the_file(borrower_browser, case, settings):
    made = make.item(case, archive_with_picture(), kind="message_export")
    make.go_the_road()
    put(borrower_browser, made, everything=True, files=["a/shot.png"])
    settings.QUOTA_BYTES = made.size

    make.go_the_road()

    [told] = borrower_browser.get(path(made)).json()["extracted"]
    assert told["problem"] == "quota_spent"
