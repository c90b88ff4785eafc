"""Build one package, have its own verifier judge it, keep it as an item, and only then offer it."""

from __future__ import annotations

import tempfile
import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone

from complaints import __version__, outside_stamps
from complaints.bundle import content, folder, layout, manifest, package, package_files
from complaints.bundle.exhibits import ShownRecord
from complaints.bundle.fonts import FontSet
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Result, Word
from complaints.composing import log, shown
from complaints.composing.acts import ConfirmedAct, confirmed_acts
from complaints.composing.document import Making, compose, draft_sha256
from complaints.errors import ComplaintError
from complaints.models import Complaint, Exhibit, Package
from complaints.standing import PartlyChosenError, approved_at, standing_of
from evidence import choosing, custody, intake, release, scratch
from evidence.custody import Act, Actor, Subject
from evidence.integrity.digest import sha256_hex
from evidence.log import checkpoints
from evidence.models.items import EvidenceItem
from evidence.models.jobs import Job
from evidence.models.readings import Reading
from evidence.vault import keyring

PACKAGER = Actor.system("packaging")
# Of the records file made for an exhibit: the same records give the same item again.
RECORDS_NAMESPACE = uuid.UUID("2f6c2f0e-7a0b-5b53-9d57-6a1c3b0b8f01")


class PackageNotVerifiedError(ComplaintError):
    """Our own verifier did not say `unchanged`; such a package is never offered."""

    code = "package_not_verified"

    def __init__(self, *, verdict: str, failed: list[str]) -> None:
        super().__init__(f"{verdict}: {', '.join(failed)}")
        self.verdict = verdict
        self.failed = failed


class CheckPageMissingError(ComplaintError):
    """The offline page (4_CHECK.html) is not built; no package leaves without it."""

    code = "check_page_missing"


@dataclass(frozen=True)
class Built:
    """A package that lies in the vault, and what its own verifier said."""

    item: EvidenceItem
    verdict: str
    document_sha256: str


@dataclass(frozen=True)
class Handed:
    """What is handed over in another form than the original, by exhibit."""

    items: dict[uuid.UUID, EvidenceItem]
    records: dict[uuid.UUID, Sequence[ShownRecord]]  # that an item made for the exhibit holds


def prepare(job: Job) -> Built:
    """Build and verify; run again after a crash, it finds what it kept already."""
    row = Package.objects.select_related("complaint__case", "asked_by").get(pk=job.subject_id)
    kept = EvidenceItem.objects.filter(pk=row.pk).first()
    if kept is not None:
        with release.open_item(kept, actor=PACKAGER.at_work_on(job.pk)) as file:
            return Built(kept, _verified(file), _document_sha256(file))
    with _scratch_file() as file:
        document_sha256, verdict = _build(row, file)
        file.seek(0)
        received = intake.receive(
            file,
            case=row.complaint.case,
            kind=EvidenceItem.Kind.DOCUMENT,
            actor=PACKAGER,
            origin=EvidenceItem.Origin.PACKAGE,
            item_id=row.pk,
        )
    return Built(received.item, verdict, document_sha256)


def keep(job: Job, built: Built) -> None:
    """Offer the package: its row and its event."""
    now = timezone.now()
    Package.objects.filter(pk=job.subject_id).update(
        item=built.item,
        verdict=built.verdict,
        document_sha256=built.document_sha256,
        built_at=now,
        step="",
    )
    row = Package.objects.get(pk=job.subject_id)
    custody.record(
        Subject.COMPLAINT,
        row.complaint_id,
        Act.PACKAGED,
        actor=PACKAGER,
        facts={
            "package": str(row.pk),
            "sha256": built.item.sha256,
            "draft": row.draft_sha256,
            "signature_stamp": row.stamped_by,
            "stamps_missed": len(row.stamps_missed),
        },
    )


@contextmanager
def assembled(row: Package, *, bundle_time: datetime) -> Iterator[package_files.Package]:
    """Every file of the package that was asked for; it leaves nobody before the block is left.

    Args:
        row: what was asked for.
        bundle_time: what pages, PDF and manifests say, in whole seconds. The same rows, versions
            and time give the same bytes of all but what is signed or stamped
            (docs/formats/package.md, "What is the same each time").
    """
    complaint, house = row.complaint, keyring.house()
    acts = confirmed_acts(complaint)
    handed = _handed(complaint, acts)
    composed = compose(
        complaint,
        Making(
            bundle_time=bundle_time,
            actor=PACKAGER.at_work_on(row.pk),
            trust=house.trust_json(at=bundle_time),
            software=f"Liuzheng {__version__}",
            handed=handed.items,
            records=handed.records,
            review=_review(complaint, acts),
            checker=_check_page(),
        ),
        acts,
    )
    with package.building(
        _with_log(composed),
        house=house,
        fonts=FontSet.find(settings.FONT_DIR),
        clock=timezone.now,
        signature_stampers=outside_stamps.configured(),
        scratch=scratch.folder(),
        progress=partial(_tell, row.pk),
    ) as built:
        yield built


