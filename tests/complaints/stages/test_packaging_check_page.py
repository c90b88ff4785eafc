"""complaints/stages/packaging.py: the offline page goes along, and nothing leaves without it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from complaints import tasks
from complaints.bundle import layout
from complaints.bundle.package_files import read_zip
from complaints.models import Complaint, Package
from complaints.stages import asking, handing
from complaints.stages.packaging import CheckPageMissingError
from evidence import jobs
from evidence.custody import Actor
from evidence.models import Job
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def complaint(borrower: User, settings: Any, tmp_path: Path) -> Complaint:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    return make.complaint(make.confirmed_case(borrower))


def test_the_page_lies_in_the_package_as_it_was_built(
    complaint: Complaint, borrower: User, settings: Any
) -> None:
    row = asking.ask(complaint, user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)

    built = Package.objects.get(pk=row.pk)
    with handing.open_zip(built, actor=Actor.of(borrower)) as file:
        page = read_zip(file).file(layout.CHECKER).open().read()
    assert page == settings.CHECK_PAGE.read_bytes()


def test_no_package_is_offered_without_the_page_and_it_says_why(
    complaint: Complaint, borrower: User, settings: Any, tmp_path: Path
) -> None:
    settings.CHECK_PAGE = tmp_path / "not-built.html"
    row = asking.ask(complaint, user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)

    assert not Package.objects.get(pk=row.pk).is_offered
    assert Job.objects.get(subject_id=row.pk).last_problem == CheckPageMissingError.code
