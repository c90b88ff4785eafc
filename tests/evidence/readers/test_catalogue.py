"""locale/*/readers.ftl: every code that a reader can give has words in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from evidence.media.errors import ReadingError
from evidence.readers import errors
from evidence.readers.record import DIRECTIONS, KINDS

ROOT = Path(__file__).parents[3]


def keys(language: str) -> set[str]:
    text = (ROOT / "locale" / language / "readers.ftl").read_text(encoding="utf-8")
    resource = FluentParser().parse(text)
    assert not [entry for entry in resource.body if isinstance(entry, ast.Junk)]
    return {entry.id.name for entry in resource.body if isinstance(entry, ast.Message)}


def codes(parent: type[ReadingError]) -> set[str]:
    return {parent.code}.union(*(codes(child) for child in parent.__subclasses__()))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_reason_kind_and_direction_has_words(language):
    assert errors.EncryptedError.code in codes(ReadingError)

    wanted = codes(ReadingError)
    wanted |= {f"record-{kind}" for kind in KINDS}
    wanted |= {f"direction-{direction}" for direction in (*DIRECTIONS, "none")}

    assert wanted <= keys(language)


def test_both_languages_have_the_same_keys():
    assert keys("zh-CN") == keys("en")
