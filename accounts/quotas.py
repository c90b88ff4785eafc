"""What one account may use. The rooms above count, each its own; here is compared and refused.

A room registers its counter when Django starts (`AppConfig.ready`): accounts imports nothing of
ours, and a quota that nobody counts must be a fault, not a quota that never ends.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.conf import settings

from .errors import QuotaSpentError
from .models import User


class Quota(StrEnum):
    """What is counted. `packages` counts one day of 北京时间."""

    BYTES = "bytes"
    OPEN_UPLOADS = "open_uploads"
    PACKAGES = "packages"


Counter = Callable[[User], int]
_counters: dict[Quota, Counter] = {}


def count_by(quota: Quota, counter: Counter) -> None:
    """Say how one quota is counted; called once by the room that knows."""
    _counters[quota] = counter


def uncounted() -> list[Quota]:
    """Name the quotas that no room counts; a system check refuses to start with any."""
    return [quota for quota in Quota if quota not in _counters]


def used(user: User, quota: Quota) -> int:
    """Count what one account uses now."""
    return _counters[quota](user)


def limit(quota: Quota) -> int:
    """Give the limit of one quota, by settings."""
    return {
        Quota.BYTES: settings.QUOTA_BYTES,
        Quota.OPEN_UPLOADS: settings.QUOTA_OPEN_UPLOADS,
        Quota.PACKAGES: settings.QUOTA_PACKAGES_PER_DAY,
    }[quota]


def check_upload(user: User, size: int, *, opens: bool = False) -> None:
    """Refuse an upload that would not fit.

    Args:
        user: who pays for it.
        size: bytes that it will take.
        opens: whether it stays open and is filled piece by piece (tus).

    Raises:
        QuotaSpentError: `which` is `open_uploads` or `bytes`.
    """
    if opens:
        _check(user, Quota.OPEN_UPLOADS, 1)
    _check(user, Quota.BYTES, size)


def check_package(user: User) -> None:
    """Refuse one package too many in a day.

    Raises:
        QuotaSpentError: `which` is `packages`.
    """
    _check(user, Quota.PACKAGES, 1)


def as_json(user: User) -> dict[str, int]:
    """Give usage and limits together, as `/api/me/` shows them."""
    return {
        "bytes_used": used(user, Quota.BYTES),
        "bytes_limit": limit(Quota.BYTES),
        "open_uploads": used(user, Quota.OPEN_UPLOADS),
        "open_uploads_limit": limit(Quota.OPEN_UPLOADS),
        "packages_today": used(user, Quota.PACKAGES),
        "packages_limit": limit(Quota.PACKAGES),
    }


def _check(user: User, quota: Quota, more: int) -> None:
    now, most = used(user, quota), limit(quota)
    if now + more > most:
        raise QuotaSpentError(which=quota.value, used=now, limit=most)
