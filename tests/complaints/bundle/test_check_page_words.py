"""pwa/check: the closed lists that the offline page keeps of its own are the house's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from complaints.bundle import layout
from complaints.bundle.gaps import GapReason
from complaints.bundle.verify.verdict import Name
from evidence.integrity.acts import Act, ActorType, Subject

SOURCES = Path(__file__).resolve().parents[3] / "pwa" / "check" / "src"


def words_of(file: str, name: str) -> set[str]:
    """The quoted words of one constant."""
    source = (SOURCES / file).read_text("utf-8")
    body = source.split(f"export const {name}", 1)[1].split("\nexport ", 1)[0]
    return {word for quoted in re.findall(r"'([a-z0-9_ ]+)'", body) for word in quoted.split()}


@pytest.mark.parametrize(
    ("file", "name", "known"),
    [
        ("integrity/words.ts", "ACTS", Act),
        ("integrity/words.ts", "SUBJECTS", Subject),
        ("integrity/words.ts", "ACTORS", ActorType),
        ("integrity/gaps.ts", "REASONS", GapReason),
        ("verify/verdict.ts", "NAMES", Name),
    ],
)
def test_a_list_of_the_page_is_the_house_s_own(file: str, name: str, known: type[Act]) -> None:
    assert words_of(file, name) == {str(word) for word in known}


def test_the_page_knows_where_things_lie() -> None:
    source = (SOURCES / "layout.ts").read_text("utf-8")

    for name in ("COMPLAINT", "CHECKER", "EXHIBITS", "PACKAGE", "SM3", "TRUST", "CHECKPOINT"):
        assert f"{name} = '{getattr(layout, name)}'" in source
    for pattern in (layout.CASE, layout.NUMBER, layout.PATH):
        # The same expression, spelled for a stricter dialect.
        assert pattern.pattern in source.replace("\\-", "-").replace("\\/", "/")
