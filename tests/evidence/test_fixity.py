"""evidence/fixity.py: the sweep names what it finds, tells it once, and takes nothing away."""

from __future__ import annotations

import shutil
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from complaints.demo.files import recording_m4a
from evidence import custody, fixity, tasks
from evidence.custody import Act, Subject
from evidence.integrity import event as events
from evidence.models import Fixity, ItemKey, Job
from evidence.vault import blobs, shelf
from tests import make

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def item(case):
    """A recording that was read: it has copies made by us."""
    made = make.item(case, recording_m4a(), kind="call_recording")
    make.item(case, b"another, so that the vault is never empty")
    make.go_the_road()
    return made


@pytest.fixture
def copy(item):
    return item.derivatives.first()


def run(*, after: timedelta = timedelta(0)) -> int:
    return fixity.run(now=timezone.now() + after, pace=fixity.Pace(0))


def found(name: str) -> str:
    return Fixity.objects.get(pk=name).result


def acts(item) -> list[str]:
    rows = custody.log_of(Subject.ITEM, item.pk).filter(act__in=(Act.CHECKED, Act.FAULT_FOUND))
    return [row.act for row in rows]


def faults_of_the_house(house) -> list[dict]:
    rows = custody.log_of(Subject.HOUSE, house.fingerprint).filter(act=Act.FAULT_FOUND)
    return [dict(events.decode(bytes(row.raw)).facts) for row in rows]


