"""A program: one invented case in an installation of its own, and its package built from it.

usage: python same_facts.py make
       python same_facts.py build PACKAGE_ID FOLDER

`make` prints the id of a package that was asked for; `build` writes its files below FOLDER, every
time for the same moment. Needs the settings of the installation (tests/road/installed.py) in its
environment, and this repository on the path: it may be run from anywhere.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402

from complaints.bundle import folder  # noqa: E402
from complaints.demo import case, walk  # noqa: E402
from complaints.models import Complaint, Package  # noqa: E402
from complaints.stages import asking, drafting, packaging  # noqa: E402
from evidence.custody import Actor  # noqa: E402
from evidence.models import Case, EvidenceItem  # noqa: E402
from tests import make  # noqa: E402

BUNDLE_TIME = datetime(2026, 11, 23, 15, 59, 58, tzinfo=UTC)  # near midnight in Beijing


def make_case() -> Package:
    """Records, a redacted picture, a recording that was heard, patterns, and what is counted."""
    case.make_people()
    brought = case.bring_in(settings.FONT_DIR)
    walk.work_through()
    case.confirm_all(brought)
    walk.work_through()
    begun = _with_recording(make.complaint(brought), brought)
    make.redacted(begun, [100, 300, 500, 200])
    row = asking.ask(begun, user=brought.borrower)
    # Opening an item is a fact of its own, told in its custody log: done once before, and within
    # the hour it is not told again.
    walk.work_through()
    return row


def _with_recording(begun: Complaint, brought: Case) -> Complaint:
    recording = brought.items.get(kind=EvidenceItem.Kind.CALL_RECORDING)
    for segment in make.draft(recording, "样例：你好", "样例：再不还就去你单位"):
        make.heard(segment, brought.borrower)
    actor = Actor.of(brought.borrower)
    drafting.add_exhibit(begun, recording, group="B", purpose="样例录音一段", actor=actor)
    return begun


def build(package_id: str, out: Path) -> None:
    """The package's files, as if they had been asked for at the one moment."""
    row = Package.objects.select_related("complaint__case").get(pk=package_id)
    with packaging.assembled(row, bundle_time=BUNDLE_TIME) as built:
        folder.write_folder(built, out)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        sys.stdout.write(f"{make_case().pk}\n")
    else:
        build(sys.argv[2], Path(sys.argv[3]))