def _build(row: Package, out: BinaryIO) -> tuple[str, str]:
    """Write the package's ZIP; the digest of its exhibit manifest, and the verifier's verdict."""
    with assembled(row, bundle_time=timezone.now().replace(microsecond=0)) as built:
        _tell(row.pk, "write", 0, 1)
        if built.stamped is not None:
            missed = [{"source": each.source, "why": each.why} for each in built.stamped.missed]
            told = {"stamped_by": built.stamped.source, "stamps_missed": missed}
            Package.objects.filter(pk=row.pk).update(**told)
        folder.write_zip(built, out)
        _tell(row.pk, "verify", 0, 1)
        verdict = _verified(out)
    return built.exhibits_digest, verdict


def _check_page() -> bytes:
    """The offline page as it was built: the same bytes in every package and under `/trust/`."""
    try:
        return settings.CHECK_PAGE.read_bytes()
    except OSError as cause:
        raise CheckPageMissingError(f"no page at {settings.CHECK_PAGE.name}") from cause


def _with_log(composed: content.PackageContent) -> content.PackageContent:
    """With the places of its events in the log: those that wait are taken in first.

    An outside TSA that is away keeps no package back; the package then says what it lacks.
    """
    checkpoint = checkpoints.catch_up()
    if checkpoint is None or not composed.exhibits:
        return composed
    return replace(composed, log=log.proof_of(composed.exhibits, checkpoint))


def _handed(complaint: Complaint, acts: Sequence[ConfirmedAct]) -> Handed:
    """What is handed over for each exhibit that is not the original.

    The item that holds just the chosen records is made when missing; a redacted copy was made
    when it was asked for.
    """
    rows = list(complaint.exhibits.select_related("item__case", "redaction__item"))
    whole = [row for row in rows if row.form == Exhibit.Form.ORIGINAL]
    partly = choosing.parts([row.item_id for row in whole])
    for row in whole:
        if row.item_id in partly:
            raise PartlyChosenError(row.code)
    handed = Handed({}, {})
    about = defaultdict(list)
    for act in acts:
        about[act.item].append(act)
    for row in rows:
        if row.form == Exhibit.Form.REDACTED and row.redaction and row.redaction.item:
            handed.items[row.pk] = row.redaction.item
        elif row.form == Exhibit.Form.RECORDS:
            reading = Reading.objects.filter(item=row.item).current().get()
            records = shown.records(row, reading, about[row.item_id])
            note = shown.note(row)
            raw = manifest.write_records(reading.records_root, reading.record_count, note, records)
            handed.items[row.pk], handed.records[row.pk] = _records_item(row, raw), records
    return handed


def _records_item(row: Exhibit, raw: bytes) -> EvidenceItem:
    item_id = uuid.uuid5(RECORDS_NAMESPACE, f"{row.item_id}:{sha256_hex(raw)}")
    made = EvidenceItem.objects.filter(pk=item_id).first()
    if made is not None:
        return made
    return intake.receive(
        BytesIO(raw),
        case=row.item.case,
        kind=row.item.kind,
        actor=PACKAGER,
        origin=EvidenceItem.Origin.REDACTION,
        parent=row.item,
        item_id=item_id,
    ).item


def _review(complaint: Complaint, acts: Sequence[ConfirmedAct] | None = None) -> content.Review:
    standing = standing_of(complaint, draft=draft_sha256(complaint, acts))
    if not standing.is_approved:
        return content.Review()
    first, *_, last = standing.approvals
    return content.Review(
        state=content.ReviewState.REVIEWED,
        reviewed_by=first.reviewer.username,
        approved_by=last.reviewer.username,
        approved_at=approved_at(standing),
    )


def _verified(file: BinaryIO) -> str:
    """The verdict of the recipient's own verifier, with our house key pinned.

    Exports are not read again here: outside the cell no worker parses what somebody sent.

    Raises:
        PackageNotVerifiedError: anything but `unchanged`.
    """
    file.seek(0)
    verdict = check_zip(file, Trusted.of([keyring.house().fingerprint]), read_again=False)
    if verdict.verdict is not Word.UNCHANGED:
        failed = [str(check.name) for check in verdict.checks if check.result is Result.FAIL]
        raise PackageNotVerifiedError(verdict=str(verdict.verdict), failed=failed)
    return str(verdict.verdict)


def _document_sha256(file: BinaryIO) -> str:
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/" + layout.EXHIBITS))
        return sha256_hex(archive.read(name))


def _tell(package_id: uuid.UUID, step: str, done: int, total: int) -> None:
    Package.objects.filter(pk=package_id).update(step=step, done=done, total=total)


@contextmanager
def _scratch_file() -> Iterator[BinaryIO]:
    """A nameless file in the worker's scratch: a ZIP needs a place to seek in (docs/threats.md)."""
    with tempfile.TemporaryFile(dir=scratch.folder()) as file:
        yield file
