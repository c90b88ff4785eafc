"""Drafts of recordings and what people heard: asked for, looked at, decided segment by segment.

Only words that a person has listened to and stands by are tagged, counted or printed
(docs/transcripts.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evidence import consents, custody, jobs
from evidence.custody import Act, Actor, Subject
from evidence.decisions import TAG
from evidence.errors import EvidenceError
from evidence.integrity import event as events
from evidence.models import EvidenceItem, Reading, Record, Segment, SegmentDecision, Transcript
from evidence.models.transcripts import SegmentDecisionQuerySet

HEAR = "hear"  # the stage
RECORDING = "recording"  # kind of the record that a recording gives
PERSON = "person"  # engine of lines that people wrote where no engine was
MOST_WRITTEN = 500  # lines beside one recording
LONGEST_S = 86_400.0  # of a recording whose length is not known
Decision, Speaker = SegmentDecision.Decision, SegmentDecision.Speaker


class SpeechOffError(EvidenceError):
    """This house has no engine for speech."""

    code = "speech_off"


class SpeechConsentMissingError(EvidenceError):
    """The borrower has not agreed to what the engine of this house needs; `purpose` names it."""

    code = "speech_consent_missing"

    def __init__(self, purpose: str) -> None:
        super().__init__(purpose)
        self.purpose = purpose


class NotARecordingError(EvidenceError):
    """There is nothing to hear in this item, or it was not read yet."""

    code = "not_a_recording"


class TranscriptBegunError(EvidenceError):
    """A person has decided on a segment already: another draft would push that aside."""

    code = "transcript_begun"


class NotListenedError(EvidenceError):
    """Words count only when the person who confirms them has opened the recording."""

    code = "not_listened"


class WordsMissingError(EvidenceError):
    """A correction without the words that were heard."""

    code = "words_missing"


class SegmentOutsideError(EvidenceError):
    """The seconds of a written line run backwards or beyond the recording."""

    code = "segment_outside"


class TooManyLinesError(EvidenceError):
    """No more lines can be written beside one recording."""

    code = "too_many_lines"


@dataclass(frozen=True)
class Standing:
    """How an item stands.

    `state` is one of off, not_a_recording, consent_missing, none, waiting,
    failed, made.
    """

    state: str
    purpose: str  # the consent that it needs; "" while off
    problem: str  # a code, where the state is failed or another try waits
    transcript: Transcript | None


def standing(item: EvidenceItem) -> Standing:
    """From the draft, the job that makes one, the settings and the borrower's consent."""
    made = Transcript.objects.filter(item=item).current().first()
    purpose = consents.speech_purpose() or ""
    if made is not None:
        return Standing("failed" if made.problem else "made", purpose, made.problem, made)
    if not is_recording(item):
        return Standing("not_a_recording", purpose, "", None)
    if not purpose:
        return Standing("off", "", "", None)
    if not consents.is_given(item.case.borrower, purpose):
        return Standing("consent_missing", purpose, "", None)
    job = jobs.Job.objects.filter(stage=HEAR, subject_id=item.pk).first()
    if job is None or job.asked == job.answered:
        return Standing("none", purpose, "", None)
    state = "failed" if job.parked_at else "waiting"
    return Standing(state, purpose, job.last_problem, None)


def is_recording(item: EvidenceItem) -> bool:
    """Whether its newest reading found a recording that plays."""
    current = Reading.objects.filter(item=item, problem="").current()
    return Record.objects.filter(reading__in=current, kind=RECORDING).exists()


def ask(item: EvidenceItem) -> None:
    """Ask for a draft.

    Raises:
        SpeechOffError, NotARecordingError, TranscriptBegunError.
        SpeechConsentMissingError: the borrower has not agreed to what the engine here needs.
    """
    purpose = consents.speech_purpose()
    if purpose is None:
        raise SpeechOffError(str(item.pk))
    if not is_recording(item):
        raise NotARecordingError(str(item.pk))
    if not consents.is_given(item.case.borrower, purpose):
        raise SpeechConsentMissingError(purpose)
    if has_decisions(item.pk):
        raise TranscriptBegunError(str(item.pk))
    jobs.ask_again(HEAR, item.pk)


def ask_after_reading(item: EvidenceItem) -> None:
    """Ask by ourselves, where the borrower agreed beforehand and there is no draft yet."""
    purpose = consents.speech_purpose()
    if purpose is None or not is_recording(item):
        return
    if consents.is_given(item.case.borrower, purpose):
        jobs.add(HEAR, item.pk)


