"""Ask for a package; a worker builds it. Apart from the building, whose engines are heavy."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import quotas
from accounts.models import User
from complaints import preflight
from complaints.composing.document import draft_sha256
from complaints.models import Complaint, Package
from evidence import jobs

STAGE = "package"


def ask(complaint: Complaint, *, user: User) -> Package:
    """Ask for a package of the complaint as it stands.

    Raises:
        preflight.PreflightBlocksError: the desk would send it back.
        accounts.errors.QuotaSpentError: too many today.
    """
    preflight.require(complaint)
    quotas.check_package(user)
    with transaction.atomic():
        row = Package.objects.create(
            complaint=complaint,
            asked_by=user,
            asked_at=timezone.now(),
            draft_sha256=draft_sha256(complaint),
        )
        jobs.add(STAGE, row.pk)
    return row
