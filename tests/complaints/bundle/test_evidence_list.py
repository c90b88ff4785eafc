"""complaints/bundle/annex.py: the evidence list, group by group."""

from __future__ import annotations

from dataclasses import replace

from complaints.bundle import annex
from complaints.bundle.content import PackageContent
from complaints.bundle.wording import Words

from . import make_package as make


def headings(content: PackageContent) -> list[str]:
    words = Words("zh-CN", make.fonts())
    told = annex.evidence_list(content, words)
    return [block["text"] for block in told if block["kind"] == "heading" and block["level"] == 2]


def test_each_group_has_its_name_and_only_its_exhibits():
    content = make.content()
    words = Words("zh-CN", make.fonts())

    told = annex.evidence_list(content, words)
    tables = [block for block in told if block["kind"] == "table"]

    assert headings(content) == ["A　借贷关系", "B　催收行为"]
    assert [{row[0][0] for row in table["rows"]} for table in tables] == [{"A"}, {"B"}]
    numbers = [row[0] for table in tables for row in table["rows"]]
    assert numbers == [exhibit.number for exhibit in content.exhibits]


def test_a_group_without_exhibits_is_not_named():
    content = make.content()
    kept = tuple(one for one in content.exhibits if one.number.startswith("B"))

    assert headings(replace(content, exhibits=kept)) == ["B　催收行为"]


def test_neighbouring_rows_of_the_timeline_stand_as_one():
    content = make.content()
    first = replace(content.exhibits[0], fact_numbers=(1, 2, 3, 7, 9, 10))
    words = Words("zh-CN", make.fonts())

    told = annex.evidence_list(replace(content, exhibits=(first,)), words)
    [table] = [block for block in told if block["kind"] == "table"]

    assert table["rows"][0][6] == "1–3、7、9–10"


def test_neighbours_that_come_from_the_same_place_stand_as_one():
    content = make.content()
    first, second = content.exhibits[0], content.exhibits[-1]
    other = replace(second, origin=replace(second.origin, source="同事转来"))
    exhibits = (
        *(replace(first, number=f"A-{number}") for number in (1, 2, 3)),
        *(replace(first, number=f"B-{number}") for number in (1, 2)),
        replace(other, number="B-3"),
    )
    words = Words("zh-CN", make.fonts())

    told = annex.source_statement(replace(content, exhibits=exhibits), words)
    [how] = [block["entries"] for block in told if block["kind"] == "bullets"]

    assert [line.split("，")[0] for line in how] == ["A-1 – A-3", "B-1 – B-2", "B-3"]
    assert "同事转来" in how[2]
    assert first.origin.source in how[0]
