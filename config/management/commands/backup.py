"""`manage.py backup FOLDER`: database and vault in one folder, without any key of the house."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import backups
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.vault.failures import StorageFailedError

COPIER = Actor.system("backup")


class Command(BaseCommand):
    """Web and worker may run meanwhile."""

    help = "Copy database and vault into a new folder. Keys are another act: backup_keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that is new or empty")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            index = backups.write(options["folder"], at=now)
        except backups.BackupError as refusal:
            raise CommandError(f"no backup was made: {refusal}") from refusal
        except StorageFailedError as cause:
            raise CommandError("no backup was made: the vault did not answer") from cause
        facts = {"sha256": index.sha256, "envelopes": index.envelopes}
        custody.record(Subject.HOUSE, index.house, Act.BACKED_UP, actor=COPIER, facts=facts, at=now)
        self.stdout.write(f"{index.envelopes} envelopes and the database are in this folder.")
        self.stdout.write("The database is plain: encrypt the place where you keep it. No key of")
        self.stdout.write("the house is in it; without the keys (backup_keys) it opens no file.")
