"""A package as its recipient holds it: built, offered, judged whole, taken apart."""

from __future__ import annotations

import zipfile

from accounts.models import User
from complaints import tasks
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Word
from complaints.models import Complaint, Package
from complaints.stages import asking, handing
from evidence import jobs
from evidence.custody import Actor
from evidence.models import Job
from evidence.vault import keyring


def built(complaint: Complaint, user: User) -> dict[str, bytes]:
    """The files of a package of this complaint, by their paths in it; it verifies."""
    asked = asking.ask(complaint, user=user)
    jobs.work(asking.STAGE, tasks.ROAD)
    row = Package.objects.select_related("item", "complaint").get(pk=asked.pk)
    assert row.is_offered, Job.objects.get(subject_id=row.pk).last_problem
    with handing.open_zip(row, actor=Actor.of(user)) as file:
        verdict = check_zip(file, Trusted.of([keyring.house().fingerprint]))
        assert verdict.verdict is Word.UNCHANGED
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


def require_kept_back(complaint: Complaint, user: User) -> None:
    """Ask for a package that shows what is withheld: it is never offered, and says why."""
    asked = asking.ask(complaint, user=user)
    jobs.work(asking.STAGE, tasks.ROAD)
    asked.refresh_from_db()
    assert not asked.is_offered
    assert Job.objects.get(subject_id=asked.pk).last_problem == "withheld_shown"
