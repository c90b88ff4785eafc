"""What must not stay in a log: parked jobs, unsealed items, failing checks, as numbers on screen.

Counts only: everybody on the staff sees them, the operator too, and none of them is evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from evidence.custody import Act, Subject
from evidence.models import CustodyEvent, EvidenceItem, Fixity, Job

# A fault of an item that is in its log is counted there.
TOLD_OF_ITEM = Q(is_told=True, item_id__isnull=False, derivative_id__isnull=True)
CHECKS = (Act.CHECKED, Act.FAULT_FOUND)


@dataclass(frozen=True)
class Alarms:
    """How many of each there are now."""

    parked_jobs: int
    unsealed_items: int
    failing_items: int
    vault_faults: int  # what the sweep found beyond those: copies, orphans, what cannot be read

    @property
    def total(self) -> int:
        """The number in the header; 0 is no alarm."""
        return self.parked_jobs + self.unsealed_items + self.failing_items + self.vault_faults


def alarms() -> Alarms:
    """Count, over the whole house."""
    return Alarms(
        parked_jobs=Job.objects.parked().count(),
        unsealed_items=EvidenceItem.objects.kept().unsealed().count(),
        failing_items=faults().count(),
        vault_faults=vault_faults().exclude(TOLD_OF_ITEM).count(),
    )


def vault_faults() -> QuerySet[Fixity]:
    """What the last look at each envelope found wrong, longest standing first."""
    return Fixity.objects.faults().order_by("since", "pk")


def faults() -> QuerySet[CustodyEvent]:
    """The newest check of each item whose newest check found a fault, oldest first."""
    later = CustodyEvent.objects.filter(
        subject_type=Subject.ITEM,
        subject_id=OuterRef("subject_id"),
        act__in=CHECKS,
        sequence__gt=OuterRef("sequence"),
    )
    rows = CustodyEvent.objects.filter(subject_type=Subject.ITEM, act=Act.FAULT_FOUND)
    return rows.filter(~Exists(later)).order_by("at")
