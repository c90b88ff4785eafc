"""`manage.py invite ROLE`: how the first staff, and all later ones, come in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from accounts import invitations
from accounts.models import STAFF_ROLES, Role


class Command(BaseCommand):
    """Makes a one-time invitation and prints it; nobody can print it again."""

    help = "Print a one-time code with which one person signs up as staff."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=sorted(STAFF_ROLES))

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        code = invitations.make(Role(role))
        self.stdout.write(
            f"Invitation for one {role}, valid for {invitations.LIFETIME.days} days, used once:\n\n"
            f"    {code}\n\n"
            f"Sign up at {settings.SITE_ORIGIN}/console/join/ with this code, a user name and a\n"
            "passphrase; a second factor is asked for before any evidence is shown."
        )
