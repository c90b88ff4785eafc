"""The console as an app of its own, so that its templates, tags and static files are found."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Registers the console; it has no rows."""

    name = "complaints.console"
    label = "console"
    verbose_name = "Console"
