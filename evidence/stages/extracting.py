"""A file inside an export becomes an item of its own, by the same door, when it was chosen."""

from __future__ import annotations

import io

from accounts import quotas
from accounts.errors import QuotaSpentError
from evidence import custody, intake, release
from evidence.cell import inside, usual
from evidence.cell.inside import NotExtractedError
from evidence.custody import Act, Actor, Subject
from evidence.errors import EmptyFileError, TooLargeError
from evidence.intake import Declaration
from evidence.models import EvidenceItem, ExtractedFile, ItemOrigin, Job
from evidence.readers.magic import PICTURES, RECORDINGS

FILMS = (".mp4", ".mov", ".mkv", ".3gp", ".avi", ".wmv", ".flv")
EXTRACTOR = Actor.system("extracting")


def prepare(job: Job) -> str:
    """Unpack the file in a cell and take it in; run again after a crash, it finds it here.

    Returns:
        A problem code, "" when the item is here.
    """
    row = ExtractedFile.objects.select_related("item__case").get(pk=job.subject_id)
    if EvidenceItem.objects.filter(pk=row.pk).exists():
        return ""
    export, actor = row.item, EXTRACTOR.at_work_on(job.pk)
    try:
        quotas.check_upload(export.case.borrower, 1)  # before a byte is unpacked
        with (
            release.open_item(export, actor=actor) as file,
            inside.opened(
                file, size=export.size, place=row.place, limits=usual.limits()
            ) as content,
        ):
            intake.receive(
                io.BufferedReader(content),
                case=export.case,
                kind=kind_of(content.format, row.place),
                actor=EXTRACTOR,
                declaration=_declaration(row),
                origin=EvidenceItem.Origin.EXTRACTED,
                parent=export,
                item_id=row.pk,
            )
    except (NotExtractedError, EmptyFileError, TooLargeError, QuotaSpentError) as problem:
        return problem.code  # time does not heal it; the export itself stays what it is
    return ""


def keep(job: Job, problem: str) -> None:
    """Tell the export's log what came out of it, or keep why nothing did."""
    row = ExtractedFile.objects.get(pk=job.subject_id)
    if problem:
        row.problem = problem
        row.save(update_fields=["problem"])
        return
    facts = {"item": str(row.pk)}
    custody.record(Subject.ITEM, row.item_id, Act.EXTRACTED, actor=EXTRACTOR, facts=facts)


def kind_of(format_id: str, name: str) -> str:
    """What a person would call such a file; sound and film share containers, so the name tells."""
    if format_id in PICTURES:
        return EvidenceItem.Kind.CHAT_SCREENSHOT
    if format_id not in RECORDINGS:
        return EvidenceItem.Kind.OTHER
    is_film = name.lower().endswith(FILMS)
    return EvidenceItem.Kind.SCREEN_RECORDING if is_film else EvidenceItem.Kind.CALL_RECORDING


def _declaration(row: ExtractedFile) -> Declaration:
    """Where the export came from is where this came from; its name is a label, never a path."""
    declared = ItemOrigin.objects.filter(item=row.item_id).first()
    name = row.place.rsplit("/", 1)[-1].rsplit("!", 1)[-1].replace("\0", "")[:255]
    if declared is None:
        return Declaration(source=ItemOrigin.Source.OTHER, file_name=name)
    return Declaration(
        source=declared.source, file_name=name, device=declared.device, how=declared.how
    )
