"""A recording over a desk's size goes into the parts as a smaller copy; it stays what it was."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from accounts.models import User
from complaints import tasks
from complaints.bundle import layout, limits, parts
from complaints.bundle.package_files import read_zip
from complaints.bundle.pdf_text import page_texts
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Word
from complaints.models import Package
from complaints.stages import asking, drafting, handing
from evidence import jobs
from evidence.custody import Actor
from evidence.models.items import EvidenceItem
from evidence.vault import keyring
from tests import make
from tests.samples.recordings import recording, tone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

SECONDS = 280  # as sent 9 MB, to listen to 2.3 MB: both over the association's 2 MB


def test_its_smaller_copy_is_uploaded_and_the_paper_names_what_counts(
    borrower: User, settings: Any, tmp_path: Path
) -> None:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    sent = recording(tone(SECONDS), container="wav", codec="pcm_s16le")
    begun = make.complaint(make.confirmed_case(borrower), "LOCAL_FIN")
    call = make.item(begun.case, sent, kind=EvidenceItem.Kind.CALL_RECORDING)
    make.go_the_road()
    actor = Actor.of(borrower)
    drafting.add_exhibit(begun, call, group="B", purpose="通话录音一段", actor=actor)
    asked = asking.ask(begun, user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    row = Package.objects.select_related("item", "complaint__case").get(pk=asked.pk)
    most = limits.most("NIFA", limits.What.FILE_BYTES)
    assert most is not None

    with handing.open_zip(row, actor=actor) as file:
        verdict = check_zip(file, Trusted.of([keyring.house().fingerprint]))
        whole = {one.path: one.open().read() for one in read_zip(file).files}
    with (
        handing.open_parts(row, "NIFA", actor=actor) as file,
        zipfile.ZipFile(file) as archive,
    ):
        cut = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}

    assert verdict.verdict is Word.UNCHANGED
    [exhibit] = [
        one
        for one in json.loads(whole[layout.EXHIBITS])["exhibits"]
        if whole[one["path"]] == sent  # the recording itself, byte for byte
    ]
    small = layout.copy_path(exhibit["number"], "small", "m4a")
    assert {small, layout.copy_path(exhibit["number"], "playable", "m4a")} <= set(whole)
    assert cut[small.rsplit("/", 1)[1]] == whole[small]
    assert max(map(len, cut.values())) <= most
    listed = cut[parts.LIST].decode("utf-8-sig")
    assert f"{exhibit['sha256']}  上传的是缩小的副本" in listed
    with pikepdf.open(io.BytesIO(whole[layout.COMPLAINT])) as paper:
        said = "".join(text for _, text in page_texts(paper.pages))
    assert "单声道，32kbps" in said.replace(" ", "").replace("\u200b", "")
