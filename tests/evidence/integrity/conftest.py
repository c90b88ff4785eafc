"""Two houses and one stranger: keys are slow to make, so they are made once."""

from __future__ import annotations

import pytest

from evidence.integrity.house import House, make_house
from tests.evidence.integrity.strangers import AT, Stranger, make_stranger

ORIGIN = "liuzheng.example/log"


@pytest.fixture(scope="session")
def house_files() -> dict[str, bytes]:
    return make_house(at=AT, origin=ORIGIN)


@pytest.fixture(scope="session")
def house(house_files) -> House:
    return House.load(house_files)


@pytest.fixture(scope="session")
def other_house() -> House:
    return House.load(make_house(at=AT, origin="other.example/log"))


@pytest.fixture(scope="session")
def outside_tsa() -> Stranger:
    return make_stranger()
