"""`manage.py verify_items`: check items against all that is kept of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence import verification
from evidence.models import EvidenceItem


class Command(BaseCommand):
    help = "Re-read items, oldest first, and check bytes, custody log, receipt and tokens."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("items", nargs="*", help="ids; all when none is named")

    def handle(self, *args: Any, items: list[str], **options: Any) -> None:
        rows = EvidenceItem.objects.order_by("received_at")
        if items:
            rows = rows.filter(pk__in=items)
        verdicts: Counter[str] = Counter()
        for item in rows.iterator(200):
            verdict = verification.verify_item(item)
            verdicts[verdict.verdict] += 1
            for check in verdict.checks:
                if check.result != verification.Result.PASS:
                    self.stdout.write(f"{item.pk} {check.name}: {check.result} {check.what}")
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
        self.stdout.write(told or "no items")
        if verdicts["changed"]:
            raise CommandError("an item was changed", returncode=1)
        if verdicts["cannot_check"] or not verdicts:
            raise CommandError("not everything could be checked", returncode=2)
