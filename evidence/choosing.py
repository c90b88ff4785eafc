"""What of an export is kept: what there is to choose from, the choice, another choice later.

Before a choice nothing of an export with several conversations is stored but the encrypted
original and an encrypted survey of it, which goes with the choice (docs/choosing.md).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import quotas
from accounts.models import User
from evidence import custody, jobs
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.models import Choice, EvidenceItem, ExtractedFile, Job, LeftOut, Reading, Survey
from evidence.readers.magic import PICTURES, RECORDINGS
from evidence.vault import keyring, keys, sealed

READ, EXTRACT = "read", "extract"  # the stages that are asked for
CHOSEN, LOOK = "chosen", "survey"  # versions of their jobs: read by the choice; only look inside
NOT_NEEDED, WAITING, MADE = "not_needed", "waiting", "made"


class NothingToChooseError(EvidenceError):
    """A picture, a recording, or a file that is not looked into yet."""

    code = "choice_not_possible"


class ChoiceEmptyError(EvidenceError):
    """No conversation, number or file is named."""

    code = "choice_empty"


class ChoiceUnknownError(EvidenceError):
    """Something is named that the export does not hold, or was not shown."""

    code = "choice_unknown"


class PartlyChosenError(EvidenceError):
    """Staff ask for the whole of an export of which its owner kept a part, or has not chosen."""

    code = "item_partly_chosen"


@dataclass(frozen=True)
class Wanted:
    """What a person wants kept. `since` and `until` are days of Beijing, both included."""

    is_everything: bool = False
    conversations: Collection[str] = ()
    numbers: Collection[str] = ()
    files: Collection[str] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where an item stands with its choice."""

    state: str  # NOT_NEEDED, WAITING, MADE
    is_busy: bool  # a worker looks or reads
    problem: str  # of the file, as far as it was looked through
    choice: Choice | None
    survey: dict[str, Any] | None = field(repr=False)  # as `readers.Survey.as_json`
    extracted: tuple[ExtractedFile, ...] = ()  # files that were chosen to become items


def newest(item: EvidenceItem) -> Choice | None:
    """The choice that counts."""
    return Choice.objects.filter(item=item).order_by("sequence").last()


def is_part(item_id: uuid.UUID) -> bool:
    """Whether records were left out, or nobody has chosen yet: it is never handed over whole."""
    return bool(parts([item_id]))


