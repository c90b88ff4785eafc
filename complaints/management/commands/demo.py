"""`manage.py demo`: walk the main job on invented files, leave the packages, print the verdict."""

from __future__ import annotations

import shutil
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from complaints.demo import walk


class Command(BaseCommand):
    """Needs an installation of its own (an empty database): `make demo` gives it one."""

    help = "Walk the main job on invented files; leaves folder, ZIP and bag in DEMO_DIR."
    requires_system_checks: list[str] = []  # it makes what they look for

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("start", verbosity=0, no_sample=True)
        if User.objects.exists():
            raise CommandError("this installation is in use; `make demo` brings one of its own")
        into = settings.DEMO_DIR
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        worst = 0
        for left in walk.walk(settings.FONT_DIR, into):
            worst = max(worst, left.verdict.exit_code)
            self.stdout.write(f"{left.agency}: {left.verdict.verdict}")
            for path in (left.folder, left.archive, left.bag):
                self.stdout.write(f"  {path}")
        if worst:
            raise CommandError("a package did not verify")
