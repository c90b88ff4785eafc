"""complaints/bundle: twelve of nine hundred records, and the gaps between them for all to see."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from complaints.bundle import exhibit_pages, layout
from complaints.bundle.exhibits import Exhibit
from complaints.bundle.gaps import GapReason
from complaints.bundle.verify.verdict import Word
from complaints.bundle.wording import Words
from tests.forgeries import base

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
