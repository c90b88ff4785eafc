"""evidence/readers/__main__.py: `python -m evidence.readers`, its lines and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.samples.exports import backup, sms, zipped


def run(*arguments: str, stdin: str = "") -> tuple[int, list[dict[str, object]], str]:
    """In the interpreter as a stranger calls it, with a locale that knows no Chinese."""
    done = subprocess.run(
        [sys.executable, "-m", "evidence.readers", *arguments],
        input=stdin.encode(),
        capture_output=True,
        timeout=60,
        env={"LC_ALL": "C", "PATH": "/usr/bin", "PYTHONUTF8": "0"},
    )
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, lines, done.stderr.decode()


def test_it_prints_records_and_last_the_summary(tmp_path):
    path = tmp_path / "sms.xml"
    path.write_bytes(backup(sms("你好")))

    code, lines, error = run(str(path))

    assert (code, error) == (0, "")
    assert lines[0]["text"] == "你好"
    assert set(lines[0]) >= {
        "kind", "when_utc", "when_raw", "when_precision", "zone_source", "direction",
        "peer_number_raw", "peer_number_e164", "peer_name", "text", "duration_s", "attachments",
        "conversation", "source_file", "source_locator", "warnings",
    }  # fmt: skip
    assert lines[-1]["summary"] == {
        "format": "sms_backup",
        "records": 1,
        "left_out": 0,
        "announced": 1,
        "by_kind": {"sms": 1},
        "by_direction": {"in": 1},
        "first_utc": "2024-10-27T03:33:20.123Z",
        "last_utc": "2024-10-27T03:33:20.123Z",
        "days": {"with": 1, "missing": 0, "gaps": []},
        "encoding": "utf-8",
        "warnings": [],
    }


def test_an_unknown_file_is_no_error(tmp_path):
    path = tmp_path / "note.amr"
    path.write_bytes(b"just a few words")

    code, lines, _ = run(str(path))

    assert code == 0
    assert lines == [{"summary": {**lines[0]["summary"], "format": "unknown", "records": 0}}]


def test_an_unreadable_file_ends_with_3_and_says_why(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a": b"b"})[:40])

    code, lines, error = run(str(path))

    assert code == 3
    assert lines[-1]["summary"]["error"]["code"] == "reading_damaged"
    assert error.startswith("reading_damaged: ")
    assert "Traceback" not in error


def test_a_refused_file_ends_with_4_and_says_why(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b'<?xml version="1.0"?><!DOCTYPE smses [<!ENTITY a "a">]><smses/>')

    code, lines, _ = run(str(path))

    assert code == 4
    assert lines[-1]["summary"]["error"]["code"] == "reading_xml_entities"


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path):
    code, lines, error = run(str(tmp_path / "none"))

    assert (code, lines) == (2, [])
    assert "Traceback" not in error


def test_names_come_by_stdin_one_a_line():
    code, lines, _ = run("--names", stdin="李雷(13700000001)_20240305070809.mp3\nx\n")

    assert code == 0
    assert [line["peer_number"] for line in lines] == ["13700000001", None]
    assert set(lines[0]) == {
        "name", "kind", "when_utc", "peer_number", "peer_name", "direction", "app", "confidence",
    }  # fmt: skip
