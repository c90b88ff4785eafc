"""`/health/`: is every part there that a person's evidence needs? Each is named; no secret is.

503 when one fails, so that a balancer or a watchdog can act on the status alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evidence import fixity, guard, outside
from evidence.integrity.trust import Role
from evidence.models import Job, PendingLeaf
from evidence.vault import keyring

from . import keys

KEPT_S = 5  # one look serves everyone who asks within this time, so asking is no attack
LATE = timedelta(minutes=5)

log = structlog.get_logger(__name__)


def database() -> str:
    """Answer to the simplest question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations() -> str:
    """Have every migration applied."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return f"{waiting} migrations are not applied" if waiting else ""


def proof_guard() -> str:
    """Have every trigger that keeps proof rows as they are."""
    absent = guard.missing()
    return f"{len(absent)} triggers are missing" if absent else ""


def key_files() -> str:
    """Have every key, closed to others."""
    found = keys.faults(settings.KEYS_DIR)
    return f"{found[0].file}: {found[0].says}" if found else ""


def storage() -> str:
    """Take bytes, give them back, and let them go."""
    vault = storages["vault"]
    probe = vault.save(f"health-{uuid.uuid4()}", ContentFile(b"probe"))
    try:
        with vault.open(probe) as file:
            return "" if file.read() == b"probe" else "the vault gives back other bytes"
    finally:
        vault.delete(probe)


def work() -> str:
    """Have no job that is due and that no worker has taken for five minutes."""
    late = Job.objects.open().filter(parked_at__isnull=True, next_at__lt=timezone.now() - LATE)
    idle = late.exclude(lease_until__gt=timezone.now()).count()
    return f"{idle} jobs wait for a worker" if idle else ""


def merkle_log() -> str:
    """Have no event that has waited for its place in the log for five minutes."""
    waiting = PendingLeaf.objects.filter(event__at__lt=timezone.now() - LATE).count()
    return f"{waiting} events wait for their place in the log" if waiting else ""


def stamps() -> str:
    """Have no outside stamp or renewal that was waited for longer than TSA_LATE_S."""
    late = outside.overdue(timezone.now()).count()
    return f"{late} outside stamps or renewals are overdue" if late else ""


def certificates() -> str:
    """Sign and stamp with certificates that outlast the renewal of what they stamped."""
    house, soon = keyring.house(), timezone.now() + timedelta(days=settings.TSA_RENEW_DAYS)
    ends = {
        role: house.entry(role).load_certificate().not_valid_after_utc
        for role in (Role.CA, Role.EMBEDDED_TSA, Role.PDF_SIGNER)
    }
    return ", ".join(f"{role} ends {end:%Y-%m-%d}" for role, end in ends.items() if end < soon)


def fixity_sweep() -> str:
    """Have found nothing missing, changed, unreadable or orphaned in the vault."""
    return ", ".join(f"{count} {word}" for word, count in sorted(fixity.told().items()))


PARTS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "proof_guard": proof_guard,
    "keys": key_files,
    "storage": storage,
    "work": work,
    "log": merkle_log,
    "stamps": stamps,
}
# What a person must look at, while people are served as before: no reason to stop a server.
ALARMS: dict[str, Callable[[], str]] = {"fixity": fixity_sweep, "certificates": certificates}


def look() -> list[dict[str, str | bool]]:
    """Look at each part; one that cannot even be looked at fails with its error's type."""
    report: list[dict[str, str | bool]] = []
    for name, part in {**PARTS, **ALARMS}.items():
        try:
            says = part()
        except Exception as error:
            # Broad on purpose: whatever breaks here is the finding itself, and it is shown.
            log.exception("health_part_failed", stage=name)
            says = type(error).__name__
        report.append({"name": name, "ok": not says, "says": says})
    return report


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Give `{status, checks: [{name, ok, says}]}`; 200 (`ok`, `faults`) or 503 (`failing`)."""
    report = cache.get("health")
    if report is None:
        report = look()
        cache.set("health", report, KEPT_S)
    failing = {str(part["name"]) for part in report if not part["ok"]}
    is_serving = failing <= ALARMS.keys()
    status = "failing" if not is_serving else "faults" if failing else "ok"
    return JsonResponse({"status": status, "checks": report}, status=200 if is_serving else 503)
