"""complaints/bundle/typesetting.py: a process of its own that gives a paper or a named error."""

from __future__ import annotations

import resource
from datetime import UTC, datetime
from pathlib import Path

import pytest

from complaints.bundle.errors import PageSettingError
from complaints.bundle.typesetting import typeset
from tests.complaints.bundle import make_package as make

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


def paper(folder: Path, template: str) -> bytes:
    (folder / "main.typ").write_text(template, "utf-8")
    return typeset(folder, fonts=make.fonts().folder, at=AT)


def test_it_is_set_by_a_child_and_the_same_each_time(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    template = (
        f'#set document(title: "纸")\n#set text(lang: "zh", font: "{make.fonts().serif}")\n纸'
    )

    first, again = paper(tmp_path, template), paper(tmp_path, template)

    assert first.startswith(b"%PDF-")
    assert first == again
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before


def test_what_cannot_be_set_is_a_named_error_that_tells_nothing(tmp_path: Path) -> None:
    with pytest.raises(PageSettingError) as raised:
        paper(tmp_path, '#panic("王经理")')

    assert "王经理" not in str(raised.value)


def test_no_paper_of_before_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-old")

    with pytest.raises(PageSettingError):
        paper(tmp_path, "#no-such-thing()")
