"""config/checks.py: mistakes are said with a hint before they cost anything."""

from __future__ import annotations

import pytest

from accounts import quotas
from config import checks
from evidence.integrity.certificates import certificate_pem


def ids(messages) -> list[str]:
    return [message.id for message in messages]


@pytest.fixture
def named(settings):
    settings.OPERATOR_NAME = "测试互助会"
    settings.OPERATOR_CONTACT = "desk@example.org"


@pytest.mark.parametrize(
    ("setting", "value", "found"),
    [
        ("COMPLAINT_REVIEW", "sometimes", "config.E002"),
        ("TSA_URLS", [{"name": "no address"}], "config.E003"),
        ("TSA_URLS", ["https://tsa.example.org"], "config.E003"),
        ("ALLOWED_HOSTS", ["*"], "config.E004"),
        ("OPERATOR_NAME", "", "config.W002"),
    ],
)
def test_a_mistake_is_found_and_comes_with_a_hint(named, settings, setting, value, found):
    setattr(settings, setting, value)

    [message] = checks.check_settings()

    assert message.id == found
    assert message.hint


def test_good_settings_have_no_fault(named, settings, house, tmp_path):
    (tmp_path / "r.pem").write_bytes(certificate_pem(house.ca_certificate))
    entry = {"name": "a", "url": "https://tsa.example.org", "roots": str(tmp_path / "r.pem")}
    settings.TSA_URLS = [entry]

    assert checks.check_settings() == []


def test_roots_that_cannot_be_read_are_named_before_a_stamp_is_missed(named, settings):
    entry = {"name": "a", "url": "https://tsa.example.org", "roots": "/nowhere/r.pem"}
    settings.TSA_URLS = [entry]

    assert ids(checks.check_settings()) == ["config.E007"]


def test_missing_keys_warn_and_open_keys_stop(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    tmp_path.chmod(0o700)
    assert set(ids(checks.check_keys())) == {"config.W001"}

    (tmp_path / "secret_key").write_text("k" * 60)
    (tmp_path / "secret_key").chmod(0o644)

    assert ids(checks.check_keys()).count("config.E001") == 1


def test_a_quota_that_nobody_counts_stops_the_start(monkeypatch):
    monkeypatch.delitem(quotas._counters, quotas.Quota.PACKAGES)

    assert ids(checks.check_quotas()) == ["config.E005"]