def parts(item_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these items `is_part` is true of."""
    left_out = LeftOut.objects.filter(reading__item__in=item_ids)
    return set(left_out.values_list("reading__item", flat=True)) | waiting(item_ids)


def standing(item: EvidenceItem) -> Standing:
    """Where the item stands; decrypts the survey while there is one."""
    survey, choice = Survey.objects.filter(item=item).first(), newest(item)
    has_reading = Reading.objects.filter(item=item).exists()
    state = MADE if choice else WAITING if survey and not has_reading else NOT_NEEDED
    return Standing(
        state=state,
        is_busy=_is_busy(item),
        problem=survey.problem if survey else "",
        choice=choice,
        survey=opened(survey) if survey else None,
        extracted=tuple(ExtractedFile.objects.filter(item=item).order_by("created_at", "place")),
    )


def waiting(item_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these items wait for a person's choice."""
    rows = Survey.objects.filter(item__in=item_ids, item__readings__isnull=True)
    return set(rows.values_list("item_id", flat=True))


def ask_for_survey(item: EvidenceItem) -> None:
    """Have a worker look into the original again, so that the person can choose otherwise.

    Raises:
        NothingToChooseError: there are no conversations in it.
    """
    reading = Reading.objects.filter(item=item).current().first()
    if reading is None or reading.format in PICTURES or reading.format in RECORDINGS:
        raise NothingToChooseError(str(item.pk))
    jobs.ask_again(READ, item.pk, version=LOOK)


def keep_survey(item: EvidenceItem, value: dict[str, Any], *, format_id: str, problem: str) -> None:
    """Keep what there is to choose from, encrypted, until the choice. Within a transaction."""
    Survey.objects.filter(item=item).delete()
    survey_id, data_key = uuid.uuid4(), keys.new_key()
    plain = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    Survey.objects.create(
        id=survey_id,
        item=item,
        format=format_id,
        problem=problem,
        wrapped_key=keyring.wrap(data_key, case_id=item.case_id, object_id=survey_id),
        sealed=sealed.seal(plain, data_key=data_key, object_id=survey_id),
        created_at=timezone.now(),
    )


def opened(survey: Survey) -> dict[str, Any]:
    """The survey in plain; raises ItemUnreadableError."""
    data_key = keyring.survey_key(survey)
    plain = sealed.unseal(bytes(survey.sealed), data_key=data_key, object_id=survey.pk)
    value: dict[str, Any] = json.loads(plain)
    return value


def choose(item: EvidenceItem, wanted: Wanted, *, by: User, actor: Actor) -> Choice:
    """Keep the choice, forget what there was to choose from, have the original read by it.

    Everything can be chosen before anybody has looked into the file; it is then read in its turn.
    The event tells counts, never who.

    Raises:
        NothingToChooseError: nobody has looked into the file, or not since the last choice.
        ChoiceEmptyError, ChoiceUnknownError: nothing is chosen, or what is not there.
        QuotaSpentError: the files that are newly chosen do not fit; nothing is chosen.
    """
    with transaction.atomic():
        survey = Survey.objects.select_for_update().filter(item=item).first()
        there = opened(survey) if survey else None
        if there is None:
            _refuse_unseen(item, wanted)
        facts = _counts(wanted, there)
        _check_room(item, wanted, there)
        last = newest(item)
        choice = Choice.objects.create(
            id=uuid.uuid4(),
            item=item,
            sequence=last.sequence + 1 if last else 1,
            is_everything=wanted.is_everything,
            conversations=[] if wanted.is_everything else sorted(set(wanted.conversations)),
            numbers=[] if wanted.is_everything else sorted(set(wanted.numbers)),
            files=sorted(set(wanted.files)),
            since=wanted.since,
            until=wanted.until,
            by=by,
            created_at=timezone.now(),
        )
        facts["choice"] = str(choice.pk)
        custody.record(Subject.ITEM, item.pk, Act.SELECTED, actor=actor, facts=facts)
        if survey is not None:
            survey.delete()
            read_by_choice(item)
        _ask_for_files(item, choice)
    return choice


def read_by_choice(item: EvidenceItem) -> None:
    """Have a worker read the original by the newest choice."""
    jobs.ask_again(READ, item.pk, version=CHOSEN)


def _refuse_unseen(item: EvidenceItem, wanted: Wanted) -> None:
    """Unseen there is only everything to choose, of a file that nobody has read yet."""
    named = (*wanted.conversations, *wanted.numbers, *wanted.files)
    is_all = wanted.is_everything and not (named or wanted.since or wanted.until)
    if not is_all or newest(item) or Reading.objects.filter(item=item).exists():
        raise NothingToChooseError(str(item.pk))


def _counts(wanted: Wanted, there: dict[str, Any] | None) -> dict[str, Any]:
    """The facts of the event; raises for what cannot be chosen."""
    facts: dict[str, Any] = {"what": "everything" if wanted.is_everything else "part"}
    if there is None:
        return facts
    _judge(wanted, there)
    return facts | {
        "conversations": 0 if wanted.is_everything else len(set(wanted.conversations)),
        "conversations_in_all": len(there["conversations"]),
        "numbers": 0 if wanted.is_everything else len(set(wanted.numbers)),
        "files": len(set(wanted.files)),
        "files_in_all": len(there["files"]) + there["files_unlisted"],
        "period": "yes" if wanted.since or wanted.until else "no",
    }


def _judge(wanted: Wanted, there: dict[str, Any]) -> None:
    if not (wanted.is_everything or wanted.conversations or wanted.numbers or wanted.files):
        raise ChoiceEmptyError("nothing is chosen")
    talks = there["conversations"]
    shown = (
        (wanted.conversations, {talk["key"] for talk in talks}),
        (wanted.numbers, {one["number"] for talk in talks for one in talk["numbers"]}),
        (wanted.files, {file["key"] for file in there["files"]}),
    )
    if any(set(named) - known for named, known in shown):
        raise ChoiceUnknownError("something is chosen that was not shown")


def _check_room(item: EvidenceItem, wanted: Wanted, there: dict[str, Any] | None) -> None:
    """Refuse before anything is unpacked what would not fit into the borrower's quota."""
    tried = ExtractedFile.objects.filter(item=item, problem="").values_list("place", flat=True)
    new = set(wanted.files) - set(tried)
    if not new:
        return
    files = there["files"] if there else ()
    size = sum(file["size"] or 0 for file in files if file["key"] in new)
    quotas.check_upload(item.case.borrower, max(size, 1))  # an unknown size takes some room


def _ask_for_files(item: EvidenceItem, choice: Choice) -> None:
    """One job for each file that is chosen for the first time."""
    ExtractedFile.objects.filter(item=item).exclude(problem="").delete()  # tried once more
    known = set(ExtractedFile.objects.filter(item=item).values_list("place", flat=True))
    now = timezone.now()
    for place in choice.files:
        if place not in known:
            row = ExtractedFile.objects.create(item=item, place=place, created_at=now)
            jobs.add(EXTRACT, row.pk)


def _is_busy(item: EvidenceItem) -> bool:
    extracts = ExtractedFile.objects.filter(item=item).values_list("pk", flat=True)
    rows = Job.objects.open().filter(stage__in=(READ, EXTRACT), parked_at__isnull=True)
    return rows.filter(subject_id__in=[item.pk, *extracts]).exists()
