"""tests/said_before.py: only what was asked before is replayed, and the parent still doubts it."""

from __future__ import annotations

import io
import subprocess
from typing import Any

import pytest

from evidence.cell import answers, parent
from evidence.cell.answers import Parsed
from tests import make, said_before

LIMITS = parent.Limits(memory_bytes=4 << 30, cpu_s=30, timeout_s=60)
DIES = "import sys; sys.stdin.buffer.read(40); sys.exit(1)"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The children that are started."""
    children: list[Any] = []
    popen = subprocess.Popen

    def start(*args: Any, **more: Any) -> Any:
        children.append(args)
        return popen(*args, **more)

    monkeypatch.setattr(parent.subprocess, "Popen", start)
    monkeypatch.setattr(said_before, "_said", {})
    return children


def asked(content: bytes, **options: Any) -> Parsed:
    said: dict[str, Any] = {"name": "sms.xml", "limits": LIMITS, "tz": "Asia/Shanghai", **options}
    return parent.parse(io.BytesIO(content), size=len(content), **said)


def test_the_same_question_is_answered_by_the_same_words(started):
    first, again = asked(make.sms_export()), asked(make.sms_export())

    assert first == again
    assert again.is_complete
    assert len(started) == 1


@pytest.mark.parametrize(
    "other", [{"tz": "UTC"}, {"name": "other.xml"}, {"limits": parent.Limits(1 << 31, 30, 60)}]
)
def test_another_question_asks_another_child(started, other):
    asked(make.sms_export())
    asked(make.sms_export(), **other)

    assert len(started) == 2


def test_other_bytes_ask_another_child(started):
    asked(make.sms_export())
    asked(make.sms_export() + b" ")

    assert len(started) == 2


def test_a_child_that_died_is_asked_again(started):
    problems = [asked(b"some bytes", program=DIES).problem for _ in range(2)]

    assert problems == ["reading_failed"] * 2
    assert len(started) == 2


def test_the_parent_believes_the_words_no_more_than_the_child(started, monkeypatch):
    asked(make.sms_export())
    monkeypatch.setattr(answers, "MAX_RECORDS", 1)

    assert asked(make.sms_export()).problem
    assert len(started) == 1
