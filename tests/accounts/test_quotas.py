"""accounts/quotas.py: what is spent is refused by name, and nothing goes uncounted."""

from __future__ import annotations

import pytest

from accounts import quotas
from accounts.errors import QuotaSpentError

pytestmark = pytest.mark.django_db


@pytest.fixture
def uses(monkeypatch):
    """Let an account use given amounts, without a single row."""

    def use(**amounts: int) -> None:
        for quota in quotas.Quota:
            amount = amounts.get(quota.value, 0)
            monkeypatch.setitem(quotas._counters, quota, lambda user, amount=amount: amount)

    return use


def test_every_quota_is_counted_by_some_room():
    assert quotas.uncounted() == []


def test_an_upload_that_just_fits_is_let_in(borrower, settings, uses):
    settings.QUOTA_BYTES = 100
    uses(bytes=60)

    quotas.check_upload(borrower, 40)


def test_an_upload_one_byte_too_large_is_refused(borrower, settings, uses):
    settings.QUOTA_BYTES = 100
    uses(bytes=60)

    with pytest.raises(QuotaSpentError) as refusal:
        quotas.check_upload(borrower, 41)

    assert (refusal.value.which, refusal.value.used, refusal.value.limit) == ("bytes", 60, 100)


def test_one_open_upload_too_many_is_refused(borrower, settings, uses):
    settings.QUOTA_OPEN_UPLOADS = 2
    uses(open_uploads=2)

    quotas.check_upload(borrower, 1)
    with pytest.raises(QuotaSpentError, match="open_uploads"):
        quotas.check_upload(borrower, 1, opens=True)


def test_one_package_too_many_is_refused(borrower, settings, uses):
    settings.QUOTA_PACKAGES_PER_DAY = 3
    uses(packages=3)

    with pytest.raises(QuotaSpentError, match="packages"):
        quotas.check_package(borrower)


def test_a_fresh_account_has_used_nothing(borrower_browser, settings):
    shown = borrower_browser.get("/api/me/").json()["quotas"]

    assert shown["bytes_used"] == shown["open_uploads"] == shown["packages_today"] == 0
    assert shown["bytes_limit"] == settings.QUOTA_BYTES
