"""evidence/vault/store.py: bytes lie encrypted on a disk, in memory or in a bucket, alike."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.bucket import make as make_bucket
from config.storages import configured
from evidence.errors import ItemUnreadableError
from evidence.vault import keys, store
from evidence.vault.bucket_file import BucketFile
from evidence.vault.envelope import EnvelopeDamagedError, OverLimitError
from tests.processes import free_port, until

CONTENT = b"PLAIN-WORDS-" * 100_000  # 1.2 MB, five segments
RCLONE = Path(sys.executable).with_name("rclone")
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
        make_bucket(store._vault())
    return request.param


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True


def put(content=CONTENT, *, max_bytes=10**9):
    object_id, data_key = uuid.uuid4(), keys.new_key()
    kept = store.put(
        io.BytesIO(content), object_id=object_id, data_key=data_key, max_bytes=max_bytes
    )
    return kept, {"object_id": object_id, "data_key": data_key}


def test_what_was_put_is_opened_again(place, settings):
    kept, key = put()

    with store.open_plain(kept.name, **key) as plain:
        assert plain.read() == CONTENT
    assert store.has(kept.name)
    assert list(settings.UPLOADS_DIR.iterdir()) == []


def test_any_place_in_it_can_be_read(place):
    kept, key = put()

    with store.open_plain(kept.name, **key) as plain:
        plain.seek(700_001)
        assert plain.read(10) == CONTENT[700_001:700_011]
        plain.seek(-5, io.SEEK_END)
        assert plain.read() == CONTENT[-5:]


def test_it_opens_under_its_own_id_only(place):
    kept, key = put()

    with pytest.raises(EnvelopeDamagedError):
        store.open_plain(kept.name, **{**key, "object_id": uuid.uuid4()})


def test_what_is_not_there_is_named(place):
    with pytest.raises(ItemUnreadableError):
        store.open_plain("ab/absent", object_id=uuid.uuid4(), data_key=keys.new_key())


def test_what_is_discarded_is_gone(place):
    kept, _ = put()

    store.discard(kept.name)

    assert not store.has(kept.name)


def test_a_second_thing_under_one_id_does_not_replace_the_first(place, settings):
    kept, key = put()
    part = store.incoming_path("second.part")
    part.write_bytes(b"other")

    with pytest.raises(store.VaultNameTakenError):
        store.adopt(part, kept.name)

    with store.open_plain(kept.name, **key) as plain:
        assert plain.read() == CONTENT


def test_too_much_leaves_nothing_behind(place, settings):
    with pytest.raises(OverLimitError):
        put(max_bytes=len(CONTENT) - 1)

    assert list(settings.UPLOADS_DIR.iterdir()) == []


def test_a_vault_on_another_disk_gets_a_whole_copy(vault, settings):
    settings.UPLOADS_DIR = Path("/dev/shm") / f"liuzheng-{uuid.uuid4().hex}"  # another file system
    if not Path("/dev/shm").is_dir():
        pytest.skip("no second file system")
    try:
        kept, key = put()
        with store.open_plain(kept.name, **key) as plain:
            assert plain.read() == CONTENT
        assert list(settings.UPLOADS_DIR.iterdir()) == []
    finally:
        settings.UPLOADS_DIR.rmdir()


def test_the_middle_of_an_object_is_fetched_alone(bucket, settings, vault):
    settings.STORAGES = {**settings.STORAGES, "vault": bucket}
    make_bucket(store._vault())
    kept, _ = put(bytes(8_000_000))
    file = BucketFile(store._vault(), kept.name)

    file.seek(5_000_000)
    first = file.read(1000)

    assert len(first) == 1000
    assert len(file._held) == 1000
    file.read(1000)
    assert len(file._held) > 1_000_000  # who reads on gets more at once
