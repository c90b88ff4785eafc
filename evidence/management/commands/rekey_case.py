"""`manage.py rekey_case CASE`: another key for one case; no byte of the vault is touched."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence import rewrapping
from evidence.errors import EvidenceError


class Command(BaseCommand):
    """Wraps every data key of the case by a new case key, then destroys the old one."""

    help = "Give one case another key. Killed, it goes on when run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", type=uuid.UUID)

    def handle(self, *args: Any, case: uuid.UUID, **options: Any) -> None:
        try:
            counts = rewrapping.rekey_case(case)
        except EvidenceError as problem:
            raise CommandError(f"{problem.code}: {problem}") from problem
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"Wrapped anew: {told}.")
