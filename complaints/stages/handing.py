"""Hand a package over: whole, as a bag, cut for upload, or the paper alone; each a release."""

from __future__ import annotations

import io
import json
import tempfile
from typing import IO, BinaryIO

from complaints.bundle import layout, limits, parts
from complaints.bundle import package_files as files
from complaints.bundle.bag import write_bag
from complaints.bundle.folder import write_archive
from complaints.bundle.package_files import read_zip
from complaints.composing import short
from complaints.errors import ComplaintError
from complaints.law import agencies
from complaints.models import Package
from evidence import custody, release, scratch
from evidence.custody import Act, Actor, Subject
from evidence.models.cases import Case
from evidence.models.items import EvidenceItem
from evidence.models.readings import Derivative, Reading


class PackageNotOfferedError(ComplaintError):
    """It is being built, or did not pass its own check."""

    code = "package_not_offered"


class DeskLimitsUnknownError(ComplaintError):
    """Nobody has told how large a file this desk takes: there is nothing to cut to."""

    code = "desk_limits_unknown"


class PackageForAnotherDeskError(ComplaintError):
    """What was made for the police or the lender may show what this desk should not see."""

    code = "package_for_another_desk"


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


def open_parts(row: Package, agency_id: str, *, actor: Actor) -> IO[bytes]:
    """The package cut into parts that the desk's page takes, in a ZIP (docs/upload-parts.md).

    Args:
        row: the package; made for this desk, or for a regulator where the association is asked.
        agency_id: the desk whose limits are kept.
        actor: who takes it away.

    Raises:
        PackageNotOfferedError: there is none yet.
        PackageForAnotherDeskError, DeskLimitsUnknownError.
        complaints.law.errors.UnknownAgencyError.
    """
    if not row.is_offered:
        raise PackageNotOfferedError(str(row.pk))
    desk = agencies.agency(agency_id)
    if not may_be_cut_for(row, desk):
        raise PackageForAnotherDeskError(agency_id)
    most = limits.most(agency_id, limits.What.FILE_BYTES)
    if most is None:
        raise DeskLimitsUnknownError(agency_id)
    out = tempfile.TemporaryFile(dir=scratch.folder())  # noqa: SIM115 -- the answer closes it
    with release.open_item(_released(row, actor, "parts"), actor=actor) as kept:
        package = read_zip(kept)
        made = parts.cut(
            package,
            _pages(package, actor),
            file_bytes=most,
            file_count=limits.most(agency_id, limits.What.FILE_COUNT),
        )
        paste = short.paste(row.complaint.case, agency_id) if desk.depth == "short" else ""
        found = parts.files_of(package, made, language="zh-CN", paste=paste)
        write_archive(out, [(f"{package.case}_upload/{file.path}", file) for file in found])
    out.seek(0)
    return out


def newest_for(case: Case, agency_id: str) -> Package | None:
    """The newest package of a case that can be cut for this desk; None: none, or limits unknown."""
    if limits.most(agency_id, limits.What.FILE_BYTES) is None:
        return None
    desk = agencies.agency(agency_id)
    offered = Package.objects.filter(complaint__case=case, verdict="unchanged")
    rows = offered.exclude(item=None).select_related("complaint").order_by("-asked_at")
    return next((row for row in rows if may_be_cut_for(row, desk)), None)


def may_be_cut_for(row: Package, desk: agencies.Agency) -> bool:
    """Whether what this package shows may be shown to the desk: its own, or a regulator's."""
    return agencies.may_be_given(desk, made_for=agencies.agency(row.complaint.agency))


def _pages(package: files.Package, actor: Actor) -> dict[str, bytes]:
    """Exhibit number → the small picture made at intake of the very item that is handed over."""
    with package.file(layout.EXHIBITS).open() as file:
        items = {one["item"]: one["number"] for one in json.load(file)["exhibits"]}
    readings = Reading.objects.filter(item__in=items).current()
    found = Derivative.objects.filter(reading__in=readings, name=Derivative.Name.PAGE)
    pages = {}
    for page in found:
        with release.open_derivative(page, actor=actor) as made:
            pages[items[str(page.item_id)]] = made.read()
    return pages


def _released(row: Package, actor: Actor, form: str) -> EvidenceItem:
    if not row.is_offered or row.item is None:
        raise PackageNotOfferedError(str(row.pk))
    facts = {"package": str(row.pk), "form": form, "sha256": row.item.sha256}
    custody.record(Subject.ITEM, row.item.pk, Act.RELEASED, actor=actor, facts=facts)
    return row.item
