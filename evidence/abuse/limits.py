"""Limits used over a timeline, as data with source, authority level and state of verification."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Limit:
    """One limit; `verification` says how well its wording was checked."""

    id: str
    rule: str
    version: int
    value: int
    compare: str
    unit: str
    source: str
    source_zh: str
    counting_zh: str  # how events are counted against it, in words
    counting_en: str
    authority_level: str
    verification: str

    def is_passed(self, count: int) -> bool:
        """Whether a count passes this limit; exactly at an "over" limit does not."""
        return count > self.value if self.compare == "over" else count >= self.value


@cache
def limits() -> dict[str, Limit]:
    """All limits by id."""
    raw = resources.files(__package__).joinpath("data/limits.toml").read_text("utf-8")
    return {entry["id"]: Limit(**entry) for entry in tomllib.loads(raw)["limit"]}
