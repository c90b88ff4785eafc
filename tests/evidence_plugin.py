"""Fixtures of evidence: a house with its keys, an empty vault, a case whose borrower agreed."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from accounts.models import User
from evidence.custody import Actor
from evidence.integrity.house import HOUSE_FILE, House, make_house
from evidence.models import Case
from evidence.vault import keyring, keys
from tests import make, said_before
from tests.guard import lift


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Around a whole test, fixtures of every scope with it."""
    if item.nodeid.startswith(said_before.ALIVE):
        return (yield)
    with said_before.remembering():
        return (yield)


@pytest.fixture(autouse=True)
def flushable(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a `transaction=True` test end: its flush deletes proof rows, which the guard refuses.

    Torn down before the database fixture is, so the guard is lifted just for that flush; the
    flush itself sends `post_migrate`, which puts the guard back.
    """
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    lift()


@pytest.fixture(scope="session")
def house() -> House:
    """The keys of this test process, made once, where the settings look for them."""
    folder: Path = django_settings.KEYS_DIR
    if not (folder / HOUSE_FILE).exists():
        made = make_house(at=datetime.now(UTC) - timedelta(days=1), origin="test.example/log")
        made[keyring.MASTER_KEY_FILE] = keys.as_text(keys.new_key()).encode("ascii")
        for name, content in made.items():
            (folder / name).touch(mode=0o600)
            (folder / name).write_bytes(content)
    return keyring.house()


@pytest.fixture
def vault(settings: Any, tmp_path: Path, house: House) -> Path:
    """An empty vault of this test's own; its folder."""
    folder = tmp_path / "vault"
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder)},
        },
    }
    return folder


@pytest.fixture
def case(borrower: User, vault: Path) -> Case:
    """A case of `borrower`, who has agreed to what must be agreed to."""
    return make.case(borrower)


@pytest.fixture
def complainant(borrower: User) -> Actor:
    """`borrower`, as the custody log names them."""
    return Actor.of(borrower)


@pytest.fixture
def without_sm3(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python whose OpenSSL was built without SM3, as `hashlib` says it."""
    new = hashlib.new

    def refused(name: str, *given: Any, **options: Any) -> Any:
        if name.lower() == "sm3":
            raise ValueError(f"unsupported hash type {name}")
        return new(name, *given, **options)

    monkeypatch.setattr(hashlib, "new", refused)
