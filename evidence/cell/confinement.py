"""What a child gives up beside its limits, where the kernel lets it: files, network, new processes.

Each measure stands for itself: one that this host does not grant is left out, and the child says
which of them hold (`HELD`), for `manage.py check --deploy` and for the tests.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from evidence.cell import kernel, landlock, seccomp, system_calls

ROOM: Final = Path(__file__).resolve().parent.parent  # our own code: this app, nothing above it
# Of the system: libraries, time zones, what libraries ask of processor and memory.
_SYSTEM: Final = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
    "/etc/localtime", "/etc/mime.types", "/usr/share/zoneinfo", "/proc/cpuinfo", "/proc/meminfo",
    "/sys/devices/system/cpu", "/dev/null", "/dev/urandom",
)  # fmt: skip
_NEW_USER, _NEW_NET, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_LAST_CAPABILITY: Final = 63
_CAPABILITY_VERSION: Final = 0x20080522


def confine(also: Sequence[Path] = ()) -> list[str]:
    """Give up what can be given up; the names of the measures that hold now, in their order.

    For a process of one thread. Whatever is loaded later is loaded from `readable()` only, and
    from the files of `also`: a model that the operator laid elsewhere.
    """
    if sys.platform != "linux":
        return []
    measures = dict(MEASURES)
    if also:
        measures["landlock"] = partial(landlock.restrict, [*readable(), *also])
    held = []
    for name, measure in measures.items():
        try:
            measure()
        except OSError:  # this kernel, or what watches over us, does not grant it
            continue
        held.append(name)
    return held


def readable() -> Iterator[Path]:
    """Where the interpreter, its packages, this app and the system's libraries lie."""
    yield ROOM
    for prefix in {sys.prefix, sys.base_prefix}:
        yield Path(prefix, "lib")
        yield Path(prefix, "lib64")
    yield from map(Path, _SYSTEM)


def _die_with_parent() -> None:
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # nobody of the same user looks into its memory


def _namespaces() -> None:
    """A network without a single interface, no shared memory with others, no privilege outside."""
    kernel.unshare(_NEW_USER | _NEW_NET | _NEW_IPC)


def _no_capabilities() -> None:
    """For a worker that runs as root, and for what a new user namespace gives."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError:  # none of that number, or it was never ours to drop
            break
    column = system_calls.COLUMNS.get(platform.machine())
    number = None if column is None else system_calls.REFUSED["capset"][column]
    if number is None:
        raise OSError(errno.ENOSYS, "no numbers of this machine's system calls")
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION, 0))
    nothing = ctypes.create_string_buffer(struct.pack("=6I", *[0] * 6))
    kernel.call(number, header, nothing)


MEASURES: Final[dict[str, Callable[[], None]]] = {
    "dies_with_parent": _die_with_parent,
    "namespaces": _namespaces,
    "no_capabilities": _no_capabilities,
    "landlock": lambda: landlock.restrict(readable()),
    "seccomp": seccomp.restrict,  # last: it refuses what the others are made of
}
