"""config/env.py and config/settings.py: read once, typed, and each mistake said in one sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.env import Environment, SettingError
from config.settings import env

ROOT = Path(settings.BASE_DIR)


@pytest.mark.parametrize(
    ("method", "value", "default"),
    [
        ("number", "many", 1),
        ("number", "-1", 1),
        ("flag", "perhaps", False),
        ("document", "{not json", []),
        ("document", '{"an": "object"}', []),
        ("database", "carrier-pigeon://coop", "sqlite://"),
    ],
)
def test_a_value_that_cannot_be_understood_names_the_setting_and_not_the_value(
    monkeypatch, method, value, default
):
    monkeypatch.setenv("SOME_SETTING", value)

    with pytest.raises(SettingError) as mistake:
        getattr(Environment(), method)("SOME_SETTING", default)

    assert "SOME_SETTING" in str(mistake.value)
    assert value not in str(mistake.value)


def test_a_secret_may_come_from_a_mounted_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from a file")
    monkeypatch.setenv("SOME_SETTING_FILE", str(tmp_path / "secret"))

    assert Environment().text("SOME_SETTING", "") == "from a file"


def test_the_environment_wins_over_the_file(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("SOME_SETTING=file\nOTHER_SETTING=file\n")
    monkeypatch.setenv("SOME_SETTING", "environment")
    monkeypatch.setenv("OTHER_SETTING", "kept so that the test leaves nothing behind")

    read = Environment(tmp_path / ".env")

    assert read.text("SOME_SETTING", "") == "environment"


def test_words_lose_the_spaces_around_them(monkeypatch):
    monkeypatch.setenv("SOME_SETTING", " a, b ,,c ")

    assert Environment().words("SOME_SETTING", []) == ["a", "b", "c"]


def test_code_documentation_and_example_name_the_same_settings():
    documented = re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.M)
    shown = re.findall(r"^#?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.M)

    assert sorted(documented) == sorted(env.names)
    assert sorted(shown) == sorted(env.names)


def started(**changed: str) -> subprocess.CompletedProcess[str]:
    """Run the smallest command in a process of its own, as an operator would."""
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"} | changed,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("SITE_ORIGIN", "example.org"), ("QUOTA_BYTES", "much"), ("S3_BUCKET", "a-bucket")],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(name, value, tmp_path):
    answer = started(**{name: value, "VAR_DIR": str(tmp_path)})

    assert answer.returncode == 1
    assert answer.stderr.startswith("Cannot start: ")
    assert name in answer.stderr
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("origin", "session", "secure"),
    [
        ("https://liuzheng.example.org", "__Host-session", "True"),
        ("http://127.0.0.1:8000", "session", "False"),
    ],
)
def test_cookies_are_bound_to_the_host_where_there_is_https(origin, session, secure, tmp_path):
    show = "from config import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"

    answer = subprocess.run(
        [sys.executable, "-c", show],
        cwd=ROOT,
        env={**os.environ, "SITE_ORIGIN": origin, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.split() == [session, secure]
