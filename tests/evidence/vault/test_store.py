"""evidence/vault/store.py: bytes lie encrypted on a disk, in memory or in a bucket, alike."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.bucket import make as make_bucket
from config.storages import configured
from evidence import custody, erasure, fixity
from evidence.custody import Act, Actor, Subject
from evidence.errors import ItemUnreadableError
from evidence.models import CustodyEvent, Fixity
from evidence.vault import blobs, keys, shelf, store
from evidence.vault.bucket_file import BucketFile
from evidence.vault.envelope import EnvelopeDamagedError, OverLimitError
from evidence.vault.failures import StorageFailedError
from evidence.vault.store import Why
from tests import make
from tests.processes import free_port, until

CONTENT = b"PLAIN-WORDS-" * 100_000  # 1.2 MB, five segments
RCLONE = Path(sys.executable).with_name("rclone")
SOMEBODY = Actor.system("somebody")
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}


@pytest.fixture(scope="module")
def bucket(tmp_path_factory) -> Iterator[dict]:
    """A real S3-compatible server on this machine."""
    port = free_port()
    words = ["serve", "s3", "--auth-key", "test-access,test-secret", "--addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [RCLONE, *words, str(tmp_path_factory.mktemp("bucket"))], stderr=subprocess.DEVNULL
    )
    until(lambda: listens(port), within_s=20)
    yield configured(
        Path("unused"),
        bucket="liuzheng-store",
        endpoint=f"http://127.0.0.1:{port}",
        region="us-east-1",
        access_key="test-access",
        secret_key="test-secret",
    )["vault"]
    server.kill()
    server.wait(10)


@pytest.fixture(params=["disk", "memory", "bucket"])
def place(request, settings, tmp_path, vault):
    if request.param != "disk":
        where = MEMORY if request.param == "memory" else request.getfixturevalue("bucket")
        settings.STORAGES = {**settings.STORAGES, "vault": where}
    if request.param == "bucket":
        make_bucket(blobs._vault())
    return request.param


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True


@pytest.fixture
def item(case, place):
    return make.item(case, CONTENT)


def put(content=CONTENT, *, max_bytes=10**9):
    why = Why(Subject.UPLOAD, uuid.uuid4(), SOMEBODY)
    key = {"object_id": uuid.uuid4(), "data_key": keys.new_key()}
    return store.put(io.BytesIO(content), **key, max_bytes=max_bytes, why=why), why, key


def test_what_was_put_is_opened_again(item, settings):
    with store.open_item(item, actor=SOMEBODY) as plain:
        assert plain.read() == CONTENT
    assert shelf.has(item.vault_name)
    assert list(settings.UPLOADS_DIR.iterdir()) == []


def test_any_place_in_it_can_be_read(item):
    with store.open_item(item, actor=SOMEBODY) as plain:
        plain.seek(700_001)
        assert plain.read(10) == CONTENT[700_001:700_011]
        plain.seek(-5, io.SEEK_END)
        assert plain.read() == CONTENT[-5:]


def test_it_opens_under_its_own_id_only(place, db):
    kept, _, key = put()

    with pytest.raises(EnvelopeDamagedError):
        shelf.digest(kept.name, **{**key, "object_id": uuid.uuid4()})


def test_what_is_not_there_is_named(item):
    blobs.delete(item.vault_name)

    with pytest.raises(ItemUnreadableError):
        store.open_item(item, actor=SOMEBODY)


def test_a_store_that_does_not_answer_is_named(item, bucket, settings):
    nowhere = f"http://127.0.0.1:{free_port()}"
    away = {**bucket, "OPTIONS": {**bucket["OPTIONS"], "endpoint_url": nowhere}}
    settings.STORAGES = {**settings.STORAGES, "vault": away}

    with pytest.raises(StorageFailedError):
        store.open_item(item, actor=SOMEBODY)


def test_what_is_discarded_is_gone(place, db):
    kept, why, _ = put()

    store.discard(kept.name, why=why)

    assert not shelf.has(kept.name)


def test_what_is_not_there_cannot_be_discarded_and_leaves_no_event(place, db):
    why = Why(Subject.UPLOAD, uuid.uuid4(), SOMEBODY)

    store.discard(shelf.name_of(uuid.uuid4()), why=why)

    assert not custody.log_of(why.subject, why.id).exists()


def test_a_second_thing_under_one_id_does_not_replace_the_first(place, db):
    kept, why, key = put()
    part = blobs.incoming_path("second.part")
    part.write_bytes(b"other")

    with pytest.raises(blobs.VaultNameTakenError):
        store.adopt(part, object_id=key["object_id"], stored=kept, why=why)

    assert shelf.digest(kept.name, **key) == (kept.sha256, kept.size)


def test_too_much_leaves_nothing_behind_not_even_an_event(place, db, settings):
    with pytest.raises(OverLimitError):
        put(max_bytes=len(CONTENT) - 1)

    assert list(settings.UPLOADS_DIR.iterdir()) == []
    assert not CustodyEvent.objects.filter(act=Act.STORED).exists()


def test_a_vault_on_another_disk_gets_a_whole_copy(vault, db, settings):
    settings.UPLOADS_DIR = Path("/dev/shm") / f"liuzheng-{uuid.uuid4().hex}"  # another file system
    if not Path("/dev/shm").is_dir():
        pytest.skip("no second file system")
    try:
        kept, _, key = put()
        assert shelf.digest(kept.name, **key) == (kept.sha256, len(CONTENT))
        assert list(settings.UPLOADS_DIR.iterdir()) == []
    finally:
        settings.UPLOADS_DIR.rmdir()


def test_a_vault_that_moved_to_another_prefix_holds_the_same(bucket, settings, vault, case):
    moved = {**bucket, "OPTIONS": {**bucket["OPTIONS"], "location": "house/vault"}}
    settings.STORAGES = {**settings.STORAGES, "vault": bucket}
    make_bucket(blobs._vault())
    item = make.item(case, CONTENT)
    storage = blobs._vault()
    source = {"Bucket": storage.bucket_name, "Key": item.vault_name}
    storage.bucket.Object(f"house/vault/{item.vault_name}").copy(source)
    storage.delete(item.vault_name)

    settings.STORAGES = {**settings.STORAGES, "vault": moved}

    assert store.open_item(item, actor=SOMEBODY).read() == CONTENT
    fixity.run(now=timezone.now(), pace=fixity.Pace(0))
    assert (Fixity.objects.get(pk=item.vault_name).result, fixity.told()) == ("ok", {})


def test_the_middle_of_an_object_is_fetched_alone(bucket, settings, vault, db):
    settings.STORAGES = {**settings.STORAGES, "vault": bucket}
    make_bucket(blobs._vault())
    kept, _, _ = put(bytes(8_000_000))
    file = BucketFile(blobs._vault(), kept.name)

    file.seek(5_000_000)
    first = file.read(1000)

    assert len(first) == 1000
    assert len(file._held) == 1000
    for times in (2, 4, 8):
        file.read(len(file._held))
        assert len(file._held) == times * 1000  # who reads on gets twice as much each time


def opened(item):
    return custody.log_of(Subject.ITEM, item.pk).filter(act=Act.OPENED).count()


def test_what_is_expected_is_recorded_before_and_opened_without_another_question(
    case, vault, django_assert_num_queries
):
    items = [make.item(case, f"item {number}".encode()) for number in range(3)]
    openings = store.Openings(SOMEBODY)

    openings.expect(items)

    assert [opened(item) for item in items] == [1, 1, 1]
    with django_assert_num_queries(0):
        assert [openings.open_item(item).read() for item in items * 2] == [
            f"item {number}".encode() for number in range(3)
        ] * 2


def test_how_many_are_expected_costs_no_more_statements(case, vault):
    few, many = ([make.item(case, f"{n} {i}".encode()) for i in range(n)] for n in (1, 12))
    counts = []
    for items in (few, many):
        with CaptureQueriesContext(connection) as asked:
            store.Openings(SOMEBODY).expect(items)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_was_not_expected_is_recorded_when_it_is_opened(item):
    openings = store.Openings(SOMEBODY)

    for _ in range(2):
        assert openings.open_item(item).read() == CONTENT

    assert opened(item) == 1


def test_after_an_hour_the_next_opening_is_recorded_again(case, vault, monkeypatch):
    item = make.item(case, CONTENT)
    openings = store.Openings(SOMEBODY)
    openings.expect([item])
    monkeypatch.setattr(store, "ONE_EVENT_PER", timedelta(0))

    openings.open_item(item)

    assert opened(item) == 2


def test_of_an_item_without_a_key_nothing_is_recorded_and_opening_it_says_why(case, vault):
    kept, erased = make.item(case, CONTENT), make.item(case, b"erased")
    erasure.destroy_item_keys([erased.pk])
    openings = store.Openings(SOMEBODY)

    openings.expect([kept, erased])

    assert (opened(kept), opened(erased)) == (1, 0)
    with pytest.raises(ItemUnreadableError):
        openings.open_item(erased)
    assert opened(erased) == 0


def test_what_is_expected_within_a_transaction_that_could_be_taken_back_is_refused(case, vault):
    item = make.item(case, CONTENT)

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        store.Openings(SOMEBODY).expect([item])
