"""`manage.py sweep`: what each worker does on its timer, once and by hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from evidence import jobs, scratch, tasks
from evidence.uploads import sweeping


class Command(BaseCommand):
    help = "Ring for whatever is due; take away what expired uploads and dead processes left."

    def handle(self, *args: Any, **options: Any) -> None:
        tasks.ask_for_log()
        tasks.ask_for_fixity()
        stages = jobs.sweep()
        ended = sweeping.sweep()
        scratch.empty_dead()
        self.stdout.write(f"rang: {', '.join(stages) or 'nothing'}; uploads ended: {ended}")
