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
