"""`manage.py retry_jobs`: ask again for work that was given up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from evidence import jobs
from evidence.models import Job


class Command(BaseCommand):
    help = "Ask again for parked jobs: after their cause was mended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", help="only this one")

    def handle(self, *args: Any, stage: str | None, **options: Any) -> None:
        rows = Job.objects.parked()
        if stage:
            rows = rows.filter(stage=stage)
        for job in rows:
            jobs.ask_again(job.stage, job.subject_id, version=job.version)
            self.stdout.write(f"{job.stage} {job.subject_id}: {job.last_problem}")
