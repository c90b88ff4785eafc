"""The browser and the house it talks to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.requirements_plugin import CHROMIUM, missing

from .house import CLIENT, House
from .phone import Phone

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
# How long anything may take on a slow and busy machine; what comes sooner is not waited for.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if missing("browser"):
        pytest.skip(f"not run: browser: {missing('browser')}")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One installation for all browser tests; each signs up its own borrower."""
    if not (CLIENT / "index.html").is_file():
        why = "the phone client is not built (make set-up builds it)"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(f"REQUIRE_ALL=1 and {why}", pytrace=False)
        pytest.skip(f"not run: browser: {why}")
    var: Path = tmp_path_factory.mktemp("house")
    built = House.build(var)
    yield built
    built.stop()


@pytest.fixture
def phone(browser: Browser, house: House) -> Iterator[Phone]:
    opened = Phone(browser, house.origin)
    yield opened
    opened.close()
