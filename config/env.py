"""The environment, read once and typed.

A setting that is missing or wrong stops the start with one sentence that names it. `_FILE` after
a name reads the value from a mounted secret.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, FileAwareEnv

T = TypeVar("T")


class SettingError(ImproperlyConfigured):
    """A setting is missing or cannot be understood. Names the setting, never its value."""


class Environment:
    """Reads settings by name and remembers which names it was asked for (docs/settings.md)."""

    def __init__(self, dotenv: Path | None = None) -> None:
        self._source = FileAwareEnv(eager=True)
        self.names: list[str] = []
        if dotenv is not None and dotenv.is_file():
            self._source.read_env(dotenv, recurse=False, override=False)

    def text(self, name: str, default: str) -> str:
        """A line of text; an empty value counts as set."""
        return str(self._read(name, self._source.str, default, "a line of text"))

    def flag(self, name: str, default: bool) -> bool:
        """`1`, `true`, `yes`, `on` or their opposites."""
        return bool(self._read(name, self._source.bool, default, "1 or 0"))

    def number(self, name: str, default: int) -> int:
        """A whole number, zero or more."""
        value = int(self._read(name, self._source.int, default, "a whole number"))
        if value < 0:
            raise SettingError(f"The setting {name} must be zero or more.")
        return value

    def path(self, name: str, default: Path) -> Path:
        """A place on disk, made absolute."""
        return Path(self._read(name, self._source.path, default, "a path")).expanduser().absolute()

    def words(self, name: str, default: Sequence[str]) -> list[str]:
        """Values separated by commas; spaces around them do not count."""
        raw = self._read(name, self._source.str, ",".join(default), "values separated by commas")
        return [word.strip() for word in raw.split(",") if word.strip()]

    def document(self, name: str, default: T) -> T:
        """A JSON value of the same type as `default` (a list or an object)."""
        value = self._read(name, self._source.json, default, "valid JSON")
        if not isinstance(value, type(default)):
            kind = "a JSON list" if isinstance(default, list) else "a JSON object"
            raise SettingError(f"The setting {name} must be {kind}.")
        return value

    def database(self, name: str, default: str) -> dict[str, Any]:
        """A database address, `sqlite:///…` or `postgres://user:password@host/name`."""
        return dict(self._read(name, self._source.dj_db_url, default, "a database address"))

    def _read(self, name: str, parse: Callable[..., Any], default: Any, form: str) -> Any:
        self.names.append(name)
        try:
            return parse(name, default)
        except (EnvError, ValueError, OSError):
            # The cause may quote the value, and the value may be a secret: it is not shown.
            raise SettingError(f"The setting {name} must be {form}.") from None
