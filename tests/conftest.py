"""Fixtures that every room shares: people by role, and a clean slate between tests."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import structlog
from django.core.cache import cache
from django.test import Client

from accounts.models import Role, User

from . import make

# Few tests that take minutes each: begun last, they would leave one worker with nothing to do.
LONG = ("tests/road/", "tests/evidence/killed/", "tests/test_whole_road.py", "tests/forgeries/")

pytest_plugins = ["tests.requirements_plugin", "tests.evidence_plugin"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long ones; `make test` hands modules out in this order."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    """Thousands of tests stay in memory to the end: no need to look through them for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def clean_counters() -> Iterator[None]:
    """Forget what the rate limits and the log's context remember of the test before."""
    cache.clear()
    structlog.contextvars.clear_contextvars()
    yield
    cache.clear()


@pytest.fixture
def borrower(db: None) -> User:
    return make.user(Role.BORROWER)


@pytest.fixture
def stranger(db: None) -> User:
    """Another borrower, who has no business with the first one's things."""
    return make.user(Role.BORROWER)


@pytest.fixture
def reviewer(db: None) -> User:
    return make.user(Role.REVIEWER)


@pytest.fixture
def approver(db: None) -> User:
    return make.user(Role.APPROVER)


@pytest.fixture
def auditor(db: None) -> User:
    return make.user(Role.AUDITOR)


@pytest.fixture
def operator(db: None) -> User:
    return make.user(Role.OPERATOR)


@pytest.fixture
def borrower_browser(borrower: User) -> Client:
    return make.signed_in(borrower)


@pytest.fixture
def reviewer_browser(reviewer: User) -> Client:
    """Signed in by passphrase and second factor."""
    return make.signed_in(reviewer)
