"""Hand a package over: as it was kept, as a bag, or the paper alone. Each is a recorded release."""

from __future__ import annotations

import io
import tempfile
from typing import IO, BinaryIO

from complaints.bundle import layout
from complaints.bundle.bag import write_bag
from complaints.bundle.package_files import read_zip
from complaints.errors import ComplaintError
from complaints.models import Package
from evidence import custody, release, scratch
from evidence.custody import Act, Actor, Subject
from evidence.models.items import EvidenceItem


class PackageNotOfferedError(ComplaintError):
    """It is being built, or did not pass its own check."""

    code = "package_not_offered"


def open_zip(row: Package, *, actor: Actor) -> BinaryIO:
    """The package exactly as it was kept.

    Raises:
        PackageNotOfferedError: there is none yet.
    """
    return release.open_item(_released(row, actor, "zip"), actor=actor)


def open_bag(row: Package, *, actor: Actor) -> IO[bytes]:
    """The same folder as a BagIt bag, made from the kept ZIP in a nameless scratch file.

    Raises:
        PackageNotOfferedError: there is none yet.
    """
    out = tempfile.TemporaryFile(dir=scratch.folder())  # noqa: SIM115 -- the answer closes it
    with release.open_item(_released(row, actor, "bag"), actor=actor) as kept:
        write_bag(read_zip(kept), out)
    out.seek(0)
    return out


def open_paper(row: Package, *, actor: Actor) -> BinaryIO:
    """The signed complaint alone.

    Raises:
        PackageNotOfferedError: there is none yet.
    """
    with (
        release.open_item(_released(row, actor, "paper"), actor=actor) as kept,
        read_zip(kept).file(layout.COMPLAINT).open() as paper,
    ):
        return io.BytesIO(paper.read())


def _released(row: Package, actor: Actor, form: str) -> EvidenceItem:
    if not row.is_offered or row.item is None:
        raise PackageNotOfferedError(str(row.pk))
    facts = {"package": str(row.pk), "form": form, "sha256": row.item.sha256}
    custody.record(Subject.ITEM, row.item.pk, Act.RELEASED, actor=actor, facts=facts)
    return row.item
