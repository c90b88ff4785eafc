"""config/bucket.py and config/storages.py against a real S3-compatible server that checks keys."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.utils.module_loading import import_string

from config import bucket, storages

WAIT_S = 20
RCLONE = Path(sys.executable).with_name("rclone")  # of requirements/test.in


def vault_at(endpoint: str, *, secret: str = "test-secret-key") -> Any:
    configured = storages.configured(
        Path("unused"),
        bucket="liuzheng-vault",
        endpoint=endpoint,
        region="us-east-1",
        access_key="test-access",
        secret_key=secret,
    )["vault"]
    return import_string(configured["BACKEND"])(**configured["OPTIONS"])


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory) -> Iterator[str]:
    """A store in a process of its own, empty, with one pair of keys."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "s3", "--auth-key", "test-access,test-secret-key", "--addr"]
    words += [f"127.0.0.1:{port}", str(tmp_path_factory.mktemp("store"))]
    server = subprocess.Popen([RCLONE, *words], stderr=subprocess.DEVNULL)
    last = time.monotonic() + WAIT_S
    while time.monotonic() < last:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
            break
        except OSError:
            assert server.poll() is None
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


def test_it_makes_the_bucket_once_and_the_vault_works_in_it(endpoint):
    vault = vault_at(endpoint)

    assert bucket.make(vault)
    assert not bucket.make(vault)

    name = vault.save("ab/abcd", ContentFile(b"sealed" * 1000))
    with vault.open(name) as file:
        assert file.read() == b"sealed" * 1000
    vault.delete(name)
    with pytest.raises(FileNotFoundError):
        vault.open(name)


def test_a_wrong_key_is_said_in_one_sentence_without_the_key(endpoint):
    with pytest.raises(ImproperlyConfigured) as refusal:
        bucket.make(vault_at(endpoint, secret="another-secret"))

    assert "S3_" in str(refusal.value)
    assert "another-secret" not in str(refusal.value)


def test_a_store_that_is_away_is_said_in_one_sentence():
    with pytest.raises(ImproperlyConfigured, match="no_answer"):
        bucket.make(vault_at("http://127.0.0.1:9"))


def test_a_vault_on_this_machine_needs_no_bucket():
    assert not bucket.make(InMemoryStorage())
