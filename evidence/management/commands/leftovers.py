"""`manage.py leftovers`: what killed processes left in the vault; `--remove` takes it away."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from evidence import leftovers


class Command(BaseCommand):
    help = "List envelopes in the vault that no row names (older than a day); --remove drops them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="after a look at the list")

    def handle(self, *args: Any, remove: bool, **options: Any) -> None:
        found = list(leftovers.find())
        for name in found:
            self.stdout.write(name)
        if remove:
            leftovers.remove(found)
        self.stdout.write(f"{len(found)} left over, {'removed' if remove else 'none removed'}")
