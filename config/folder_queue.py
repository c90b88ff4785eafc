"""A queue in a folder of this machine: kombu's, but whole at every moment.

Kombu's transport opens a message under its last name before it writes it, and a table of bindings
before it locks it. A reader that comes in between, or after a writer was killed there, finds half
of one, and its worker ends. Here both are written beside their place and then moved there, and what
cannot be read nevertheless is named in the log and left out: a message is only a bell.
"""

from __future__ import annotations

import fcntl
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from typing import Any

import structlog
from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.transport.filesystem import exchange_queue_t
from kombu.utils.json import dumps, loads

NAME = "folder"
TRANSPORT_ALIASES[NAME] = f"{__name__}:Transport"

log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    """Messages and bindings in files that are there whole or not at all."""

    # The library's own signatures differ from those of its abstract channel as ours do.

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns()}_{uuid.uuid4().hex}.{queue}.msg"
        _write(Path(self.data_folder_out) / name, payload)

    def _get(self, queue: str) -> Any:  # type: ignore[override]
        for message in sorted(Path(self.data_folder_in).iterdir()):
            if message.name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = message.with_name(f"{message.name}.taken")
            try:
                message.rename(taken)
            except FileNotFoundError:  # another worker was first
                continue
            content = taken.read_bytes()
            taken.unlink()
            with suppress(ValueError):
                return loads(content.decode())
            log.warning("queue_message_unreadable", size=len(content))
        raise Empty

    def get_table(  # type: ignore[override]
        self, exchange: str
    ) -> list[exchange_queue_t]:
        """Give the bindings of an exchange; none where its file is missing or unreadable."""
        try:
            rows = loads(self._table(exchange).read_text())
        except FileNotFoundError:
            return []
        except ValueError:
            log.warning("queue_bindings_unreadable", subject=exchange)
            return []
        return [exchange_queue_t(*row) for row in rows]

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        bound = _binding(routing_key, pattern, queue)
        with self._one_at_a_time():
            table = self.get_table(exchange)
            if bound not in table:
                _write(self._table(exchange), [bound, *table])

    def _delete(
        self,
        queue: str,
        exchange: str,
        routing_key: str,
        pattern: str | None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        # Past kombu's own, which would write the table in place.
        virtual.Channel._delete(self, queue, exchange, routing_key, pattern, *args, **kwargs)
        bound = _binding(routing_key, pattern, queue)
        with self._one_at_a_time():
            table = self.get_table(exchange)
            if bound in table:
                left = [binding for binding in table if binding != bound]
                _write(self._table(exchange), left)

    def _table(self, exchange: str) -> Path:
        # Theirs refuses names that lead out of the folder.
        return Path(super()._exchange_file(exchange))  # type: ignore[misc]  # not in the stubs

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed, by a kill too
            yield


class Transport(filesystem.Transport):
    """Kombu's transport through a folder, with our channel."""

    Channel = Channel

    @property
    def default_connection_params(self) -> dict[str, Any]:
        """No host: kombu warns at each start where a queue that could have one names none."""
        return {}


def _binding(routing_key: str, pattern: str | None, queue: str) -> exchange_queue_t:
    return exchange_queue_t(routing_key or "", pattern or "", queue or "")


def _write(path: Path, content: Any) -> None:
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    part.write_text(dumps(content))
    part.replace(path)
