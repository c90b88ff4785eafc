"""The operator's pages: jobs and uploads, as ids and codes. No evidence is shown here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from evidence import jobs
from evidence.models import Job, Upload


class LookOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Nothing is added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Job)
class JobAdmin(LookOnly):
    """What is to do, what is late, what was given up."""

    list_display = [
        "stage",
        "subject_id",
        "version",
        "attempts",
        "last_problem",
        "next_at",
        "parked_at",
        "done_at",
    ]
    list_filter = ["stage", ("parked_at", admin.EmptyFieldListFilter)]
    ordering = ["-created_at"]
    actions = ["ask_again"]

    @admin.action(description="Ask again", permissions=["view"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        """Put parked jobs back on the road."""
        for job in queryset.filter(parked_at__isnull=False):
            jobs.ask_again(job.stage, job.subject_id, version=job.version)


@admin.register(Upload)
class UploadAdmin(LookOnly):
    """Uploads under way, and how the others ended."""

    list_display = ["id", "length", "created_at", "expires_at", "refusal", "ended_at"]
    list_filter = ["refusal"]
    ordering = ["-created_at"]
    fields = ["id", "length", "kind", "created_at", "expires_at", "refusal", "ended_at"]
