"""complaints/bundle/exhibit_pages.py: records that are calls stand in a table of calls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from complaints.bundle import exhibit_pages
from complaints.bundle.wording import Words

from . import make_package as make


def table(*are_calls: bool) -> tuple[str, dict[str, Any]]:
    """The heading and the table of an export's pages, with these records calls or not."""
    exhibit = make.message_export(make.house())
    records = tuple(
        replace(record, is_call=is_call)
        for record, is_call in zip(exhibit.records, are_calls, strict=False)
    )
    told = exhibit_pages.pages(replace(exhibit, records=records), Words("zh-CN", make.fonts()))
    at, block = next((at, one) for at, one in enumerate(told) if one["kind"] == "table")
    headings = [one["text"] for one in told[:at] if one["kind"] == "heading"]
    return headings[-1], block


@pytest.mark.parametrize(
    ("are_calls", "heading", "column"),
    [
        ((True, True), "通话记录表", "是否接通、时长"),
        ((True, False), "记录摘录", "内容"),
        ((False, False), "记录摘录", "内容"),
    ],
)
def test_calls_alone_stand_in_a_table_of_calls(are_calls, heading, column):
    found, block = table(*are_calls)

    assert found == heading
    assert column in block["head"]
