"""The evidence app: takes items in, proves them, reads them, names the abuse."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class EvidenceConfig(AppConfig):
    """Puts the guard of the proof rows in place."""

    name = "evidence"
    verbose_name = "Evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what must run in every process."""
        from accounts import quotas  # noqa: PLC0415 - models are not ready any sooner
        from evidence import checks, guard, usage  # noqa: PLC0415
        from evidence import tasks as _hears_the_bell  # noqa: F401, PLC0415

        register(checks.check_proof_guard)
        register(checks.check_reading_cell, deploy=True)
        register(checks.check_speech)
        # For every app, not only ours: `complaints` has proof rows of its own.
        post_migrate.connect(guard.install_after_migrate, dispatch_uid="evidence.guard")
        quotas.count_by(quotas.Quota.BYTES, usage.bytes_used)
        quotas.count_by(quotas.Quota.OPEN_UPLOADS, usage.open_uploads)
