"""`manage.py worker`: does what is due until it is stopped."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config import keys
from config.celery import app
from evidence import scratch

MOST_PROCESSES = 4  # of one worker unless told: each may read a large file


class Command(BaseCommand):
    """Seals, reads, tags, packages. An error of a system check stops it before its first job."""

    help = "Do what is due: seal, read, tag, package. Stops after the work in hand."

    def add_arguments(self, parser: CommandParser) -> None:
        processes = max(1, min(MOST_PROCESSES, os.cpu_count() or 1))
        parser.add_argument("--processes", type=int, default=processes, help="how many at once")

    def handle(self, *args: Any, processes: int, **options: Any) -> None:
        keys.refuse_start(settings.KEYS_DIR)
        scratch.empty_dead()
        app.worker_main(
            [
                "--quiet",  # no banner: it is no line of our log
                *("worker", "--pool", "prefork", "--concurrency", str(processes)),
                *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
            ]
        )
