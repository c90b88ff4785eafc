"""A deadline over a whole HTTP exchange: requests' own time-outs begin anew with each octet."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import requests
import urllib3
from requests.adapters import HTTPAdapter


@contextmanager
def deadline(session: requests.Session, whole_s: float) -> Iterator[threading.Event]:
    """Cut the session's connections when the time is over; the event says that it was."""
    passed, sockets = threading.Event(), list[socket.socket]()
    adapter = HTTPAdapter(max_retries=0)
    pools = adapter.poolmanager.pool_classes_by_scheme
    adapter.poolmanager.pool_classes_by_scheme = {
        scheme: _watched(pool, sockets) for scheme, pool in pools.items()
    }
    session.mount("http://", adapter)
    session.mount("https://", adapter)

    def cut() -> None:
        passed.set()
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed already: that is what was wanted

    timer = threading.Timer(whole_s, cut)
    timer.daemon = True
    timer.start()
    try:
        yield passed
    finally:
        timer.cancel()


def _watched(
    pool: type[urllib3.HTTPConnectionPool], sockets: list[socket.socket]
) -> type[urllib3.HTTPConnectionPool]:
    """The same pool, whose connections leave their sockets in the list."""

    class Connection(pool.ConnectionCls):  # type: ignore[name-defined,misc]  # http's or https's
        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    return type("WatchedPool", (pool,), {"ConnectionCls": Connection})
