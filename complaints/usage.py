"""How many packages an account asked for today: the number that `accounts.quotas` asks for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from complaints.models import Package

BEIJING = ZoneInfo("Asia/Shanghai")


def packages_today(user: User) -> int:
    """Packages asked for since midnight in Beijing."""
    there = timezone.now().astimezone(BEIJING)
    midnight = datetime(there.year, there.month, there.day, tzinfo=BEIJING)
    return Package.objects.filter(asked_by=user, asked_at__gte=midnight).count()
