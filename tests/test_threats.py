"""docs/threats.md: the code and the tests that it names exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "threats.md").read_text("utf-8")


def test_each_file_that_it_names_exists():
    named = re.findall(r"`((?:accounts|complaints|config|docs|evidence|pwa|tests)/[\w./-]*)", TEXT)

    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_each_test_that_it_names_exists():
    named = set(re.findall(r"\b(test_[a-z_0-9]+)(?!\.py|\w)", TEXT))
    sources = [file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py")]
    there = {name for text in sources for name in re.findall(r"def (test_\w+)", text)}

    assert len(named) > 15
    assert named - there == set()
