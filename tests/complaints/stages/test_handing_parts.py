"""complaints/stages/handing.py: a package cut for a desk's page; the package stays what it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from accounts.models import User
from complaints import preflight, tasks
from complaints.bundle import limits, parts
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Word
from complaints.models import Package
from complaints.stages import asking, handing
from complaints.stages.handing import DeskLimitsUnknownError, PackageForAnotherDeskError
from evidence import custody, jobs
from evidence.custody import Act, Actor, Subject
from evidence.vault import keyring
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def large_screenshot() -> bytes:
    """A picture of more than two megabytes: no file can be smaller that shows this noise."""
    out = io.BytesIO()
    Image.effect_noise((1080, 2400), 60).save(out, "PNG")
    return out.getvalue()


def built(borrower: User, agency: str) -> Package:
    complaint = make.shot_complaint(borrower, large_screenshot(), agency=agency)
    row = asking.ask(complaint, user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    return Package.objects.select_related("item", "complaint__case").get(pk=row.pk)


@pytest.fixture
def row(borrower: User, settings: Any, tmp_path: Path) -> Package:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    return built(borrower, "LOCAL_FIN")


def test_the_parts_keep_the_desks_limit_and_the_package_still_verifies(
    row: Package, borrower: User
) -> None:
    actor = Actor.of(borrower)
    most = limits.most("NIFA", limits.What.FILE_BYTES)
    assert most is not None

    with handing.open_parts(row, "NIFA", actor=actor) as file, zipfile.ZipFile(file) as archive:
        names = [info.filename.split("/", 1)[1] for info in archive.infolist()]
        sizes = [info.file_size for info in archive.infolist()]
        told = archive.read(archive.namelist()[names.index(parts.LIST)]).decode("utf-8-sig")

    assert max(sizes) <= most
    assert {"02_COPIES_01.pdf", parts.LIST, parts.LABEL, parts.PASTE} <= set(names)
    assert "缩小的副本" in told
    with handing.open_zip(row, actor=actor) as kept:
        verdict = check_zip(io.BytesIO(kept.read()), Trusted.of([keyring.house().fingerprint]))
    assert verdict.verdict is Word.UNCHANGED


def test_taking_the_parts_is_a_recorded_release(row: Package, borrower: User) -> None:
    assert row.item is not None
    released = custody.log_of(Subject.ITEM, row.item.pk).filter(act=Act.RELEASED)
    before = released.count()

    handing.open_parts(row, "NIFA", actor=Actor.of(borrower)).close()

    assert released.count() > before


def test_the_checks_name_the_package_to_cut_over_the_api(row: Package, borrower: User) -> None:
    browser = make.signed_in(borrower)
    path = f"/api/cases/{row.complaint.case_id}/short/preflight/"

    assert browser.get(path, {"agency": "NIFA"}).json()["parts_of"] == str(row.pk)
    assert browser.get(path, {"agency": "R12321"}).json()["parts_of"] is None
    answer = browser.get(f"/api/packages/{row.pk}/parts/", {"agency": "NIFA"})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('_upload.zip"')


def test_a_desk_whose_limits_nobody_told_is_not_guessed_at(row: Package, borrower: User) -> None:
    with pytest.raises(DeskLimitsUnknownError):
        handing.open_parts(row, "LOCAL_FIN", actor=Actor.of(borrower))

    answer = make.signed_in(borrower).get(f"/api/packages/{row.pk}/parts/")
    assert (answer.status_code, answer.json()["code"]) == (409, "desk_limits_unknown")


def test_what_was_made_for_the_police_is_not_cut_for_the_association(
    borrower: User, settings: Any, tmp_path: Path
) -> None:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    row = built(borrower, "PSB_STATION")

    with pytest.raises(PackageForAnotherDeskError):
        handing.open_parts(row, "NIFA", actor=Actor.of(borrower))
    assert handing.newest_for(row.complaint.case, "NIFA") is None


def test_a_whole_package_over_the_limit_is_named_where_it_would_be_attached(
    row: Package, borrower: User
) -> None:
    assert row.item is not None
    assert row.item.size > 2_000_000

    found = {one.code for one in preflight.of_short(row.complaint.case, "NIFA")}

    assert "attachment_too_large" in found
    assert "attachment_too_large" not in {
        one.code for one in preflight.of_short(row.complaint.case, "R12321")
    }
