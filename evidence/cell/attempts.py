"""What a parser that was taken over would try, tried: which of it the cell refuses on this host."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Mapping
from pathlib import Path


def all_of(places: Mapping[str, str]) -> dict[str, bool]:
    """Try everything; the answer says of each whether it was refused.

    Args:
        places: `file`, a file outside the cell that this user may read; `folder`, one that this
            user may write in.
    """
    beside = Path(places["folder"], f"liuzheng-cell-{os.getpid()}")
    tries: dict[str, Callable[[], None]] = {
        "open_socket": lambda: socket.socket().close(),
        "read_file": lambda: Path(places["file"]).open("rb").close(),
        "make_file": lambda: _made(beside.touch, beside.unlink),
        "make_folder": lambda: _made(beside.mkdir, beside.rmdir),
        "start_process": _start_process,
        "signal_parent": lambda: os.kill(os.getppid(), 0),
    }
    return {name: _is_refused(attempt) for name, attempt in tries.items()}


def _is_refused(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _made(make: Callable[[], None], undo: Callable[[], None]) -> None:
    make()
    undo()


def _start_process() -> None:
    child = os.fork()
    if not child:
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
