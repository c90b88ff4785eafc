"""complaints/bundle/paging.py: on which pages each exhibit stands, and the total of a list."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache

import pikepdf
import pytest

from complaints.bundle import layout, paging
from complaints.bundle.errors import PageSettingError
from complaints.bundle.paging import Pages

from . import forge
from . import make_package as make

NUMBERS = [exhibit.number for exhibit in make.content().exhibits]


@cache
def texts() -> tuple[str, ...]:
    """The text of each page of the sample complaint, without white space."""
    done = subprocess.run(
        ["pdftotext", "-", "-"],
        input=forge.files()[layout.COMPLAINT],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return tuple(re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")[:-1])


def found() -> dict[str, Pages]:
    return dict(paging.pages_of(forge.files()[layout.COMPLAINT], NUMBERS))


@pytest.mark.tool("pdftotext")
def test_an_exhibit_has_the_pages_that_carry_its_number_in_their_foot():
    for number, pages in found().items():
        foot = re.compile(rf"证据{number}本件第(\d+)/{pages.count}页")
        carry = [at for at, text in enumerate(texts(), 1) if foot.search(text)]

        assert carry == list(range(pages.first, pages.last + 1))


def test_exhibits_follow_each_other_to_the_end_of_the_paper():
    pages = list(found().values())

    with pikepdf.open(io.BytesIO(forge.files()[layout.COMPLAINT])) as paper:
        assert pages[-1].last == len(paper.pages)
    assert [one.last + 1 for one in pages[:-1]] == [one.first for one in pages[1:]]
    assert {one.count for one in pages} == {1, 2}


@pytest.mark.tool("pdftotext")
def test_the_list_on_paper_prints_from_to_and_the_total_at_its_foot():
    pages = found()
    listed = next(text for text in texts() if "收件日期" in text)

    for number, one in pages.items():
        assert re.search(rf"{number}.*?{one.span}{one.count}1SHA-256", listed), number
    assert f"共{len(NUMBERS)}份{sum(one.count for one in pages.values())}页提交人" in listed


def test_the_index_says_the_same_as_the_list_on_paper():
    lines = forge.files()[layout.INDEX].decode("utf-8-sig").split("\r\n")
    pages = found()

    told = [line.strip() for line in lines if line.startswith("  投诉文书第")]
    assert told == [f"投诉文书第 {one.span} 页，共 {one.count} 页" for one in pages.values()]
    assert lines[-2] == f"共 4 份 {sum(one.count for one in pages.values())} 页"


@pytest.mark.parametrize(("pages", "span"), [(Pages(9, 9), "9"), (Pages(11, 12), "11–12")])
def test_one_page_is_no_span(pages, span):
    assert pages.span == span


def test_a_paper_without_exhibits_has_no_pages_to_name():
    assert paging.pages_of(b"", []) == {}


def test_an_exhibit_that_the_paper_does_not_have_is_refused():
    with pytest.raises(PageSettingError):
        paging.pages_of(forge.files()[layout.COMPLAINT], [*NUMBERS, "B-99"])
