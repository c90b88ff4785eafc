"""`manage.py restore_keys FILE`: bring the keys of a house back into an empty folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import key_archive, passphrases
from evidence.vault import durable


class Command(BaseCommand):
    """No key that is there is ever replaced."""

    help = "Unpack what backup_keys wrote into KEYS_DIR, which must be empty."
    requires_system_checks: list[str] = []  # they look for the keys

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup_keys` wrote")
        passphrases.add_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = settings.KEYS_DIR
        if folder.exists() and any(folder.iterdir()):
            raise CommandError("KEYS_DIR is not empty; nothing was written")
        try:
            archive = options["file"].read_bytes()
            files = key_archive.unseal(
                archive, passphrases.ask(options["passphrase_file"], twice=False)
            )
        except OSError as cause:
            raise CommandError("the archive cannot be read") from cause
        except key_archive.KeyArchiveRefusedError as refusal:
            raise CommandError(f"nothing was written: {refusal}") from refusal
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for name, content in files.items():
            durable.write_new(folder / name, content)
        self.stdout.write(f"{len(files)} files are back. Is a newer erasures.jsonl anywhere?")
        self.stdout.write("Then lay it there: what was erased since is in no older one.")
