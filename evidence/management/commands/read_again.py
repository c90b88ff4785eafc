"""`manage.py read_again`: have the reading engine of today read what earlier ones read."""

from __future__ import annotations

import argparse
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from evidence import tasks


class Command(BaseCommand):
    help = (
        "Ask for a new reading of every item that an earlier engine read. The earlier readings "
        "stay; it works whatever READ_AGAIN says."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", type=uuid.UUID, help="only items of this case")
        parser.add_argument("--item", type=uuid.UUID, help="only this item")
        parser.add_argument("--count", action="store_true", help="say how many; ask for nothing")
        parser.add_argument("--most", type=_count, help="ask for so many at most, the oldest first")

    def handle(
        self,
        *args: Any,
        case: uuid.UUID | None,
        item: uuid.UUID | None,
        count: bool,
        most: int | None,
        **options: Any,
    ) -> None:
        rows = tasks.outdated()
        if case:
            rows = rows.filter(case=case)
        if item:
            rows = rows.filter(pk=item)
        if count:
            self.stdout.write(f"read by an earlier engine: {rows.count()}")
            return
        asked = tasks.ask_to_read_again(rows[:most] if most else rows)
        self.stdout.write(f"asked for: {asked}")


def _count(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("1 or more")
    return number
