"""`manage.py hold_case`: keep a case back from erasure while the law says so, or end that."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence import holds
from evidence.custody import Actor
from evidence.models import Case

HOLDER = Actor.system("hold_case")


class Command(BaseCommand):
    """Its borrower is told the reason; the letter that demands it stays with the operator."""

    help = "Keep a case back from erasure by law, or end the hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", type=uuid.UUID, help="id of the case")
        how = parser.add_mutually_exclusive_group(required=True)
        how.add_argument("--reason", choices=[str(reason) for reason in holds.Reason])
        how.add_argument("--end", action="store_true", help="end the hold")

    def handle(self, *args: Any, **options: Any) -> None:
        case = Case.objects.kept().filter(pk=options["case"]).first()
        if case is None:
            raise CommandError("there is no such case")
        if options["end"]:
            holds.end(case, actor=HOLDER)
            self.stdout.write("Not held. What was asked for is carried out within six hours.")
        else:
            holds.hold(case, reason=holds.Reason(options["reason"]), actor=HOLDER)
            self.stdout.write("Held. Nothing of it is erased until the hold is ended.")
