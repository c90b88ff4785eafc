"""The one catalogue of texts, in Project Fluent: `locale/<language>/<room>.ftl`.

It lives in the lowest room so that every room may ask for a text without climbing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

ZH_CN = "zh-CN"
EN = "en"
LANGUAGES = (ZH_CN, EN)
DEFAULT = ZH_CN

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"

_ENTRY = re.compile(r"^(?P<id>-?[A-Za-z][\w-]*) *=", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*(-?[A-Za-z][\w-]*)")
_RANGE = re.compile(r"^\s*(?P<tag>[A-Za-z]{1,8}|\*)(?:-[\w-]+)?\s*(?:;\s*q=(?P<q>[01](?:\.\d+)?))?")


class TextMissingError(LookupError):
    """The catalogue has no such text; `make check` finds this before a person does."""

    def __init__(self, *, key: str, language: str) -> None:
        super().__init__(f"no text {key} in {language}")
        self.key = key
        self.language = language


def text(key: str, language: str = DEFAULT, **values: Any) -> str:
    """Give one text of the catalogue in one language.

    Args:
        key: a message id, or `id.attribute`.
        language: `zh-CN` or `en`.
        values: the arguments that the message names.

    Raises:
        TextMissingError: no such key, or an argument that the message names is not given.
    """
    message_id, _, attribute = key.partition(".")
    catalogue = _catalogue(language)
    message = catalogue.message(message_id)
    if message is None:
        raise TextMissingError(key=key, language=language)
    pattern = message.attributes.get(attribute) if attribute else message.value
    if pattern is None:
        raise TextMissingError(key=key, language=language)
    written, mistakes = catalogue.bundle.format_pattern(pattern, values)
    if mistakes:
        raise TextMissingError(key=key, language=language) from mistakes[0]
    return str(written)


def has_text(key: str, language: str = DEFAULT) -> bool:
    """Tell whether the catalogue has a message, or an attribute of one (`id.attribute`)."""
    message_id, _, attribute = key.partition(".")
    message = _catalogue(language).message(message_id)
    if message is None:
        return False
    return attribute in message.attributes if attribute else message.value is not None


def of_header(accept_language: str) -> str:
    """Choose our language for an Accept-Language header (RFC 9110 §12.5.4); Chinese first."""
    best, best_weight = DEFAULT, 0.0
    for part in accept_language.split(",")[:20]:
        found = _RANGE.match(part)
        if found is None:
            continue
        language = {"zh": ZH_CN, "en": EN}.get(found["tag"].lower())
        weight = float(found["q"] or 1)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def of(request: Any) -> str:
    """Choose the language in which to answer a request (Django's or DRF's)."""
    return of_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))


class _Catalogue:
    """The texts of one language, each parsed when it is first asked for.

    To parse all of them takes half a second, and a process needs few.
    """

    def __init__(self, language: str) -> None:
        # No isolation marks: the texts also go into PDF, JSON and logs of tests.
        self.bundle = FluentBundle([language], use_isolating=False)
        self._unread: dict[str, str] = {}
        self._lock = Lock()
        for file in sorted((LOCALE_DIR / language).glob("*.ftl")):
            for entry_id, source in _entries(file.read_text("utf-8")):
                self._unread.setdefault(entry_id, source)

    def message(self, message_id: str) -> Any:
        """The message (fluent's own, which has no name outside), or None."""
        with self._lock:
            self._read(message_id)
            known = self.bundle.has_message(message_id)
            return self.bundle.get_message(message_id) if known else None

    def _read(self, entry_id: str) -> None:
        """Parse an entry and those that it refers to."""
        source = self._unread.pop(entry_id, None)
        if source is not None:
            self.bundle.add_resource(FluentResource(source))
            for reference in _REFERENCE.findall(source):
                self._read(reference)


def _entries(resource: str) -> Iterator[tuple[str, str]]:
    """Id and source of each entry of a file; it begins its line, what belongs to it is indented."""
    found = list(_ENTRY.finditer(resource))
    ends = [entry.start() for entry in found[1:]] + [len(resource)]
    for entry, end in zip(found, ends, strict=True):
        yield entry["id"], resource[entry.start() : end]


@cache
def _catalogue(language: str) -> _Catalogue:
    if language not in LANGUAGES:
        raise TextMissingError(key="*", language=language)
    return _Catalogue(language)
