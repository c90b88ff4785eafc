"""Django's admin for operators: accounts, invitations and jobs to look at. No evidence in it.

Nothing can be added, changed or deleted here: rows change by the product's own acts only.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import policy
from accounts.errors import SecondFactorNeededError
from accounts.models import Invitation, Role, User
from evidence.models import Job


class OperatorSite(admin.AdminSite):
    """Open to operators whose session a second factor opened; signing in is the console's."""

    site_header = site_title = "留证 Liuzheng"
    site_url = "/console/"
    index_title = "账号与任务 / Accounts and jobs"
    enable_nav_sidebar = False  # it needs a script that the lists do well without

    def has_permission(self, request: HttpRequest) -> bool:
        """Ask for role and second factor on every page."""
        user = request.user
        if not isinstance(user, User) or not user.is_active or user.role != Role.OPERATOR:
            return False
        try:
            policy.require_second_factor(request)
        except SecondFactorNeededError:
            return False
        return True

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send to the console's own sign-in."""
        return redirect("console:home" if request.user.is_authenticated else "console:sign-in")


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # Django knows no generics
    """Rows to look at; `OperatorSite` has asked who looks."""

    actions = None
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may come in may see the lists."""
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may come in may see the rows."""
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False


class UserAdmin(ReadOnly):
    """Accounts by the name they chose; what they own is not shown."""

    list_display = ("username", "role", "language", "is_active", "is_sample", "created_at")
    list_filter = ("role", "is_active", "is_sample")
    search_fields = ("username",)
    fields = (*list_display, "id", "last_login")
    ordering = ("role", "username")


class InvitationAdmin(ReadOnly):
    """Who was invited to which role, and whether it was used. No code: only its digest is kept."""

    list_display = ("role", "created_at", "expires_at", "used_at", "used_by")
    fields = list_display
    ordering = ("-created_at",)


class JobAdmin(ReadOnly):
    """Work asked for, by stage and subject id."""

    list_display = ("stage", "subject_id", "asked", "answered", "attempts", "last_problem")
    list_filter = ("stage", "last_problem")
    fields = (*list_display, "version", "created_at", "next_at", "parked_at", "done_at")
    ordering = ("-created_at",)


site = OperatorSite(name="operator")
site.register(User, UserAdmin)
site.register(Invitation, InvitationAdmin)
site.register(Job, JobAdmin)
