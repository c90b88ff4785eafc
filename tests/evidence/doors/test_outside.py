"""evidence/outside.py: an outside time needs as many different strangers as the settings say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from config import checks, health
from evidence import outside, tasks, tsa_sources
from evidence.log import checkpoints
from evidence.models import Checkpoint, Job
from tests import make
from tests.fakes.tsa_server import TsaServer


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TsaServer, TsaServer]]:
    folder = tmp_path_factory.mktemp("tsa")
    with TsaServer(folder, "first") as first, TsaServer(folder, "second") as second:
        yield first, second


@pytest.fixture
def two(strangers, settings) -> tuple[TsaServer, TsaServer]:
    for server in strangers:
        server.how = "sound"
    settings.TSA_URLS = [server.entry for server in strangers]
    settings.TSA_STAMPS_ITEMS = True
    settings.TSA_QUORUM = 2
    return strangers


def standing_of(item) -> outside.Standing:
    return outside.of_items([item])[item.pk]


def test_two_strangers_of_two_make_an_outside_time_that_is_the_later_s(case, two):
    item = make.item(case)
    make.go_the_road()

    found = standing_of(item)

    assert (found.held, found.needed, found.is_stamped) == (2, 2, True)
    times = [t.gen_time for t in item.tokens.filter(is_self_issued=False)]
    assert found.seal.gen_time == max(times)
    assert found.waiting_since is None


def test_one_of_two_is_none_yet_and_says_whom_it_waits_for(case, two):
    two[1].how = "absent"
    item = make.item(case)
    make.go_the_road()

    found = standing_of(item)

    assert (found.held, found.needed, found.is_stamped, found.seal) == (1, 2, False, None)
    job = Job.objects.get(stage="stamp", version="second")
    assert found.waiting_since == job.created_at
    states = {each.source: (each.state, each.problem) for each in found.sources}
    assert states == {
        "first": ("stamped", ""),
        "second": ("waiting", "stamp_unavailable:http_404"),
    }


def test_a_checkpoint_that_one_of_two_stamped_is_no_outside_time_of_its_leaves(case, two, settings):
    settings.TSA_STAMPS_ITEMS = False
    settings.LOG_STAMP_EVERY_S = 0
    make.item(case)
    two[1].how = "absent"
    seal_log()
    assert Checkpoint.objects.get().tokens.count() == 1
    assert outside.first_stamped_over(0) is None

    two[1].how = "sound"
    make.item(case, b"another")
    seal_log()

    assert outside.first_stamped_over(0) == checkpoints.latest()


def test_each_leaf_has_the_first_checkpoint_over_it_that_different_strangers_stamped(
    case, two, settings
):
    settings.TSA_STAMPS_ITEMS = False
    settings.LOG_STAMP_EVERY_S = 0
    sizes = []
    for name in ("the_same", "second", "second"):
        # Two names of one authority are enough sources, and one authority.
        settings.TSA_URLS = [two[0].entry, {**two[name == "second"].entry, "name": name}]
        make.item(case, name.encode() + bytes([len(sizes)]))
        seal_log()
        sizes.append(checkpoints.latest().size)

    found = outside.first_stamped_over_each(range(sizes[-1] + 2))

    expected = {index: sizes[1 if index < sizes[1] else 2] for index in range(sizes[-1])}
    assert {index: point.size for index, point in found.items()} == expected
    assert sizes[0] < sizes[1] < sizes[2]


def seal_log() -> None:
    tasks.ask_for_log()
    tasks.work("sequence")
    tasks.work("stamp_checkpoint")


def test_two_names_of_one_authority_are_one(case, two, settings):
    settings.TSA_URLS = [two[0].entry, {**two[0].entry, "name": "the_same"}]
    item = make.item(case)
    make.go_the_road()

    found = standing_of(item)

    assert len(found.sources) == 2
    assert (found.held, found.is_stamped) == (1, False)


def test_our_own_stamp_is_no_stranger_s(case, settings):
    settings.TSA_URLS = []
    item = make.item(case)
    make.go_the_road()

    assert (standing_of(item).held, standing_of(item).sources) == (0, ())


def test_the_log_s_checkpoint_counts_for_the_items_that_it_covers(case, two, settings):
    settings.TSA_STAMPS_ITEMS = False
    item = make.item(case)
    make.go_the_road()

    assert not item.tokens.filter(is_self_issued=False).exists()
    assert (standing_of(item).held, standing_of(item).is_stamped) == (2, True)
    assert outside.of_checkpoint(Checkpoint.objects.order_by("size").last()).is_stamped


def test_while_the_checkpoint_waits_the_item_says_so(case, two, settings):
    settings.TSA_STAMPS_ITEMS = False
    two[0].how = two[1].how = "hour_off"
    item = make.item(case)
    make.go_the_road()

    found = standing_of(item)

    assert (found.held, found.is_stamped) == (0, False)
    assert found.waiting_since is not None
    assert {each.problem for each in found.sources} == {"stamp_unavailable:stamp_clock_differs"}


def test_the_api_tells_it_and_shows_no_outside_seal_before_the_quorum(case, two, borrower, client):
    two[1].how = "away"
    item = make.item(case)
    make.go_the_road()
    client.force_login(borrower)

    value = client.get(f"/api/items/{item.pk}/").json()

    assert value["outside_seal"] is None
    told = value["outside"]
    assert (told["held"], told["needed"], told["is_stamped"]) == (1, 2, False)
    assert told["waiting_since"] is not None
    assert told["sources"][1]["problem"] == "stamp_unavailable:http_503"


def test_health_fails_when_a_stamp_is_waited_for_too_long(case, two, settings):
    two[1].how = "away"
    make.item(case)
    make.go_the_road()
    assert health.stamps() == ""

    Job.objects.filter(version="second").update(
        created_at=timezone.now() - timedelta(seconds=settings.TSA_LATE_S + 1)
    )

    assert health.stamps().startswith("2 outside")  # of the item, of the log's checkpoint


@pytest.mark.parametrize(
    ("quorum", "ids"), [(1, []), (2, []), (3, ["config.E008"]), (0, ["config.E006"])]
)
def test_a_quorum_that_cannot_be_reached_is_refused_at_the_start(two, settings, quorum, ids):
    settings.TSA_QUORUM = quorum

    assert [message.id for message in checks._check_quorum()] == ids


def test_two_entries_with_one_root_are_one_authority(two, settings):
    settings.TSA_URLS = [two[0].entry, {**two[0].entry, "name": "the_same"}]

    assert tsa_sources.authorities() == 1
    assert [message.id for message in checks._check_quorum()] == ["config.E008"]


def test_a_retired_authority_is_not_counted(two, settings):
    settings.TSA_URLS = [two[0].entry, {**two[1].entry, "retired": True}]

    assert (tsa_sources.authorities(), tsa_sources.names()) == (1, ["first"])
    assert len(tsa_sources.roots()) == 2
