"""Stage 4b: look for patterns over a case's whole timeline. The newest run counts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils import timezone

from evidence import custody
from evidence.abuse import patterns
from evidence.abuse.findings import Finding as Found
from evidence.abuse.timeline import Timeline
from evidence.custody import Act, Actor, Subject
from evidence.integrity.digest import canonical, sha256_hex
from evidence.models import Case, Finding, FindingRun, Job
from evidence.models.timelines import timeline_json

FINDER = Actor.system("finding")


@dataclass(frozen=True)
class Outcome:
    """What the patterns found, and the digest of the timeline that they saw."""

    timeline_sha256: str
    findings: list[Found]


def prepare(job: Job) -> Outcome:
    """Look over the timeline of the case as it is now."""
    seen = timeline_json(Case.objects.get(pk=job.subject_id))
    findings = list(patterns.find(Timeline.from_json(seen)))
    return Outcome(sha256_hex(canonical(seen)), findings)


def keep(job: Job, outcome: Outcome) -> None:
    """Write the run and its findings, unless the last run saw the very same with the same rules."""
    version = patterns.PATTERNS_VERSION
    last = FindingRun.objects.filter(case_id=job.subject_id).order_by("created_at").last()
    if last and (last.patterns_version, last.timeline_sha256) == (version, outcome.timeline_sha256):
        return
    run = FindingRun.objects.create(
        id=uuid.uuid4(),
        case_id=job.subject_id,
        patterns_version=version,
        timeline_sha256=outcome.timeline_sha256,
        created_at=timezone.now(),
    )
    Finding.objects.bulk_create(_row(run, found) for found in outcome.findings)
    facts = {
        "run": str(run.pk),
        "patterns_version": version,
        "findings": len(outcome.findings),
    }
    custody.record(Subject.CASE, job.subject_id, Act.TAGGED, actor=FINDER, facts=facts)


def _row(run: FindingRun, found: Found) -> Finding:
    return Finding(
        id=uuid.uuid4(),
        run=run,
        case_id=run.case_id,
        label=found.label or "",
        kind=found.kind,
        rule=found.rule,
        rule_version=str(found.rule_version),
        source=found.source,
        reason_zh=found.reason_zh,
        reason_en=found.reason_en,
        facts=found.told(),
        record_ids=list(found.event_ids),
        created_at=run.created_at,
    )
