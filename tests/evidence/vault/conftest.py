"""What the vault's tests share: a key, an item's id, sizes around the edges of segments."""

from __future__ import annotations

import io
import random

import pytest

from evidence.vault import envelope

KEY = bytes(range(32))
ITEM = b"2f6f3c1e-6d39-4a5e-9a36-0d3f3a6f7c11"
FIRST = (1 << 18) - 16 - 40
PLAIN = (1 << 18) - 16
EDGES = (FIRST, FIRST + PLAIN, FIRST + 2 * PLAIN)
SIZES = (0, 1, *(edge + by for edge in EDGES for by in (-1, 0, 1)), 5 * PLAIN + 77)


def plain_bytes(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def seal(plain: bytes, *, key: bytes = KEY, item: bytes = ITEM) -> bytes:
    sealed = io.BytesIO()
    envelope.seal_stream(
        io.BytesIO(plain), sealed, data_key=key, associated_data=item, max_bytes=1 << 40
    )
    return sealed.getvalue()


def unseal(sealed: bytes, *, key: bytes = KEY, item: bytes = ITEM) -> bytes:
    reader = envelope.DecryptingReader(io.BytesIO(sealed), data_key=key, associated_data=item)
    return reader.read()


@pytest.fixture(params=SIZES)
def size(request) -> int:
    return request.param
