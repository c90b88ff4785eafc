"""The complaints app: makes a case out of items; stands on evidence's doors."""

from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Registers the complaints app with Django and counts its quota."""

    name = "complaints"
    verbose_name = "Complaints"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what must run in every process."""
        from accounts import quotas  # noqa: PLC0415 - models are not ready any sooner
        from complaints import bell, narrowing, rereading, usage  # noqa: PLC0415

        quotas.count_by(quotas.Quota.PACKAGES, usage.packages_today)
        bell.connect()
        narrowing.connect()
        rereading.connect()
