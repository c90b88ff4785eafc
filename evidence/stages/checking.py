"""The sweep's stage: one run over the vault a job. Everything it finds it keeps by itself."""

from __future__ import annotations

import uuid

from evidence import fixity
from evidence.models import Job

VAULT_ID = uuid.UUID("76617500-0000-4000-8000-000000000000")  # the vault, as a job's subject


def prepare(job: Job) -> int:
    """Look at what is due; outside any transaction, each look is kept at once.

    Raises:
        fixity.StoreAwayError: time heals it.
    """
    return fixity.run()


def keep(job: Job, looked: int) -> None:
    """Nothing is left to keep."""
