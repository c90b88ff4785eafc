"""`manage.py rotate_matching_key`: a new key for comparing collectors; the old one is destroyed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence import collectors, jobs, matching
from evidence.errors import EvidenceError
from evidence.vault import matching_key


class Command(BaseCommand):
    """Marks made by the old key mean nothing from then on; a worker counts anew at once."""

    help = "Replace the key under which collectors are compared, and count anew."

    def handle(self, *args: Any, **options: Any) -> None:
        if not matching.is_on():
            raise CommandError("COLLECTOR_MATCHING is off: there is no key in use")
        try:
            name = matching_key.replace()
        except EvidenceError as problem:
            raise CommandError(f"{problem.code}: {problem}") from problem
        jobs.ask_again(collectors.MATCH, collectors.HOUSE_ID)
        self.stdout.write(f"New key {name}. The old one is gone; a worker counts anew now.")
