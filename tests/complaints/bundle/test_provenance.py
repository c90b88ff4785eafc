"""What phone and file say, in manifest and on paper: passed on as claims, never of a part."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from complaints.bundle import formats, layout, manifest, package, pdf
from complaints.bundle.errors import ContentError
from complaints.bundle.exhibits import Form, Parent
from complaints.bundle.verify.checking import check_pdf
from complaints.bundle.verify.verdict import Word, both
from evidence.integrity.digest import canonical

from . import forge
from . import make_package as make
from .test_pdf import words

CLAIMED = both("unproved-provenance")
STATEMENT: dict[str, Any] = {
    "v": 1,
    "engine": "1",
    "facts": [
        {"code": "camera_model", "text": "样例手机 S1 🙂", "time": None},
        {"code": "exif_taken", "text": "", "time": {
            "written": "2026-11-03T22:47:00", "zone": "", "state": "given"}},
        {"code": "received", "text": "", "time": {
            "written": "2026-11-04T01:05:00", "zone": "Z", "state": "given"}},
    ],
    "observations": [{"code": "looks_forwarded", "facts": ["camera_model"], "seconds": None}],
}  # fmt: skip


def told(**given: Any) -> Any:
    """The sample content with a statement on its screenshot."""
    content = make.content(**given)
    stated = {"media_type": "image/jpeg", "statement": STATEMENT}
    exhibits = tuple(
        replace(each, provenance=stated) if each.number == "B-2" else each
        for each in content.exhibits
    )
    return replace(content, exhibits=exhibits)


def manifest_with(change: Any) -> bytes:
    """A manifest whose statement was changed; None takes it away."""
    value = json.loads(manifest.write_exhibits(told(), house="ab" * 32))
    provenance = value["exhibits"][2]["provenance"]
    if change is None:
        provenance.clear()
    else:
        change(provenance)
    return canonical(value)


def test_a_manifest_is_read_with_a_statement_and_without():
    for change in (lambda _: None, None, lambda p: p.pop("statement"), lambda p: p.update(x=[1])):
        assert formats.read(manifest_with(change), formats.EXHIBITS_V1)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.update(v=2),
        lambda s: s.update(more=1),
        lambda s: s.pop("engine"),
        lambda s: s.update(facts={}),
        lambda s: s["facts"][0].update(code="Camera Model"),
        lambda s: s["facts"][0].update(text="x" * 121),
        lambda s: s["facts"][0].update(text="a\nb"),
        lambda s: s["facts"][1]["time"].update(written="yesterday"),
        lambda s: s["facts"][1]["time"].update(written="２０２６-11-03"),
        lambda s: s["facts"][1]["time"].update(zone="Asia/Shanghai"),
        lambda s: s["observations"][0].update(seconds=-1),
        lambda s: s["observations"][0].update(facts="camera_model"),
        lambda s: s["observations"].append("forged"),
    ],
)
def test_a_statement_of_another_shape_is_no_manifest(change):
    def changed(provenance: dict[str, Any]) -> None:
        provenance["statement"] = copy.deepcopy(provenance["statement"])
        change(provenance["statement"])

    with pytest.raises(formats.ManifestFormatError):
        formats.read(manifest_with(changed), formats.EXHIBITS_V1)


def test_a_package_with_it_is_built_and_verifies_and_a_changed_word_does_not():
    built = package.build(told(), house=make.house(), fonts=make.fonts(), clock=make.clock)
    files = forge.files_of(built)

    assert json.loads(files[layout.EXHIBITS])["exhibits"][2]["provenance"]["statement"] == STATEMENT
    verdict = forge.verdict_of(files, trust=make.house().fingerprint)
    assert verdict.verdict is Word.UNCHANGED
    assert verdict.not_proved.count(CLAIMED) == 1
    assert CLAIMED not in forge.verdict_of(forge.files()).not_proved
    with built.file(layout.COMPLAINT).open() as paper:
        assert check_pdf(paper).not_proved.count(CLAIMED) == 1
    files[layout.EXHIBITS] = files[layout.EXHIBITS].replace(b"T22:47:00", b"T21:47:00")
    assert forge.verdict_of(files).verdict is Word.CHANGED


def test_a_signed_manifest_with_a_malformed_statement_is_refused():
    built = package.build(told(), house=make.house(), fonts=make.fonts(), clock=make.clock)
    files = forge.files_of(built)
    value = json.loads(files[layout.EXHIBITS])
    value["exhibits"][2]["provenance"]["statement"]["facts"] = "none"
    files[layout.EXHIBITS] = canonical(value)

    verdict = forge.verdict_of(forge.resign(files, make.house()))

    assert verdict.verdict is not Word.UNCHANGED
    refused = {check.where for check in verdict.checks if check.name == "manifests"}
    assert layout.EXHIBITS in refused


@pytest.mark.parametrize("form", [Form.REDACTED, Form.RECORDS])
def test_nothing_of_the_whole_is_told_of_a_part(form):
    content = told()
    part = replace(
        content.exhibits[2], form=form, parent=Parent(commitment="0" * 64), extension="json"
    )
    with pytest.raises(ContentError) as refusal:
        package.build(
            replace(content, exhibits=(*content.exhibits[:2], part, content.exhibits[3])),
            house=make.house(), fonts=make.fonts(), clock=make.clock,
        )  # fmt: skip

    assert refusal.value.field == "exhibits.2.provenance"


@pytest.mark.tool("pdftotext")
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-CN", ("手机和文件自己怎么说（不是证明）", "样例手机S1[U+1F642]", "没有写时区",
                   "2026-11-0409:05:00（北京时间）", "看起来是从聊天软件里保存",
                   "没有这一项的记录")),
        ("en", ("Whatthephoneandthefilesaythemselves(notproof)", "zonenotgiven",
                "Itlookssavedorforwardedfromachatapp")),
    ],
)  # fmt: skip
def test_the_paper_says_it_under_a_heading_that_says_it_is_no_proof(language, expected):
    content = told(language=language)
    said = words(
        pdf.complaint(content, house="ab" * 32, exhibits_digest="cd" * 32, fonts=make.fonts())
    )

    for text in expected:
        assert text in said
    annex = said.index({"zh-CN": "不能说明什么", "en": "Whatitdoesnotshow"}[language])
    claim = {"zh-CN": "这些只是照录的说法", "en": "theyareonlypassedon"}[language]
    assert said.index(claim) > annex


@pytest.mark.tool("pdftotext")
def test_the_paper_says_that_it_was_left_out_of_a_part():
    content = make.content()
    part = replace(content.exhibits[2], form=Form.REDACTED, parent=Parent(commitment="0" * 64))
    said = words(
        pdf.complaint(
            replace(content, exhibits=(part,)),
            house="ab" * 32, exhibits_digest="cd" * 32, fonts=make.fonts(),
        )
    )  # fmt: skip

    assert "B-2只交出一部分内容，原文件的名称、日期和机型没有列出。" in said
