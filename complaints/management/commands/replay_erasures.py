"""`manage.py replay_erasures`: do again what a restored backup undid; `start` runs it too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from complaints.stages import leaving
from evidence.vault.erasure_list import ErasureListError


class Command(BaseCommand):
    help = "Erase again whatever the list kept with the keys names and this database still has."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = leaving.replay()
        except ErasureListError as damage:
            raise CommandError(f"the list of erasures does not hold: {damage}") from damage
        if count or options["verbosity"] > 1:
            self.stdout.write(f"{count} erasures were done again or to their end.")
