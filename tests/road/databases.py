"""A database of one's own for processes that keep what they write."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import SplitResult, urlsplit

import psycopg


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """The settings of it: none for SQLite (it lies under VAR_DIR), else one made for this use."""
    address = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not address.scheme.startswith("postgres"):
        yield {}
        return
    name = f"liuzheng_killed_{secrets.token_hex(6)}"
    with _server(address) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": address._replace(path=f"/{name}").geturl()}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def copy_database(url: str, into: str) -> None:
    """Put a copy of one PostgreSQL database in the place of another one; nobody may use either."""
    address = urlsplit(into)
    source, target = urlsplit(url).path[1:], address.path[1:]
    with _server(address) as connection:
        connection.execute(f'DROP DATABASE "{target}"')
        connection.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _server(address: SplitResult) -> psycopg.Connection[tuple[object, ...]]:
    server = address._replace(scheme="postgresql", path="/postgres").geturl()
    return psycopg.connect(server, autocommit=True)
