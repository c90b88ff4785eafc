"""`make demo`: the main job on invented files, with no server, through the real worker code."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from complaints import tasks as complaint_tasks
from complaints.bundle.verify.checking import check_path
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Verdict
from complaints.composing.document import case_number
from complaints.demo import answers, case
from complaints.models import Complaint, Package
from complaints.stages import asking, drafting, handing
from evidence import jobs
from evidence import tasks as evidence_tasks
from evidence.custody import Actor
from evidence.models import Case
from evidence.models.jobs import Job
from evidence.vault import keyring

ROADS = (evidence_tasks.ROAD, complaint_tasks.ROAD)
MOST_ROUNDS = 50


class WalkStuckError(Exception):
    """A job of the walk did not end; the text names stages and problem codes."""


@dataclass(frozen=True)
class Left:
    """What the walk left on disk for one complaint, and the verifier's word on it."""

    agency: str
    folder: Path
    archive: Path
    bag: Path
    verdict: Verdict


def work_through() -> None:
    """Do all that is due, as a worker would, until nothing is.

    Raises:
        WalkStuckError: something is left undone.
    """
    for _ in range(MOST_ROUNDS):
        evidence_tasks.ask_for_log()  # a worker's sweep does
        if not jobs.ready(timezone.now()).exists():
            break
        for road in ROADS:
            for stage in road:
                jobs.work(stage, road)
    left = [f"{job.stage}: {job.last_problem or 'due'}" for job in Job.objects.open()]
    if left:
        raise WalkStuckError("; ".join(left))


def complain(of: Case, agency: str) -> Complaint:
    """Draft, answer and finish one complaint as the invented borrower."""
    actor = Actor.of(of.borrower)
    told = answers.BY_AGENCY[agency]
    complaint = drafting.begin(of, agency_id=agency, lender_type=answers.LENDER_TYPE, actor=actor)
    complaint = drafting.answer(complaint, told, actor=actor)
    return drafting.finish(complaint, actor=actor)


def package(complaint: Complaint) -> Package:
    """Ask for the package and do the work."""
    row = asking.ask(complaint, user=complaint.case.borrower)
    work_through()
    return Package.objects.select_related("item", "complaint__case").get(pk=row.pk)


def leave(row: Package, into: Path) -> Left:
    """Write folder, ZIP and bag of a package, and have the recipient's verifier look at each."""
    actor = Actor.of(row.complaint.case.borrower)
    name = case_number(row.complaint)
    archive, bag = into / f"{name}.zip", into / f"{name}_bag.zip"
    with handing.open_zip(row, actor=actor) as kept, archive.open("wb") as out:
        shutil.copyfileobj(kept, out)
    with handing.open_bag(row, actor=actor) as kept, bag.open("wb") as out:
        shutil.copyfileobj(kept, out)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(into)
    trust = Trusted.of([keyring.house().fingerprint])
    worst = max(_verdicts((into / name, archive, bag), trust), key=lambda one: one.exit_code)
    return Left(row.complaint.agency, into / name, archive, bag, worst)


def walk(font_dir: Path, into: Path) -> Iterator[Left]:
    """Walk everything once; yields what is left for each complaint."""
    case.make_people()
    brought = case.bring_in(font_dir)
    work_through()
    case.confirm_all(brought)
    work_through()
    for agency in answers.BY_AGENCY:
        yield leave(package(complain(brought, agency)), into)


def _verdicts(paths: tuple[Path, ...], trust: Trusted) -> Iterator[Verdict]:
    for path in paths:
        yield check_path(path, trust)
