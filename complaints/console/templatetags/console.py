"""What the console's templates need: texts of the catalogue, times, digests, hostile text."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from accounts import language
from complaints.console.passages import visible

register = template.Library()
BEIJING = ZoneInfo("Asia/Shanghai")


@register.simple_tag(takes_context=True)
def t(context: template.Context, key: str, **values: Any) -> str:
    """One text of the catalogue, in the language of the page."""
    return language.text(key, context["lang"], **values)


@register.simple_tag(takes_context=True)
def word(context: template.Context, prefix: str, value: Any) -> str:
    """The catalogue's word for a code (`prefix` + code); the code itself when it has none."""
    key = f"{prefix}{value}"
    if language.has_text(key, context["lang"]):
        return language.text(key, context["lang"])
    return str(value)


@register.filter
def format_word(format_id: str, lang: str) -> str:
    """What a file is, in words; a format that is newer than this catalogue, as its id."""
    key = f"format-{format_id}"
    return language.text(key, lang) if language.has_text(key, lang) else format_id


@register.simple_tag(takes_context=True)
def problem(context: template.Context, code: str) -> str:
    """What a problem code means; a fault of our own is named by its code."""
    if language.has_text(code, context["lang"]):
        return language.text(code, context["lang"])
    return code


@register.simple_tag(takes_context=True)
def act(context: template.Context, name: str) -> str:
    """The catalogue's word for an act of the custody log."""
    return word(context, "custody-act-", name.replace("_", "-"))


@register.filter
def age(at: datetime | None) -> str:
    """How long ago, in days and hours or hours and minutes: `3d 4h`, `2h 5m`."""
    if at is None:
        return ""
    minutes = int((timezone.now() - at).total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    return f"{days}d {hours}h" if days else f"{hours}h {minutes % 60}m"


@register.filter
def moment(at: datetime | None) -> str:
    """A time as 北京时间, to the second; nothing for None."""
    return "" if at is None else f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


@register.filter
def minute(at: datetime | None) -> str:
    """A time as 北京时间, to the minute; nothing for None."""
    return "" if at is None else f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


@register.filter
def day(at: datetime) -> str:
    """The day in Beijing."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d}"


@register.filter
def grouped(digest: str) -> str:
    """A digest in groups of four."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


@register.filter
def seen(text: Any) -> str:
    """Somebody else's text on one line, with each hidden character named."""
    return visible(str(text)) if text else ""


@register.filter
def mib(size: int) -> str:
    """A size in bytes, KiB or MiB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.1f} KiB"
    return f"{size / 1024 / 1024:.1f} MiB"
