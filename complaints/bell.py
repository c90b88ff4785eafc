"""Rings for the stages of complaints, knowing only their names: the web process imports this."""

from __future__ import annotations

from typing import Any

import structlog
from celery import current_app
from kombu.exceptions import KombuError

from complaints.stages import asking, parting, redacting
from evidence import jobs

log = structlog.get_logger(__name__)

STAGES = frozenset([asking.STAGE, parting.STAGE, redacting.STAGE])
TASK = "complaints.tasks.work"


def ring(sender: Any, *, stage: str, **_: Any) -> None:
    """Send the bell for a stage of ours. A broker that is away costs a sweep, no work."""
    if stage in STAGES:
        try:
            current_app.send_task(TASK, [stage])
        except (KombuError, OSError) as problem:
            log.warning("bell_not_rung", stage=stage, problem=type(problem).__name__)


def connect() -> None:
    """Listen to what is due; called once when Django starts."""
    jobs.due.connect(ring, dispatch_uid="complaints.bell")
