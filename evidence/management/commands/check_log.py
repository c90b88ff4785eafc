"""`manage.py check_log`: walk every chain of the custody log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence.log_walk import LogWalk, walk


class Command(BaseCommand):
    help = "Walk every chain of the custody log; name the first bad event of each broken one."

    def handle(self, *args: Any, **options: Any) -> None:
        seen, faults = LogWalk(), 0
        for fault in walk(seen):
            faults += 1
            place = f"{fault.subject_type} {fault.subject_id}, event {fault.sequence}"
            self.stdout.write(f"{place}: {fault.code}")
        self.stdout.write(f"{seen.events} events in {seen.chains} chains, {faults} broken.")
        if faults:
            raise CommandError("the log does not hold", returncode=1)
        if not seen.events:
            raise CommandError("there was nothing to check", returncode=2)
