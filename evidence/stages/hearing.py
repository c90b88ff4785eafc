"""Speech to text: a draft of a recording by the engine of the settings, judged by the guards.

Asked for only where the borrower agreed to it; what they agree to now is asked again before the
first byte is opened. A draft accuses nobody: nothing reads it but people.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from evidence import consents, custody, release, speech_engine, transcripts
from evidence.cell import listening
from evidence.cell.answers import Parsed
from evidence.cell.listening import Told
from evidence.cell.parent import Limits
from evidence.custody import Act, Actor, Subject
from evidence.integrity.digest import sha256_hex
from evidence.models import EvidenceItem, Job, Reading, Segment, Transcript
from evidence.speech import guards
from evidence.speech.draft import EngineMissingError, Heard, Piece, Recogniser
from evidence.speech.guards import Judged
from evidence.speech.sherpa import LONGEST_S, PAUSE_S
from evidence.speech_engine import SHERPA, Engine
from evidence.stages import speech_http

ENGINE_VERSION = "1"  # of this stage and its guards
LISTENER = Actor.system("hearing")
BATCH = 1000  # rows per statement
NOTHING = Judged((), ())


@dataclass(frozen=True)
class Outcome:
    """A draft before it becomes rows; `engine` is None where none may be made."""

    engine: Engine | None
    judged: Judged = NOTHING
    duration_s: float | None = None
    problem: str = ""


@dataclass
class _Heard:
    """Takes pieces while the cell decodes, and asks the engine elsewhere."""

    engine: Recogniser
    words: list[Heard] = field(default_factory=list)

    def take(self, piece: Piece) -> None:
        self.words += self.engine.hear(piece)


def prepare(job: Job) -> Outcome:
    """Hear the recording, if the borrower still agrees and an engine is still set up.

    Raises:
        speech.draft.SpeechError: the engine is not here, or the endpoint is away, refuses, or
            answers with no transcript.
    """
    item = EvidenceItem.objects.select_related("case__borrower").get(pk=job.subject_id)
    engine, purpose = speech_engine.configured(), consents.speech_purpose()
    if engine is None or purpose is None or not consents.is_given(item.case.borrower, purpose):
        return Outcome(None)
    actor = LISTENER.at_work_on(job.pk)
    if engine.is_outside:
        _record_leaving(item, engine, actor)
    parsed, words = _hear(item, engine, actor)
    if parsed.problem == EngineMissingError.code:  # not the recording's fault: the operator looks
        raise EngineMissingError("the cell found no engine")
    duration_s = _duration_s(parsed)
    if parsed.problem:
        return Outcome(engine, duration_s=duration_s, problem=parsed.problem)
    judged = guards.judge(words, duration_s=duration_s or 0.0, silences=_silences(item))
    return Outcome(engine, judged, duration_s)


def keep(job: Job, outcome: Outcome) -> None:
    """Write the draft, its segments, and that there is one; none over what a person has begun."""
    if outcome.engine is None or transcripts.has_decisions(job.subject_id):
        return
    made = Transcript.objects.create(
        id=uuid.uuid4(),
        item_id=job.subject_id,
        engine=outcome.engine.name,
        engine_version=ENGINE_VERSION,
        model=outcome.engine.model,
        language=settings.SPEECH_LANGUAGE[:16],
        is_outside=outcome.engine.is_outside,
        party=outcome.engine.party,
        duration_s=outcome.duration_s,
        dropped=[
            {"from_s": one.start_s, "to_s": one.end_s, "reason": one.reason}
            for one in outcome.judged.dropped
        ],
        problem=outcome.problem,
        segment_count=len(outcome.judged.kept),
        created_at=timezone.now(),
    )
    rows = (
        Segment(
            id=uuid.uuid4(),
            transcript=made,
            index=index,
            start_s=one.heard.start_s,
            end_s=one.heard.end_s,
            text=one.heard.text,
            doubts=list(one.doubts),
        )
        for index, one in enumerate(outcome.judged.kept)
    )
    Segment.objects.bulk_create(rows, batch_size=BATCH)
    facts = {
        "name": "transcript",
        "transcript": str(made.pk),
        "engine": made.engine,
        "segments": made.segment_count,
        "dropped": len(made.dropped),
    }
    if outcome.problem:
        facts["problem"] = outcome.problem
    custody.record(Subject.ITEM, job.subject_id, Act.DERIVED, actor=LISTENER, facts=facts)


def _hear(item: EvidenceItem, engine: Engine, actor: Actor) -> tuple[Parsed, list[Heard]]:
    elsewhere = _Heard(speech_http.HttpRecogniser())
    limits = Limits(
        memory_bytes=settings.READING_MEMORY_BYTES,
        cpu_s=settings.SPEECH_TIMEOUT_S,
        timeout_s=settings.SPEECH_TIMEOUT_S,
    )
    with release.open_item(item, actor=actor) as file:
        parsed, words = listening.hear(
            file, size=item.size, told=_told(engine), limits=limits, take=elsewhere.take
        )
    return parsed, words if engine.name == SHERPA else elsewhere.words


def _told(engine: Engine) -> Told:
    most_s = settings.SPEECH_MAX_SECONDS
    if engine.name != SHERPA:
        return Told(longest_s=speech_http.longest_s(), pause_s=None, most_s=most_s)
    sherpa = {
        "model": settings.SPEECH_SHERPA_MODEL,
        "tokens": settings.SPEECH_SHERPA_TOKENS,
        "language": settings.SPEECH_LANGUAGE,
    }
    return Told(longest_s=LONGEST_S, pause_s=PAUSE_S, most_s=most_s, sherpa=sherpa)


def _record_leaving(item: EvidenceItem, engine: Engine, actor: Actor) -> None:
    """That the sound leaves the house, for whom: in the log before the first byte is sent."""
    facts = {"to": "speech_to_text", "party": sha256_hex(engine.party.encode())}
    custody.record_once(
        Subject.ITEM,
        item.pk,
        Act.RELEASED,
        actor=actor,
        per=timedelta(hours=1),
        facts=facts,
        durable=True,
    )


def _duration_s(parsed: Parsed) -> float | None:
    told = parsed.summary.get("duration_ms")
    return told / 1000 if isinstance(told, int) and told >= 0 else None


def _silences(item: EvidenceItem) -> list[tuple[float, float]]:
    """The silence map of the newest reading."""
    reading = Reading.objects.filter(item=item).current().first()
    found = reading.facts.get("silences") if reading else None
    return [(float(a), float(b)) for a, b in found or ()]
