"""evidence/stages/reading.py: what phone and file say is kept beside the reading, once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from evidence import choosing, provenance
from evidence.models import Provenance
from tests import make
from tests.evidence.provenance import files
from tests.samples.credentials import signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

NAME = "IMG_20260304_123301.jpg"
SHOWN = datetime(2026, 3, 4, 4, 33, 1, tzinfo=UTC)


def read(case, content: bytes, name: str = NAME, **said) -> Provenance:
    item = make.item(case, content, declaration=make.declaration(file_name=name, **said))
    make.go_the_road()
    if choosing.waiting({item.pk}):
        make.chosen(item)
    return Provenance.objects.get(reading__item=item)


def notes(row: Provenance) -> list[tuple[str, list[str]]]:
    return [(note["code"], note["facts"]) for note in row.statement["observations"]]


def test_claims_and_findings_stand_in_one_row_with_the_engine(case):
    row = read(case, files.jpeg(place=True), taken_at=SHOWN)

    codes = [fact["code"] for fact in row.statement["facts"]]
    assert row.engine_version == row.statement["engine"] == provenance.VERSION
    assert {"name_time", "phone_modified", "received", "exif_taken", "has_place"} <= set(codes)
    assert ("agree", ["name_time", "exif_taken"]) in notes(row)


def test_a_file_that_no_reader_can_read_still_says_what_it_says(case):
    whole = files.jpeg(camera=True)
    row = read(case, whole[: len(whole) // 2])

    assert row.reading.problem == "reading_truncated_picture"
    assert ("agree", ["name_time", "exif_taken"]) in notes(row)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.pdf(CreationDate="D:20260304123301+08'00'"), "pdf_created"),
        (files.sqlite(), "application_id"),
        (files.backup(), "export_date"),
        (files.packed((2026, 3, 4, 12, 33, 2)), "zip_first"),
        (files.m4a(creation_time="2026-03-04T04:33:01Z"), "container_created"),
    ],
)
def test_each_kind_of_container_is_looked_into_by_the_cell(case, content, code):
    row = read(case, content, "x")

    assert code in {fact["code"] for fact in row.statement["facts"]}


def test_the_api_says_it_in_both_languages_and_that_it_is_no_proof(case, borrower_browser):
    row = read(case, files.jpeg((400, 600)), "mmexport1772598781000.jpg")
    path = f"/api/items/{row.reading.item_id}/"

    told = {
        language: borrower_browser.get(path, headers={"Accept-Language": language}).json()
        for language in ("zh-CN", "en")
    }

    for said in told.values():
        stated = said["provenance"]
        assert stated["is_proof"] is False
        assert [fact["code"] for fact in stated["facts"]] == [
            fact["code"] for fact in row.statement["facts"]
        ]
        assert stated["observations"][0]["code"] == "looks_forwarded"
    assert "聊天软件" in told["zh-CN"]["provenance"]["observations"][0]["text"]
    assert "chat app" in told["en"]["provenance"]["observations"][0]["text"]


def test_credentials_are_told_as_the_files_own_claim(case, borrower_browser):
    row = read(case, signed(files.jpeg((400, 600)), source="trainedAlgorithmicMedia"))
    path = f"/api/items/{row.reading.item_id}/"

    told = borrower_browser.get(path, headers={"Accept-Language": "zh-CN"}).json()["provenance"]

    values = {fact["code"]: fact["value"] for fact in told["facts"]}
    assert values["c2pa_state"] == "对得上；签署者是谁没有核对"
    assert values["c2pa_source"] == "人工智能生成"
    notes = {note["code"]: note for note in told["observations"]}
    assert "没有核对" in notes["c2pa_valid"]["means"]
    assert "手机的消除路人" in notes["c2pa_generated"]["means"]
    assert told["is_proof"] is False


def test_an_item_that_is_not_read_yet_has_none(case, borrower_browser):
    item = make.item(case)

    assert borrower_browser.get(f"/api/items/{item.pk}/").json()["provenance"] is None
