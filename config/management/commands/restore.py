"""`manage.py restore FOLDER`: an empty house is filled again, and what was erased stays erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import backups, keys
from evidence import custody, matching
from evidence.custody import Act, Actor, Subject
from evidence.vault.failures import StorageFailedError

RESTORER = Actor.system("restore")


class Command(BaseCommand):
    """The keys must be here first, with their list of erasures as it is now."""

    help = "Fill an empty database and vault from a backup, then erase again what was erased."
    requires_system_checks: list[str] = []  # they look into the database, which is empty

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="what `backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        keys.refuse_start(settings.KEYS_DIR)
        try:
            index = backups.bring_back(options["folder"])
        except backups.BackupError as refusal:
            raise CommandError(f"nothing was restored: {refusal}") from refusal
        except StorageFailedError as cause:
            raise CommandError("not restored as a whole: the vault did not answer") from cause
        call_command("migrate", verbosity=0, interactive=False)
        facts = {"sha256": index.sha256, "envelopes": index.envelopes}
        custody.record(Subject.HOUSE, index.house, Act.RESTORED, actor=RESTORER, facts=facts)
        self.stdout.write(f"{index.envelopes} envelopes and the database of {index.at} are back.")
        matching.end_all(actor=RESTORER)  # who took it back since the backup must not be back in
        call_command("replay_erasures", verbosity=2, stdout=self.stdout)
        self.stdout.write("Next: manage.py start, check_log, verify_items.")
