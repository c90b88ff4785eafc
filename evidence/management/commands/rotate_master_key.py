"""`manage.py rotate_master_key`: a new key above all case keys; no byte of the vault is touched."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence import rewrapping
from evidence.errors import EvidenceError
from evidence.vault import master_key


class Command(BaseCommand):
    """Makes a new master key unless a rotation is unfinished, and wraps the case keys by it."""

    help = "Make a new master key and wrap every case key by it. Killed, it goes on when run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=rewrapping.BATCH, help="rows at once")

    def handle(self, *args: Any, batch: int, **options: Any) -> None:
        if master_key.is_half_replaced() or not (rewrapping.waiting() or settings.MASTER_KEY):
            self._new_key()
        done = rewrapping.rewrap_case_keys(batch=batch)
        self.stdout.write(f"{done.count} case keys are wrapped anew.")
        if done.unopened:
            raise CommandError(f"no key here opens those of the cases {', '.join(done.unopened)}")
        self._tell_of_older()

    def _new_key(self) -> None:
        try:
            name = rewrapping.new_master_key()
        except EvidenceError as problem:
            raise CommandError(f"{problem.code}: {problem}") from problem
        self.stdout.write(f"New master key {name}; web and worker use it from their next call on.")
        self.stdout.write("Copy the keys to their place apart again, now: the older copy lacks it.")

    def _tell_of_older(self) -> None:
        """An older key that wraps nothing any more can go; the operator takes it away."""
        needed = rewrapping.waiting()
        if settings.MASTER_KEY:
            if settings.MASTER_KEY_OLD and not needed:
                self.stdout.write("MASTER_KEY_OLD is needed by nothing in this database.")
            return
        for name, file in master_key.older_files(settings.KEYS_DIR).items():
            if name not in needed:
                self.stdout.write(
                    f"{file.name} is needed by nothing in this database. Run this again in an "
                    "hour; if it still says so, and no backup from before is to be restored "
                    "without it, destroy it here and in every copy."
                )
