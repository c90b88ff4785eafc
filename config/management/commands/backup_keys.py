"""`manage.py backup_keys FILE`: all keys of the house under a passphrase, apart from the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import key_archive, keys, passphrases
from evidence import custody
from evidence.custody import Act, Actor, Subject
from evidence.vault import durable, keyring, matching_key

KEEPER = Actor.system("backup_keys")


class Command(BaseCommand):
    """Keep what it writes far from any backup of the data: whoever has both has everything."""

    help = "Write all keys into one new file, encrypted by a passphrase."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that does not exist yet")
        passphrases.add_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        keys.refuse_start(settings.KEYS_DIR)  # and ends what a rotation left half done
        passphrase = passphrases.ask(options["passphrase_file"], twice=True)
        files = {
            path.name: path.read_bytes()
            for path in settings.KEYS_DIR.iterdir()
            if path.is_file() and key_archive.NAME.fullmatch(path.name)
            # Made anew when it is missing; in no copy it could turn back marks of an old backup.
            if path.name != matching_key.FILE_NAME
        }
        try:
            durable.write_new(options["file"], key_archive.seal(files, passphrase))
        except key_archive.PassphraseTooShortError as refusal:
            raise CommandError(f"the passphrase is too short: {refusal}") from refusal
        except FileExistsError:
            raise CommandError("that file is there already; nothing was written") from None
        house = keyring.house().fingerprint
        facts = {"files": len(files)}
        custody.record(Subject.HOUSE, house, Act.KEYS_BACKED_UP, actor=KEEPER, facts=facts)
        self.stdout.write(f"{len(files)} files are in it. Keep it apart from every backup.")
        if settings.MASTER_KEY:
            self.stdout.write("The master key is NOT in it: it is the setting MASTER_KEY.")