def decide(
    segment: Segment, *, decision: str, speaker: str = Speaker.UNKNOWN, words: str = "", by: User
) -> SegmentDecision:
    """Keep what a person heard beside the draft; the tagger then looks at the words that stand.

    Args:
        segment: of a draft.
        decision: a `SegmentDecision.Decision` value.
        speaker: a `SegmentDecision.Speaker` value: who said it.
        words: what was heard instead, for `corrected` only.
        by: who listened.

    Raises:
        NotListenedError: this person has not opened the recording.
        WordsMissingError: `corrected` without words.
    """
    item_id = segment.transcript.item_id
    heard = {Decision.CONFIRMED: segment.text, Decision.CORRECTED: words.strip()}.get(
        Decision(decision), ""
    )
    if decision == Decision.CORRECTED and not heard:
        raise WordsMissingError(str(segment.pk))
    if decision != Decision.REJECTED and not _has_opened(item_id, by):
        raise NotListenedError(str(segment.pk))
    with transaction.atomic():
        last = segment.decisions.order_by("at", "id").last()
        if last and (last.decision, last.words, last.speaker) == (decision, heard, speaker):
            return last  # said again: its tags and the decisions on them stay
        made = SegmentDecision.objects.create(
            id=uuid.uuid4(),
            segment=segment,
            decision=decision,
            words=heard,
            speaker=speaker,
            by=by,
            at=timezone.now(),
        )
        facts = {"segment": str(segment.pk), "decision": decision, "speaker": speaker}
        custody.record(
            Subject.ITEM, item_id, Act.DECIDED, actor=Actor.of(by), facts=facts, at=made.at
        )
        jobs.ask_again(TAG, item_id)
    return made


def write(
    item: EvidenceItem, *, start_s: float, end_s: float, words: str, speaker: str, by: User
) -> Segment:
    """Keep a line that the engine missed: what a person heard in some seconds of a recording.

    It stands beside the draft, or alone where there is none, and is marked as written by a person.

    Args:
        item: the recording.
        start_s: seconds from its beginning.
        end_s: after `start_s`, within the recording.
        words: as heard.
        speaker: a `SegmentDecision.Speaker` value: who said it.
        by: who listened.

    Raises:
        NotARecordingError, SegmentOutsideError, WordsMissingError, TooManyLinesError.
        NotListenedError: this person has not opened the recording.
    """
    if not is_recording(item):
        raise NotARecordingError(str(item.pk))
    if not words.strip():
        raise WordsMissingError(str(item.pk))
    if not 0 <= start_s < end_s <= _length_s(item):
        raise SegmentOutsideError(f"{start_s}..{end_s}")
    if not _has_opened(item.pk, by):
        raise NotListenedError(str(item.pk))
    with transaction.atomic():
        EvidenceItem.objects.select_for_update().get(pk=item.pk)  # one line at a time has an index
        made = Transcript.objects.filter(item=item).current().first() or _without_engine(item)
        last = made.segments.order_by("index").last()
        if made.segments.filter(is_written=True).count() >= MOST_WRITTEN:
            raise TooManyLinesError(str(MOST_WRITTEN))
        line = Segment.objects.create(
            id=uuid.uuid4(),
            transcript=made,
            index=last.index + 1 if last else 0,
            is_written=True,
            start_s=start_s,
            end_s=end_s,
            text=words.strip(),
        )
        decide(line, decision=Decision.CONFIRMED, speaker=speaker, by=by)
    return line


def has_decisions(item_id: uuid.UUID) -> bool:
    """Whether a person has begun: another draft would push what they did aside."""
    return SegmentDecision.objects.filter(segment__transcript__item=item_id).exists()


def _without_engine(item: EvidenceItem) -> Transcript:
    """What lines hang on where no engine made a draft."""
    return Transcript.objects.create(
        id=uuid.uuid4(),
        item=item,
        engine=PERSON,
        engine_version="1",
        model="",
        language="",
        is_outside=False,
        created_at=timezone.now(),
    )


def _length_s(item: EvidenceItem) -> float:
    """How long the recording is, as it was decoded; a player shows it rounded up."""
    rows = Record.objects.filter(reading__in=Reading.objects.filter(item=item).current())
    found = rows.filter(kind=RECORDING).values_list("duration_s", flat=True).first()
    return float(found) + 1 if found is not None else LONGEST_S


def heard_in(items: Iterable[uuid.UUID]) -> SegmentDecisionQuerySet:
    """The words that stand in the recordings of these items, in the order they were said."""
    rows = SegmentDecision.objects.heard().filter(segment__transcript__item__in=list(items))
    return rows.select_related("segment__transcript").order_by("segment__start_s", "segment__index")


def words_of(rows: Iterable[SegmentDecision]) -> Mapping[uuid.UUID, list[SegmentDecision]]:
    """By item."""
    grouped: dict[uuid.UUID, list[SegmentDecision]] = {}
    for row in rows:
        grouped.setdefault(row.segment.transcript.item_id, []).append(row)
    return grouped


def _has_opened(item_id: uuid.UUID, by: User) -> bool:
    """As the recording's own log says: its bytes or its playable copy."""
    rows = custody.log_of(Subject.ITEM, item_id).filter(act=Act.OPENED)
    told = (events.decode(bytes(row.raw)) for row in rows)
    return any(
        event.actor_id == str(by.pk) and event.facts.get("shown") != "records" for event in told
    )
