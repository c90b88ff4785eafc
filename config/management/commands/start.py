"""`manage.py start`: bring keys and database up to date before web and worker run."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from complaints.demo import case as demo
from config import bucket, keys
from evidence import guard, rotation


class Command(BaseCommand):
    """Makes missing keys, migrates, and with DEMO=1 fills an empty database with a sample."""

    help = "Make missing keys, migrate, and with DEMO=1 bring an invented case into an empty house."
    requires_system_checks: list[str] = []  # it makes what they look for

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-sample", action="store_true", help="leave an empty one empty")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("make_keys", verbosity=0, stdout=self.stdout)
        if bucket.make(storages["vault"]):
            self.stdout.write("Made the vault's bucket.")
        self._refuse_lifted_guard()
        call_command("migrate", verbosity=0, interactive=False)
        keys.settle_rotation(settings.KEYS_DIR)
        rotation.record_missing()
        call_command("replay_erasures", verbosity=options["verbosity"], stdout=self.stdout)
        if settings.DEMO and not options["no_sample"] and not User.objects.exists():
            self._bring_sample_in()

    def _refuse_lifted_guard(self) -> None:
        """A trigger that was taken away is looked at by a person; `migrate` puts it back unseen."""
        absent = guard.missing()
        if absent:
            raise CommandError(
                f"The guard of the proof rows is not whole: {', '.join(absent)}. Somebody or some "
                "migration took it away. Run `manage.py check_log`, then `manage.py migrate`."
            )

    def _bring_sample_in(self) -> None:
        people = demo.make_people()
        demo.bring_in(settings.FONT_DIR)
        self.stdout.write("\n样例 · DEMO=1: this database was empty, so an invented case is in it.")
        self.stdout.write("Start with DEMO=0 on an empty database to have none. Sign-ins:")
        for one in people:
            self.stdout.write(f"  {one.username:<14} {one.passphrase}   ({one.role})")
        self.stdout.write("They are shown this once.\n")
