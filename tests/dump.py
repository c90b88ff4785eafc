"""The whole house as bytes: every row of every table, past all models, and every file."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import connection


def rows() -> Iterator[tuple[str, bytes]]:
    """Yield (table, all values of one row), of tables that no model has, too."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, b"\n".join(map(_raw, row))


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of every file below; what is zlib (the cache's) also unpacked."""
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        yield path.name, content + _unpacked(content)


def traces(places: Iterable[tuple[str, bytes]], words: Iterable[str]) -> list[str]:
    """Where one of the words stands, in UTF-8 or escaped as JSON does."""
    wanted = {form for word in words for form in _forms(word)}
    return sorted({name for name, content in places if any(form in content for form in wanted)})


def _forms(word: str) -> Iterator[bytes]:
    yield word.encode()
    yield json.dumps(word)[1:-1].encode()


def _raw(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).encode()
    return str(value).encode()


def _unpacked(content: bytes) -> bytes:
    start = content.find(b"\x78\x9c")
    try:
        return zlib.decompress(content[start:]) if start >= 0 else b""
    except zlib.error:
        return b""  # those two octets stand in other files as well
