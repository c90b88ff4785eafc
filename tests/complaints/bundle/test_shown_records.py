"""complaints/bundle: twelve of nine hundred records, and the gaps between them for all to see."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from complaints.bundle import annex, exhibit_pages, layout, read_first, text_files
from complaints.bundle.exhibits import Exhibit, Form, Origin
from complaints.bundle.gaps import GapReason
from complaints.bundle.language import messages
from complaints.bundle.paging import Pages
from complaints.bundle.verify import original
from complaints.bundle.verify.checking import check_path, check_zip
from complaints.bundle.verify.verdict import Word
from complaints.bundle.wording import Words
from tests.forgeries import base
from tests.samples.databases import NUMBER, android_messages
from tests.samples.exports import NOON, zipped

from . import chosen, forge
from . import make_package as make

SHOWN = (3, 4, 5, 40, 41, 300, 301, 302, 303, 500, 700, 899)
GAPS = [(0, 2), (6, 39), (42, 299), (304, 499), (501, 699), (701, 898)]


@cache
def part() -> Exhibit:
    return chosen.part_of(chosen.invented(900), *SHOWN, reason=GapReason.PRIVATE)


@cache
def _files() -> forge.Files:
    return base.build(chosen.case(part()))


def entry(files: forge.Files) -> Any:
    return base.exhibit(json.loads(files[layout.EXHIBITS]), "B-1")


def test_the_manifest_names_every_gap_with_its_reason():
    assert entry(_files())["gaps"] == [
        {"from": first, "to": last, "count": last - first + 1, "reason": "private"}
        for first, last in GAPS
    ]


def test_the_verifier_finds_the_gaps_as_they_are_stated():
    verdict = forge.verdict_of(_files())

    assert verdict.verdict is Word.UNCHANGED
    assert not any("does not say which" in line for line in verdict.not_proved)


def test_an_older_package_without_gaps_stays_readable_and_its_silence_is_said():
    made = dict(_files())
    value = json.loads(made[layout.EXHIBITS])
    for one in value["exhibits"]:
        del one["gaps"]
    made = forge.rewrite(made, layout.EXHIBITS, exhibits=value["exhibits"])
    paper_apart = {**forge.resign(made, make.house()), layout.COMPLAINT: made[layout.COMPLAINT]}

    verdict = forge.verdict_of(paper_apart)

    assert [c.code for c in forge.failures(verdict)] == ["pdf-other-manifest"]
    assert any("888 other records are not handed over" in line for line in verdict.not_proved)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_each_gap_stands_on_paper_between_the_records_and_in_the_index(language):
    words = Words(language, make.fonts())
    [table] = [b for b in exhibit_pages.pages(part(), words) if b["kind"] == "table"]
    first = [row[0] for row in table["rows"]]

    told = [words.gap(gap, "private") for gap in exhibit_pages.manifest.gaps_of(part())]
    assert first[:5] == ["1–3", "4", "5", "6", "7–40"]
    assert first[-2:] == ["702–899", "900"]
    assert len(table["rows"]) == len(SHOWN) + len(GAPS)
    assert [row[4] for row in table["rows"] if "–" in row[0]] == told
    if language == "zh-CN":
        index = _files()[layout.INDEX].decode("utf-8-sig")
        assert all(f"  {line}\r\n" in index for line in told)
        assert "未交付第 7 至 40 条，共 34 条：提交人的私人内容" in index


def test_every_reason_has_words_in_both_languages_and_none_judges():
    for language in ("zh-CN", "en"):
        words = Words(language, make.fonts())
        told = {words.gap_reason(reason) for reason in GapReason}
        assert len(told) == len(GapReason)


def test_an_exhibit_that_is_handed_over_whole_has_no_gap():
    assert all(
        one["gaps"] == []
        for one in json.loads(forge.files()[layout.EXHIBITS])["exhibits"]
        if one["form"] == "original"
    )


STAMPED, READ = "2026-11-20 06:00:00 UTC", "2026-11-20 06:00:01 UTC"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_since_when_they_are_unchanged_stands_wherever_records_are_shown(language):
    words = Words(language, make.fonts())
    content = chosen.case(part())
    sentence = words.since(part().since)

    first = read_first.pages(content, words, house="ab" * 32, exhibits_digest="cd" * 32)
    for blocks in (exhibit_pages.pages(part(), words), annex.proof(content, words, house="ab" * 32),
                   first):  # fmt: skip
        assert sentence in json.dumps(blocks, ensure_ascii=False)
    pages = {exhibit.number: Pages(2, 3) for exhibit in content.exhibits}
    assert sentence in text_files.index(content, words, pages).decode("utf-8-sig")
    if language == "en":
        assert sentence.startswith(
            "Unchanged since the reading of the stamped export of 2026-11-20"
        )
    else:
        assert sentence.startswith(
            "自 2026年11月20日 14:00:00（北京时间） 的已盖章导出件被读取以来未改变"
        )


def test_the_verifier_says_it_in_both_languages_and_what_it_does_not_say():
    verdict = forge.verdict_of(_files())

    [line] = [check.what for check in verdict.checks if check.name == "records"]
    assert f"自 {STAMPED} 的已盖章导出件被读取（{READ}）以来未改变" in line
    assert f"unchanged since the reading ({READ}) of the stamped export of {STAMPED}" in line
    assert any("B-1: that the records were read correctly" in one for one in verdict.not_proved)
    assert any("B-1: when the export that is not handed over" in one for one in verdict.not_proved)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_that_is_said_of_records_calls_them_genuine_or_the_original(language):
    words = Words(language, make.fonts())
    records = replace(part(), records_note="", records=())
    said = [
        *exhibit_pages._records(part(), words),
        *exhibit_pages._removed(records, words),
        words(f"pdf-x-form-{Form.RECORDS}"),
        words(f"pdf-x-short-{Form.RECORDS}"),
        *(
            text
            for key, text in messages(language).items()
            if key.startswith(("check-records", "check-gap", "say-since", "gap-reason", "say-gap"))
        ),
    ]

    told = json.dumps(said, ensure_ascii=False).lower()
    for word in ("authentic", "genuine", "original", "真实", "原件", "原始", "属实"):
        assert word not in told


def test_an_export_that_was_not_stamped_when_it_was_read_is_not_called_stamped():
    since = part().since
    assert since is not None
    words = Words("en", make.fonts())

    told = words.since(replace(since, stamped_at=None))

    assert "stamped export" not in told
    assert "it was not stamped then" in told


def test_records_beside_an_original_are_held_against_it_by_the_same_reader():
    verdict = forge.verdict_of(base.build(chosen.case(chosen.with_records(chosen.read()))))

    codes = {check.code: check.result for check in verdict.checks if check.name == "original"}
    assert codes == {"original-inside": "pass"}
    assert not any("read correctly" in one for one in verdict.not_proved)


def test_a_reader_of_another_version_leaves_open_whether_they_were_read_correctly():
    exhibit = chosen.with_records(chosen.read())
    assert exhibit.reading is not None
    other = replace(exhibit, reading=replace(exhibit.reading, reader_version="99"))

    verdict = forge.verdict_of(base.build(chosen.case(other)))

    assert verdict.verdict is Word.UNCHANGED
    assert any("B-1: that the records were read correctly" in one for one in verdict.not_proved)


def test_a_check_that_shall_parse_nothing_leaves_open_whether_it_was_read_correctly():
    files = base.build(chosen.case(chosen.with_records(chosen.read())))

    verdict = check_zip(forge.zip_of(files), read_again=False)

    assert verdict.verdict is Word.UNCHANGED
    assert not any(check.name == "original" for check in verdict.checks)
    assert any("B-1: that the records were read correctly" in one for one in verdict.not_proved)


@pytest.mark.parametrize(
    ("name", "code", "result"),
    [("mmssms.db", "original-inside", "pass"), ("sms.zip", "original-archive", "unknown")],
)
def test_other_exports_are_read_again_but_for_archives(name, code, result):
    database = android_messages((NUMBER, NOON, 1, "样例：还钱"), (NUMBER, NOON, 2, "样例：好"))
    data = zipped({"sms.xml": make.SMS_EXPORT}) if name.endswith("zip") else database
    extension = name.rsplit(".", 1)[1]
    whole = make.exhibit(
        "B-1", data, of=make.house(), name="导出", media_type="application/octet-stream",
        extension=extension, origin=Origin(file_name=name),
    )  # fmt: skip

    shown = chosen.with_records(chosen.read(data, name), whole=whole)
    verdict = forge.verdict_of(base.build(chosen.case(shown)))

    assert verdict.verdict is Word.UNCHANGED
    told = [(check.code, check.result) for check in verdict.checks if check.name == "original"]
    assert told == [(code, result)]
    is_open = any("B-1: that the records were read correctly" in one for one in verdict.not_proved)
    assert is_open == (result != "pass")


@pytest.mark.parametrize("brought", [False, True])
def test_without_readers_it_says_that_nothing_was_read_again(brought, monkeypatch, tmp_path):
    monkeypatch.setattr(original, "readers", None)  # as in an interpreter with five wheels
    package, export = tmp_path / "package.zip", tmp_path / "sms-20261104.xml"
    whole = _files() if brought else base.quoted()
    package.write_bytes(forge.zip_of(whole).getvalue())
    export.write_bytes(make.SMS_EXPORT)

    verdict = check_path(package, compare=export if brought else None)

    assert verdict.verdict is Word.UNCHANGED
    told = [(each.code, each.result) for each in verdict.checks if each.name == "original"]
    assert told == [("original-no-reader", "unknown")]
    assert any("B-1: that the records were read correctly" in one for one in verdict.not_proved)
