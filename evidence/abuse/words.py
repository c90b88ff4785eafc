"""The texts of this room's pictures, from the one catalogue (`locale/<language>/abuse.ftl`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from evidence.abuse.errors import RuleFileError

LANGUAGES = ("zh-CN", "en")
_LOCALE = Path(__file__).resolve().parents[2] / "locale"


@cache
def _bundle(language: str) -> FluentBundle:
    if language not in LANGUAGES:
        raise RuleFileError(rule=f"language {language[:8]}", why="is not in the catalogue")
    bundle = FluentBundle([language], use_isolating=False)
    source = (_LOCALE / language / "abuse.ftl").read_text("utf-8")
    bundle.add_resource(FluentResource(source))
    return bundle


def say(key: str, language: str, **values: str | int) -> str:
    """One text of the catalogue; raises `RuleFileError` for a key that it does not have."""
    bundle = _bundle(language)
    pattern = bundle.get_message(key).value if bundle.has_message(key) else None
    if pattern is None:
        raise RuleFileError(rule=key, why=f"no text in {language}")
    text, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise RuleFileError(rule=key, why=f"{errors[0]}")
    return str(text)
