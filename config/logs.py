"""Structured logs: one JSON object a line. Ids and digests only.

Two walls. Our own events keep the keys listed here, and of their values only what looks like an
id, a code, a number or a digest. What a library logs keeps its logger, its place in the code and
its exception's type; its words stay out, because we cannot know what it put into them.
docs/settings.md says what is never logged: names, paths, queries, addresses, tokens, content.
"""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware as StructlogRequestMiddleware
from structlog.typing import EventDict, Processor

# What a line may say, besides `event`; a room adds the names of its own ids.
KEYS = """
event level logger timestamp request_id user_id request code status incident
error where item case record reading tag finding upload job
stage subject package complaint review filing checkpoint leaf act problem
sha256 size count seconds attempt task task_id worker source format
reader reader_version tagger_version engine method route duration_ms next_at
"""
ALLOWED_KEYS = frozenset(KEYS.split())
_IDENTIFIER = re.compile(r"[\w.:/<>+ ()?$^\\{}\[\]|-]{0,200}", re.ASCII)
_OURS = ("accounts", "evidence", "complaints", "config", "django_structlog")


class RequestMiddleware(StructlogRequestMiddleware):
    """Logs each request by its route, never by its path: a path may carry a phone number."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Give the method and the route's pattern."""
        match = getattr(request, "resolver_match", None)
        return f"{request.method} {match.route if match else ''}".rstrip()


def keep_listed(logger: Any, method: str, event: EventDict) -> EventDict:
    """Drop every key that is not listed and every value that is not an id, code or number."""
    kept: EventDict = {}
    dropped = []
    for key, value in event.items():
        if key.startswith("_") or key == "exc_info":
            kept[key] = value  # structlog's own; the steps after this one use them up
        elif key in ALLOWED_KEYS and _is_plain(value):
            kept[key] = value
        else:
            dropped.append(key)
    if dropped:
        # Names of arguments, from our own code: they help to add a key, and tell nothing.
        kept["dropped"] = sorted(dropped)
    return kept


def hide_foreign_words(logger: Any, method: str, event: EventDict) -> EventDict:
    """Replace a library's message by the place in the code that wrote it."""
    record: logging.LogRecord | None = event.get("_record")
    if record is None or record.name.split(".")[0] in _OURS:
        return event
    kept = {key: value for key, value in event.items() if key.startswith("_")}
    if exc_info := event.get("exc_info"):  # structlog has taken it out of the record
        kept["exc_info"] = exc_info
    return kept | {
        "event": "library_event",
        "level": event.get("level"),
        "timestamp": event.get("timestamp"),
        "logger": record.name,
        "where": f"{record.module}:{record.lineno}",
    }


def name_error(logger: Any, method: str, event: EventDict) -> EventDict:
    """Put an exception as its type, its code and its place; its message may quote content."""
    given = event.pop("exc_info", None)
    if given is True:
        given = structlog.processors._figure_out_exc_info(given)
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["code"] = getattr(error, "code", event.get("code"))
        event["where"] = _places(error)
    return event


def _places(error: BaseException) -> list[str]:
    """The last frames, as `module:function:line`, innermost last; no source text, no values."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.name}:{frame.lineno}" for frame in frames]


def _is_plain(value: Any) -> bool:
    if value is None or isinstance(value, bool | int | float):
        return True
    if isinstance(value, list):
        return all(_is_plain(one) for one in value)
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configured(*, level: str) -> dict[str, Any]:
    """Set structlog up and give Django its LOGGING value: everything goes to standard error."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            hide_foreign_words,
            name_error,
            keep_listed,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
    }
    quiet = {name: {"level": "WARNING"} for name in ("kombu", "celery", "pikepdf", "urllib3")}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"level": level, "handlers": ["stderr"]},
        # Django's own handlers would mail or print what we keep out.
        "loggers": {
            "django": {"level": level, "handlers": [], "propagate": True},
            "django.server": {"level": level, "handlers": [], "propagate": True},
        }
        | quiet,
    }
