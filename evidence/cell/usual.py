"""How this house lets a child read: the limits of the settings, the zone of times without one."""

from __future__ import annotations

from django.conf import settings

from evidence.cell.parent import Limits

ZONE = "Asia/Shanghai"


def limits() -> Limits:
    """What one child may use, by the settings as they are now."""
    return Limits(
        memory_bytes=settings.READING_MEMORY_BYTES,
        cpu_s=settings.READING_CPU_S,
        timeout_s=settings.READING_TIMEOUT_S,
    )
