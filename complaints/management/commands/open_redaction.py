"""`manage.py open_redaction`: what an expert needs to check a redacted copy against its parent."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from complaints.models import Redaction
from complaints.stages import redacting
from evidence.custody import Actor


class Command(BaseCommand):
    """Prints one line of JSON (docs/formats/redaction.md); the parent's log says so."""

    help = "Open the commitment of one redacted copy, for an expert who is given its parent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("item", type=uuid.UUID, help="of the copy, as in exhibits.json")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Redaction.objects.select_related("reading__item__case")
        row = rows.filter(item=options["item"]).first()
        if row is None:
            raise CommandError("no redacted copy has this id, or its case was erased")
        told = redacting.opening(row, actor=Actor.system("opening"))
        self.stdout.write(json.dumps(told, sort_keys=True))
