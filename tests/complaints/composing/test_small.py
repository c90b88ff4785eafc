"""complaints/composing/small.py: a smaller listening copy, only where a desk's page asks for it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from accounts.models import User
from complaints.bundle.exhibits import Copy
from complaints.composing import small
from evidence import release
from evidence.custody import Actor
from evidence.models.readings import Derivative
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def playable(borrower: User) -> Derivative:
    item = make.recorded_call(make.case(borrower))  # 14 seconds, some 115 KB to listen to
    return Derivative.objects.get(item=item, name=Derivative.Name.PLAYABLE)


def copies(playable: Derivative, **values: Any) -> list[Copy]:
    given = {"original_bytes": playable.item.size, "most": 40_000} | values
    opened = partial(release.open_derivative, playable, actor=Actor.system("test"))
    return list(small.of(opened, size=playable.size, **given))


@pytest.mark.parametrize(
    ("agency", "most"),
    [
        ("NIFA", 2_000_000),
        ("NFRA_LOCAL", 2_000_000),  # the association may be given the same package
        ("LOCAL_FIN", 2_000_000),
        ("PSB_STATION", None),
        ("LENDER", None),
    ],
)
def test_the_limit_is_that_of_the_desks_which_may_be_given_the_package(agency, most):
    assert small.most_bytes(agency) == most


def test_a_recording_over_the_limit_gets_a_smaller_copy_that_says_what_it_is(playable):
    [copy] = copies(playable)

    assert (copy.name, copy.extension, copy.bits_per_second) == ("small", "m4a", 16_000)
    with copy.open() as first, copy.open() as again:
        data = first.read()
        assert again.read() == data
    assert 0 < len(data) <= 40_000


@pytest.mark.parametrize(
    "values",
    [{"most": None}, {"original_bytes": 40_000}, {"most": 1_000_000}],
    ids=["no desk has a limit", "the recording fits", "the listening copy fits"],
)
def test_nothing_is_made_where_nothing_needs_it(playable, values):
    assert copies(playable, **values) == []


def test_a_recording_too_long_for_any_copy_has_none(playable):
    assert copies(playable, most=2_000) == []
