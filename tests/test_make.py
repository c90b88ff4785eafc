"""Makefile: what a second run on another database leaves out knows no database."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text().replace("\\\n", " ")
[ROOMS] = re.findall(r"^PURE_ROOMS := (.+)$", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("room", ROOMS.split())
def test_no_test_of_a_room_that_is_left_out_asks_for_a_database(room):
    files = sorted((ROOT / "tests" / room).rglob("*.py"))

    assert files
    marked = [file.name for file in files if "django_db" in file.read_text(encoding="utf-8")]
    assert marked == []
