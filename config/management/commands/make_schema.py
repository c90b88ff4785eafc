"""`manage.py make_schema`: writes docs/openapi.json; `--check` fails when it is out of step."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import schema
from config.urls import CLOSED


class Command(BaseCommand):
    """Merges our schema, allauth's and the tus paths into one file."""

    help = "Write the one OpenAPI file from which docs, client types and fuzzing work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if it would.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        text = schema.written(schema.merged(CLOSED))
        file = settings.SCHEMA_FILE
        if check:
            if not file.is_file() or file.read_text("utf-8") != text:
                raise CommandError(f"{file.name} is out of step: run `manage.py make_schema`.")
            self.stdout.write(f"{file.name} is in step.")
            return
        file.write_text(text, "utf-8")
        self.stdout.write(f"Wrote {file.name}.")
