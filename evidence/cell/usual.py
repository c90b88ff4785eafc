"""How this house lets a child read: the limits of the settings, the zone of times without one."""

from __future__ import annotations

from django.conf import settings

from evidence.cell.parent import Limits

ZONE = "Asia/Shanghai"
BRIEF_S = 30


def limits() -> Limits:
    """What one child may use, by the settings as they are now."""
    return Limits(
        memory_bytes=settings.READING_MEMORY_BYTES,
        cpu_s=settings.READING_CPU_S,
        timeout_s=settings.READING_TIMEOUT_S,
    )


def brief_limits() -> Limits:
    """For what somebody waits for: one place of a file, not the whole of it."""
    whole = limits()
    return Limits(
        memory_bytes=whole.memory_bytes,
        cpu_s=min(whole.cpu_s, BRIEF_S),
        timeout_s=min(whole.timeout_s, BRIEF_S),
    )
