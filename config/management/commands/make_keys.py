"""`manage.py make_keys`: the keys of this installation, made once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from config import keys


class Command(BaseCommand):
    """Makes the key files that are missing and names them; run again, it does nothing."""

    help = "Make this installation's keys under KEYS_DIR (0600). Existing keys are never touched."
    requires_system_checks: list[str] = []  # it runs before any of them can pass

    def handle(self, *args: Any, **options: Any) -> None:
        origin = settings.LOG_ORIGIN or f"{urlsplit(settings.SITE_ORIGIN).hostname}/log"
        made = keys.make(settings.KEYS_DIR, at=timezone.now(), origin=origin)
        if made:
            self.stdout.write(f"Made {len(made)} key files in {settings.KEYS_DIR}.")
            self.stdout.write("Copy that folder to a place apart: without it nothing can be read.")
        else:
            self.stdout.write(f"All key files are there already ({settings.KEYS_DIR}).")
