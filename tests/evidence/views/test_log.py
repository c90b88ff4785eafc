"""`/api/items/<id>/log/`, `/api/log/consistency/`, `/log/`: proofs for some, tiles for all."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evidence import tasks
from evidence.custody import Subject, log_of
from evidence.integrity import checkpoint, event, merkle
from evidence.log import checkpoints
from evidence.models import Checkpoint, CustodyEvent, LogLeaf
from tests import make
from tests.evidence.log import naive
from tests.fakes.tsa_server import TsaServer
from tests.guard import lifted


@pytest.fixture
def item(case):
    made = make.item(case, b"a file")
    make.go_the_road()
    checkpoints.catch_up()
    return made


@pytest.fixture
def shown(item, settings):
    """The log is public, and its checkpoint was made before the last fixed moment."""
    settings.LOG_ORIGIN = "test.example/log"
    with lifted():
        Checkpoint.objects.update(made_at=timezone.now() - timedelta(hours=2))


def unb64(values):
    return [base64.b64decode(value) for value in values]


def test_an_owner_can_prove_each_event_of_an_item(item, borrower_browser, house):
    told = borrower_browser.get(f"/api/items/{item.pk}/log/").json()

    note = checkpoint.verify(
        told["checkpoint"].encode(), origin=house.origin, public_key=house.log_key.public_key()
    )
    assert len(told["entries"]) == log_of(Subject.ITEM, item.pk).count() > 1
    for entry in told["entries"]:
        merkle.verify_inclusion(
            merkle.leaf_hash(bytes.fromhex(entry["leaf_data"])),
            index=entry["index"],
            size=note.size,
            proof=unb64(entry["path"]),
            root_hash=note.root,
        )


def test_an_event_that_waits_says_so(case, borrower_browser):
    item = make.item(case, b"just arrived")

    told = borrower_browser.get(f"/api/items/{item.pk}/log/").json()

    assert told["checkpoint"] is None
    assert [entry["index"] for entry in told["entries"]] == [None]
    assert told["outside"] is None


def test_a_stranger_learns_nothing_of_it(item, stranger):
    answer = make.signed_in(stranger).get(f"/api/items/{item.pk}/log/")

    assert answer.status_code == 404


def test_the_first_stamped_checkpoint_is_the_outside_time(
    case, borrower_browser, settings, tmp_path, house
):
    item = make.item(case, b"a file")
    with TsaServer(tmp_path) as tsa:
        settings.TSA_URLS = [tsa.entry]
        settings.TSA_STAMPS_ITEMS = False
        tasks.ask_for_log()
        make.go_the_road()

    outside = borrower_browser.get(f"/api/items/{item.pk}/log/").json()["outside"]
    note = checkpoint.read(outside["checkpoint"].encode())
    first = log_of(Subject.ITEM, item.pk).first()
    merkle.verify_inclusion(
        merkle.leaf_hash(event.leaf_data(bytes(first.raw))),
        index=outside["index"],
        size=note.size,
        proof=unb64(outside["path"]),
        root_hash=note.root,
    )
    assert [token["source"] for token in outside["tokens"]] == ["stranger"]


def test_two_checkpoints_are_shown_to_be_one_log(case, borrower_browser):
    make.item(case, b"one")
    old = checkpoints.catch_up()
    make.item(case, b"two")
    new = checkpoints.catch_up()

    told = borrower_browser.get(f"/api/log/consistency/?old={old.size}&new={new.size}").json()

    merkle.verify_consistency(
        old_size=old.size,
        size=new.size,
        proof=unb64(told["path"]),
        old_root=checkpoint.read(told["old"].encode()).root,
        root_hash=checkpoint.read(told["new"].encode()).root,
    )


@pytest.mark.parametrize("query", ["", "old=1&new=x", "old=1&new=999999", "old=-1&new=1"])
def test_a_size_that_no_checkpoint_has_is_refused(item, borrower_browser, query):
    answer = borrower_browser.get(f"/api/log/consistency/?{query}")

    assert (answer.status_code, answer.json()["code"]) == (404, "log_checkpoint_unknown")


PATHS = ("checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1")


@pytest.mark.parametrize("path", PATHS)
def test_without_an_origin_nothing_is_shown(item, settings, path):
    settings.LOG_ORIGIN = ""

    assert Client().get(f"/log/{path}").status_code == 404


def test_anybody_rebuilds_the_root_from_the_tiles(shown):
    note = checkpoint.read(Client().get("/log/checkpoint").content)

    raw = Client().get(f"/log/tile/0/000.p/{note.size}").content
    leaves = [raw[at : at + 32] for at in range(0, len(raw), 32)]
    assert merkle.root(leaves) == note.root


def test_an_entry_bundle_holds_commitments_only(shown):
    size = LogLeaf.objects.count()

    raw = Client().get(f"/log/tile/entries/000.p/{size}").content

    data = [raw[at + 2 : at + 34] for at in range(0, len(raw), 34)]
    assert {raw[at : at + 2] for at in range(0, len(raw), 34)} == {b"\x00\x20"}
    assert data == [
        hashlib.sha256(b"liuzheng/event/v1\n" + bytes(leaf.event.raw)).digest()
        for leaf in LogLeaf.objects.select_related("event")
    ]
    assert naive.root(data) == checkpoint.read(Client().get("/log/checkpoint").content).root


@pytest.mark.parametrize(
    "path", ["tile/0/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/64/000.p/1", "tile/0/0.p/1"]
)
def test_what_the_published_log_does_not_have_is_not_there(shown, path):
    assert Client().get(f"/log/{path}").status_code == 404


def test_what_came_after_the_fixed_moment_is_not_shown_yet(shown, case):
    before = Client().get("/log/checkpoint").content
    make.item(case, b"later")
    checkpoints.catch_up()

    assert Client().get("/log/checkpoint").content == before
    beyond = checkpoint.read(before).size + 1
    assert Client().get(f"/log/tile/0/000.p/{beyond}").status_code == 404


def test_tiles_may_be_kept_for_ever_and_the_checkpoint_may_not(shown):
    assert "immutable" in Client().get("/log/tile/0/000.p/1")["Cache-Control"]
    assert Client().get("/log/checkpoint")["Cache-Control"] == "no-cache"


def test_nothing_but_commitments_leaves(shown, item):
    shown_bytes = b"".join(Client().get(f"/log/{path}").content for path in PATHS)

    for row in CustodyEvent.objects.all():
        assert bytes(row.raw) not in shown_bytes
        assert row.sha256.encode() not in shown_bytes
        assert bytes.fromhex(row.sha256) not in shown_bytes
