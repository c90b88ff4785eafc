"""The road of a complaint, for workers only: its engines are heavy."""

from __future__ import annotations

from celery import shared_task

from complaints.stages import asking, leaving, packaging, parting, redacting
from evidence import jobs
from evidence.jobs import Step
from evidence.models import Job


def nothing_after(job: Job) -> None:
    """The end of a road."""


ROAD = {
    asking.STAGE: Step(packaging.prepare, packaging.keep, nothing_after),
    redacting.STAGE: Step(redacting.prepare, redacting.keep, nothing_after),
    parting.STAGE: Step(leaving.prepare, leaving.keep, nothing_after),
}


@shared_task
def work(stage: str) -> None:
    """Do what is due in one stage. Safe to run twice, to be killed, to be rung for nothing."""
    jobs.work(stage, ROAD)