def flip(path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_a_whole_vault_is_looked_at_once_and_told_once(item):
    everything = 2 + item.derivatives.count()

    assert (run(), run(after=DAY), fixity.told()) == (everything, 0, {})
    assert acts(item) == [Act.CHECKED]


def test_a_second_round_of_a_whole_vault_adds_no_event_to_an_item(item, settings):
    run()

    assert run(after=timedelta(days=settings.FIXITY_PERIOD_DAYS)) == 2 + item.derivatives.count()
    assert acts(item) == [Act.CHECKED]


def test_bytes_that_are_gone_are_missing(item, vault):
    (vault / item.vault_name).unlink()

    run()

    assert (found(item.vault_name), fixity.told()) == ("missing", {"missing": 1})
    assert acts(item) == [Act.FAULT_FOUND]


def test_bytes_that_are_others_are_changed(item, vault):
    flip(vault / item.vault_name)

    run()

    assert found(item.vault_name) == "changed"
    event = events.decode(bytes(custody.log_of(Subject.ITEM, item.pk).last().raw))
    assert (event.facts["result"], event.facts["what"]) == ("changed", "vault_damaged")


def test_a_key_that_is_gone_without_a_tombstone_makes_it_unreadable(item):
    ItemKey.objects.filter(item=item).delete()

    run()

    row = Fixity.objects.get(pk=item.vault_name)
    assert (row.result, row.what) == ("unreadable", "item_key_missing")


def test_an_erased_item_is_no_fault(item):
    ItemKey.objects.filter(item=item).delete()
    custody.record(Subject.ITEM, item.pk, Act.ERASED, actor=fixity.SWEEPER)

    run()

    assert (found(item.vault_name), fixity.told()) == ("erased", {})


def test_an_envelope_that_no_row_names_is_orphaned(item, vault, house, monkeypatch):
    name = shelf.name_of(uuid.uuid4())
    (vault / name).parent.mkdir(exist_ok=True)
    (vault / name).write_bytes(b"left behind")
    monkeypatch.setattr(fixity.leftovers.find, "__kwdefaults__", {"older_than": timedelta(0)})

    run()
    run(after=DAY)

    assert (found(name), fixity.told()) == ("orphaned", {"orphaned": 1})
    [facts] = faults_of_the_house(house)  # once, though it was found twice
    assert facts == {"result": "orphaned", "count": 1, "envelopes": [name[3:]]}
    assert (vault / name).exists()


def test_a_copy_that_is_gone_or_changed_is_named_on_the_house_not_on_the_item(
    item, copy, vault, house
):
    (vault / copy.vault_name).unlink()

    run()

    assert found(copy.vault_name) == "missing"
    assert faults_of_the_house(house)[0]["object"] == str(copy.pk)
    assert acts(item) == [Act.CHECKED]


def test_a_fault_is_told_once_however_often_it_is_found(item, vault):
    flip(vault / item.vault_name)

    for hours in range(3):
        run(after=hours * HOUR)

    assert acts(item) == [Act.FAULT_FOUND]


def test_what_came_back_is_told_and_is_no_alarm_any_more(item, vault):
    path = vault / item.vault_name
    path.rename(vault / "aside")
    run()
    (vault / "aside").rename(path)

    run(after=HOUR)

    assert (acts(item), fixity.told()) == ([Act.FAULT_FOUND, Act.CHECKED], {})


def test_a_reading_that_fails_once_is_shown_but_not_yet_told(item, monkeypatch):
    real = blobs.open_sealed

    def failing(name):
        if name == item.vault_name:
            raise OSError("Input/output error")
        return real(name)

    monkeypatch.setattr(blobs, "open_sealed", failing)
    run()
    assert (found(item.vault_name), acts(item)) == ("unreadable", [])

    run(after=HOUR)
    assert acts(item) == [Act.FAULT_FOUND]


def test_a_store_that_is_away_says_nothing_about_any_item(item, vault):
    vault.rename(vault.with_name("elsewhere"))
    vault.write_bytes(b"")  # a file where the folder should be

    with pytest.raises(fixity.StoreAwayError):
        run()

    assert not Fixity.objects.exists()
    assert acts(item) == []


def test_a_disk_that_is_not_mounted_makes_nothing_missing(item, vault):
    vault.rename(vault.with_name("elsewhere"))
    vault.mkdir()

    with pytest.raises(fixity.StoreAwayError):
        run()

    assert acts(item) == []


def test_another_place_for_the_vault_raises_nothing(item, vault, settings, tmp_path):
    run()
    shutil.copytree(vault, tmp_path / "new place")
    shutil.rmtree(vault)
    place = {**settings.STORAGES["vault"], "OPTIONS": {"location": str(tmp_path / "new place")}}
    settings.STORAGES = {**settings.STORAGES, "vault": place}

    looked = run(after=timedelta(days=settings.FIXITY_PERIOD_DAYS))

    assert (looked, fixity.told()) == (2 + item.derivatives.count(), {})


def test_the_one_looked_at_longest_ago_comes_first(case, settings):
    items = [make.item(case, b"item %d" % n) for n in range(4)]
    settings.FIXITY_ITEMS_PER_RUN = 1
    order = []
    for minutes in range(4):
        run(after=timedelta(minutes=minutes))
        order.append(Fixity.objects.exclude(pk="listing").latest("looked_at").item_id)
    assert order == [item.pk for item in items]

    period = timedelta(days=settings.FIXITY_PERIOD_DAYS)
    run(after=period + HOUR)

    assert Fixity.objects.exclude(pk="listing").latest("looked_at").item_id == items[0].pk


def test_a_killed_run_keeps_what_it_looked_at(case, monkeypatch):
    for number in range(4):
        make.item(case, b"item %d" % number)
    real, calls = fixity._look, []

    def dying(thing, pace):
        calls.append(thing)
        if len(calls) == 3:
            raise SystemExit
        return real(thing, pace)

    monkeypatch.setattr(fixity, "_look", dying)
    with pytest.raises(SystemExit):
        run()
    monkeypatch.setattr(fixity, "_look", real)

    assert run() == 2


def test_reading_is_paced():
    now, waited = [0.0], []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    pace = fixity.Pace(1000, wait=wait, clock=lambda: now[0])
    for _ in range(10):
        pace.hold(500)

    assert sum(waited) == pytest.approx(5.0)


def test_the_pace_holds_while_an_item_is_read(case):
    make.item(case, bytes(600_000))
    lengths = []
    pace = fixity.Pace(0)
    pace.hold = lengths.append  # type: ignore[method-assign]

    fixity.run(pace=pace)

    assert sum(lengths) == 600_000


def test_every_sweep_asks_for_a_run_when_its_time_has_come(item, settings):
    tasks.ask_for_fixity()
    job = Job.objects.get(stage=tasks.CHECK)
    make.go_the_road()
    tasks.ask_for_fixity()  # too soon
    job.refresh_from_db()
    assert (job.asked, job.answered) == (1, 1)

    settings.FIXITY_EVERY_S = 0
    tasks.ask_for_fixity()

    job.refresh_from_db()
    assert (job.asked, job.answered) == (2, 1)


def test_the_house_says_once_a_day_how_the_vault_is(item, vault, house):
    flip(vault / item.vault_name)
    run()
    run(after=HOUR)
    run(after=DAY)

    rows = custody.log_of(Subject.HOUSE, house.fingerprint).filter(act=Act.CHECKED)
    assert [events.decode(bytes(row.raw)).facts.get("changed", 0) for row in rows] == [0, 1]
