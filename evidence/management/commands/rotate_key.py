"""`manage.py rotate_key ROLE`: a new key in one role, the old one listed for its time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence import rotation
from evidence.errors import EvidenceError
from evidence.integrity.trust import Role


class Command(BaseCommand):
    """Rotates; web and worker take the new key by themselves, old packages keep verifying."""

    help = "Replace one lower key: log, manifest, pdf_signer, embedded_tsa or ca (all three)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=[str(role) for role in Role])

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"])
        try:
            house = rotation.rotate(role)
        except EvidenceError as problem:
            raise CommandError(f"{problem.code}: {problem}") from problem
        entry = house.entry(role)
        self.stdout.write(f"New {role} key {entry.fingerprint}, in use since {entry.not_before}.")
        self.stdout.write("Copy the keys to their place apart again: the older copy lacks it.")
