"""complaints/bundle/pdf.py: the papers are PDF/A-3b and PDF/UA-1 and say what they should."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from complaints.bundle import layout, pdf
from complaints.bundle.codes import check_code
from complaints.bundle.content import PackageContent, Review, ReviewState
from complaints.bundle.errors import FontsMissingError
from complaints.bundle.fonts import FontSet, unprintable

from . import chosen, forge
from . import make_package as make

NEVER = ("停止还款", "减免承诺", "黑社会", "公证级", "司法链", "防伪造", "court-proof", "authentic")


def complaint(content: PackageContent) -> bytes:
    return pdf.complaint(content, house="ab" * 32, exhibits_digest="cd" * 32, fonts=make.fonts())


def words(data: bytes) -> str:
    """The text as a reader finds it, without the breaks of lines."""
    done = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True, timeout=60
    )
    return re.sub(r"\s", "", done.stdout.decode("utf-8"))


@pytest.mark.parametrize("name", [layout.READ_FIRST, layout.COMPLAINT])
def test_both_papers_declare_their_standards_and_embed_their_fonts(name):
    with pikepdf.open(io.BytesIO(forge.files()[name])) as found:
        with found.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "B")
            assert told["pdfuaid:part"] == "1"
        assert found.Root.MarkInfo.Marked
        assert str(found.Root.Lang) == "zh-CN"
        fonts = [o for o in found.objects if isinstance(o, pikepdf.Dictionary)
                 and o.get("/Type") == pikepdf.Name.FontDescriptor]  # fmt: skip
        assert fonts
        assert all("/FontFile2" in f or "/FontFile3" in f for f in fonts)


def test_the_first_paper_has_two_pages():
    shown = chosen.case(chosen.part_of(chosen.read(), 1))
    for language in ("zh-CN", "en"):
        data = pdf.first(
            replace(shown, language=language),
            house="ab" * 32,
            exhibits_digest="cd" * 32,
            fonts=make.fonts(),
        )
        with pikepdf.open(io.BytesIO(data)) as found:
            assert len(found.pages) == 2


@pytest.mark.tool("pdftotext")
def test_the_complaint_says_the_facts_of_the_case():
    content = make.content()
    said = words(complaint(content))

    for fact in (
        content.addressee, "控告书", "样例小额贷款有限公司", "12,000.00元", "2026年11月3日22:47",
        "[U+1F621]", "此致", "以上陈述和所附材料由本人提供", "未经他人审核", "[听不清]",
    ):  # fmt: skip
        assert fact in said
    assert "SMSBackup&Restore备份，由sms_backup1读取" in said
    for exhibit in content.exhibits:
        assert check_code(exhibit.number, exhibit.sha256).replace(" ", "") in said
        assert exhibit.sha256 in said


@pytest.mark.tool("pdftotext")
def test_a_report_follows_its_own_outline():
    said = words(complaint(make.report()))

    assert said.index("举报事项") < said.index("违法违规行为") < said.index("机构责任事实")
    assert "是否告知委托催收" in said
    assert "捺印" not in said


@pytest.mark.tool("pdftotext")
def test_no_paper_says_what_must_not_be_said():
    for content in (make.content(), make.report(), make.content(language="en")):
        said = words(complaint(content))
        assert not any(never in said for never in NEVER)


@pytest.mark.tool("pdftotext")
def test_who_reviewed_it_is_said():
    review = Review(
        state=ReviewState.REVIEWED,
        reviewed_by="样例审核员",
        approved_by="样例复核员",
        approved_at=make.BUNDLE_TIME,
    )

    said = words(complaint(make.content(review=review)))

    assert "审核：样例审核员" in said
    assert "未经他人审核" not in said


@pytest.mark.tool("pdftotext")
def test_only_samples_carry_the_sample_mark():
    assert "虚构样例" in words(complaint(make.content()))
    assert "虚构样例" not in words(complaint(make.content(sample=False)))


@pytest.mark.tool("pdftotext")
def test_markup_in_somebodys_words_is_only_text():
    hostile = '#panic("x") $x$ *bold* <label> @ref // comment [\\"] `raw` #read("/etc/passwd")'
    fact = replace(make.facts()[0], words=hostile)

    said = words(complaint(make.content(facts=(fact,))))

    assert re.sub(r"\s", "", hostile) in said.replace("\u200b", "")


def test_a_turned_sentence_is_shown_as_it_is_written():
    assert make.fonts().shown("还\u202e款\u0007") == "还[U+202E]款[U+0007]"


def test_line_ends_and_tabs_of_a_message_are_kept_apart_from_what_cannot_be_shown():
    assert make.fonts().shown("a\r\nb\rc\td") == "a\nb\nc d"


def test_pre_flight_names_every_field_that_cannot_be_printed():
    content = make.content(requests=("依法查处\U0001f600",), addressee="样例\U000f0000局")

    found = {entry.field: entry.characters for entry in unprintable(content, make.fonts())}

    assert found == {"requests.0": ("U+1F600",), "addressee": ("U+F0000",)}


def test_message_text_never_stops_a_package():
    fact = replace(make.facts()[0], words="\U0001f600\u0000\ud800\ufffe")

    assert complaint(make.content(facts=(fact,)))


def test_missing_fonts_are_a_named_error(tmp_path, monkeypatch):
    monkeypatch.setattr("complaints.bundle.fonts.SYSTEM_FOLDERS", ())

    with pytest.raises(FontsMissingError):
        FontSet.find(tmp_path)


@pytest.mark.tool("pdftotext")
def test_annexes_are_numbered_without_a_gap():
    said = words(complaint(make.content(numbers=(), third_persons=())))

    assert "详见附页三“证据清单”" in said
    assert all(number in said for number in ("附页一", "附页二", "附页四", "附页五", "附页六"))
    assert "附页七" not in said
