"""What stands in an installation after its processes were killed and started again."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from complaints.models import Package
from evidence import leftovers, scratch, verification
from evidence.models import (
    CustodyEvent,
    Derivative,
    EvidenceItem,
    FindingRun,
    ItemReceipt,
    Job,
    Reading,
    Record,
    Tagging,
    TimeStampToken,
    Upload,
)
from evidence.uploads import sweeping
from evidence.vault import shelf
from tests.road.scene import MARKER

NOW = timedelta(0)
TIMES = ("received", "sealed", "read", "tagged", "digested")


def wait_for_leases(deadline_s: float) -> None:
    """Until no upload is held by a writer that is dead."""
    last = time.monotonic() + deadline_s
    while Upload.objects.filter(lease_until__gt=timezone.now()).exists():
        if time.monotonic() > last:
            raise TimeoutError(f"leases of dead writers outlive {deadline_s} s")
        time.sleep(0.1)


def all_of_it() -> dict[str, Any]:
    """Counts and verdicts; looked at before and after the leftovers are removed."""
    orphans = list(leftovers.find(older_than=NOW))
    leftovers.remove(orphans)
    scratch.empty_dead()
    sweeping.sweep()
    return {
        "open": Job.objects.open().count(),
        "parked": Job.objects.parked().count(),
        "uploads_open": Upload.objects.filter(ended_at__isnull=True).count(),
        "uploads_without_item": Upload.objects.filter(item__isnull=True).count(),
        "items": EvidenceItem.objects.count(),
        "receipts": ItemReceipt.objects.count(),
        "acts": {act: sorted(_acts(act).values()) for act in TIMES},
        "tokens": TimeStampToken.objects.count(),
        "readings": Reading.objects.count(),
        "taggings": sorted(Counter(Tagging.objects.values_list("item", flat=True)).values()),
        "records": [Record.objects.count(), sum(r.record_count for r in Reading.objects.all())],
        "derivatives": Derivative.objects.count(),
        "cases_looked_over": FindingRun.objects.values("case").distinct().count(),
        "packages": [[p.is_offered, p.verdict] for p in Package.objects.all()],
        "packaged": CustodyEvent.objects.filter(act="packaged").count(),
        "verdicts": dict(Counter(_verdict(item) for item in EvidenceItem.objects.all())),
        "orphans_found": len(orphans),
        "in_vault": sum(1 for _ in shelf.names()),
        "half_kept": sorted(path.name for path in settings.UPLOADS_DIR.glob("*")),
        "scratch": sorted(p.name for p in settings.SCRATCH_DIR.glob("*/*")),
        "in_clear": _in_clear(),
    }


def _acts(act: str) -> Counter[str]:
    rows = CustodyEvent.objects.filter(subject_type="item", act=act)
    return Counter(rows.values_list("subject_id", flat=True))


def _verdict(item: EvidenceItem) -> str:
    return verification.verify_item(item).verdict


def _in_clear() -> list[str]:
    """Files outside the database in which the marker stands."""
    marker = MARKER.encode()
    files = [path for path in settings.VAR_DIR.rglob("*") if path.is_file()]
    return [p.name for p in files if "sqlite3" not in p.name and marker in p.read_bytes()]
