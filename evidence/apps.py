"""The evidence app."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers the evidence app with Django."""

    name = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
