"""How many packages an account asked for today: the number that `accounts.quotas` asks for."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from complaints.models import Package

BEIJING = ZoneInfo("Asia/Shanghai")


def packages_today(user: User) -> int:
    """Packages that this user asked for since midnight, 北京时间."""
    midnight = timezone.now().astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    return Package.objects.filter(asked_by=user, asked_at__gte=midnight).count()
