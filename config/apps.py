"""The config app: what must be there before anything else runs."""

from __future__ import annotations

import os

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register


class ConfigConfig(AppConfig):
    """Makes the folders of an installation and registers the system checks."""

    name = "config"
    verbose_name = "Configuration"

    def ready(self) -> None:
        """Run in every process, before it does anything."""
        from . import checks, folders  # noqa: PLC0415 - models are not ready any sooner

        os.umask(0o077)  # whatever we write is for the user that runs us, and for nobody else
        folders.make(settings)
        register(checks.check_keys)
        register(checks.check_settings)
        register(checks.check_quotas)
