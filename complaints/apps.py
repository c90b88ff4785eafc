"""The complaints app."""

from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Registers the complaints app with Django."""

    name = "complaints"
    default_auto_field = "django.db.models.BigAutoField"
