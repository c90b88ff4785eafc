"""A package with a recording: heard words on paper and in the copy, a machine's draft nowhere."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import av
import pikepdf
import pytest

from accounts.models import User
from complaints import tasks
from complaints.bundle.package_files import read_zip
from complaints.bundle.pdf_text import page_texts
from complaints.bundle.unwrapping import opened
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Word
from complaints.models import Package
from complaints.stages import asking, handing
from evidence import decisions, jobs
from evidence.custody import Actor
from evidence.models import Tag
from evidence.vault import keyring
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

THREAT, DRAFTED, HEARD, UNHEARD = (
    "再不还钱就去你单位闹，让你全家不得安宁",
    "你好我是处理你借款的小青",
    "你好，我处理你的借款",
    "小心你孩子上学的路上出事",
)


def test_it_verifies_and_shows_what_was_heard_and_no_more(
    borrower: User, settings: Any, tmp_path: Path
) -> None:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    case = make.case(borrower)
    threat, plain, _ = make.draft(make.recorded_call(case), THREAT, DRAFTED, UNHEARD)
    make.heard(threat, borrower)
    make.heard(plain, borrower, "corrected", words=HEARD)
    make.go_the_road()
    for tag in Tag.objects.filter(item__case=case).shown():
        decisions.decide(tag, decision="confirmed", by=borrower)
    asked = asking.ask(make.complaint(case), user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    row = Package.objects.select_related("item", "complaint").get(pk=asked.pk)

    assert row.is_offered
    with handing.open_zip(row, actor=Actor.of(borrower)) as file:
        verdict = check_zip(file, Trusted.of([keyring.house().fingerprint]))
        files = {one.path: one.open().read() for one in read_zip(file).files}

    assert verdict.verdict is Word.UNCHANGED
    [copy] = [data for path, data in files.items() if path.endswith("_transcript.txt")]
    told = copy.decode("utf-8-sig")
    assert f"* [00:00:00] 对方：{THREAT}" in told
    assert f"[00:00:02] 对方：{HEARD}" in told
    assert "其余 1 段未经确认" in told
    with pikepdf.open(io.BytesIO(files["2_COMPLAINT.pdf"])) as pdf:
        paper = "".join(text for _, text in page_texts(pdf.pages))
    assert THREAT in paper.replace("\n", "")
    [(path, clip)] = [(path, data) for path, data in files.items() if "_clip-" in path]
    assert path.endswith("_clip-0-4s.m4a")  # the threat, with what is around it
    [original] = [data for path, data in files.items() if path.startswith("3_EXHIBITS/B-1.")]
    sha256 = hashlib.sha256(original).hexdigest()
    with av.open(io.BytesIO(clip)) as made:
        assert made.metadata["comment"] == f"seconds 0-4 of SHA-256 {sha256}"
    assert "第 0 至 4 秒".replace(" ", "") in paper.replace("\n", "").replace(" ", "")
    for words in (DRAFTED, UNHEARD):
        assert words not in paper
        for data in files.values():
            assert not any(words.encode() in part for _, part in opened(data)[1])
