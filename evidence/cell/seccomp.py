"""seccomp: from here on the kernel refuses this process whole kinds of calls.

A filter of classic BPF over the number and arguments of each call (kernel.org,
userspace-api/seccomp_filter). What it names is refused with an error, not by death: a library that
asks for something it could do without goes on. Newer calls than we know do not exist for it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator
from typing import Final

from evidence.cell import kernel
from evidence.cell import system_calls as calls

_ARCHITECTURES: Final = (0xC000003E, 0xC00000B7)  # as the kernel names them, in `COLUMNS`' order
_FILTER_MODE: Final = 2
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in `seccomp_data`
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_THREAD: Final = 0x00010000  # CLONE_THREAD
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_Step = tuple[int, int, int, int]  # code, jump if true, jump if false, value


def restrict() -> None:
    """Refuse the calls of `system_calls.REFUSED`, new processes, opening for writing.

    Raises:
        OSError: the kernel has no such filter, or the machine is another than we have numbers for.
    """
    column = calls.COLUMNS.get(platform.machine())
    if column is None:
        raise OSError(errno.ENOSYS, "no numbers of this machine's system calls")
    steps = list(_program(column))
    filter_ = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *s) for s in steps))
    program = struct.pack("@HP", len(steps), ctypes.addressof(filter_))
    held = ctypes.create_string_buffer(program, len(program))
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_SECCOMP, _FILTER_MODE, ctypes.addressof(held))


def _program(column: int) -> Iterator[_Step]:
    yield _LOAD, 0, 0, _ARCHITECTURE
    yield _EQUAL, 1, 0, _ARCHITECTURES[column]
    yield _RETURN, 0, 0, _KILL
    yield _LOAD, 0, 0, _NUMBER
    # Of x86-64 this is also where the calls of its 32-bit form begin.
    yield from _refuse(_AT_LEAST, calls.UNKNOWN, errno.ENOSYS)
    for call in (calls.CLONE3, calls.OPENAT2):  # what they ask for lies in memory, out of sight
        yield from _refuse(_EQUAL, call[column], errno.ENOSYS)  # libc takes the older one then
    for refused in calls.REFUSED.values():
        if (number := refused[column]) is not None:
            yield from _refuse(_EQUAL, number, errno.EPERM)
    yield from _unless(calls.CLONE[column], 0, (_ANY_BIT, _THREAD), allowed_if=True)
    if (number := calls.OPEN[column]) is not None:
        yield from _unless(number, 1, (_ANY_BIT, _WRITING), allowed_if=False)
    yield from _unless(calls.OPENAT[column], 2, (_ANY_BIT, _WRITING), allowed_if=False)
    for call in (calls.KILL, calls.TGKILL):  # itself: that is how a library aborts
        yield from _unless(call[column], 0, (_EQUAL, os.getpid()), allowed_if=True)
    yield from _limits_only_asked(calls.PRLIMIT64[column])
    yield _RETURN, 0, 0, _ALLOW


def _refuse(test: int, number: int, error: int) -> Iterator[_Step]:
    yield test, 0, 1, number
    yield _RETURN, 0, 0, _ERROR | error


def _unless(
    number: int, argument: int, test: tuple[int, int], *, allowed_if: bool
) -> Iterator[_Step]:
    """Allow one call when the test of the low half of an argument comes out so; else refuse it."""
    code, value = test
    yield _EQUAL, 0, 4, number
    yield _LOAD, 0, 0, _ARGUMENTS + 8 * argument
    yield (code, 0, 1, value) if allowed_if else (code, 1, 0, value)
    yield _RETURN, 0, 0, _ALLOW
    yield _RETURN, 0, 0, _ERROR | errno.EPERM


def _limits_only_asked(number: int) -> Iterator[_Step]:
    """`prlimit64` with new limits (its third argument, a pointer) is refused."""
    yield _EQUAL, 0, 6, number
    yield _LOAD, 0, 0, _ARGUMENTS + 16
    yield _EQUAL, 0, 3, 0
    yield _LOAD, 0, 0, _ARGUMENTS + 20
    yield _EQUAL, 0, 1, 0
    yield _RETURN, 0, 0, _ALLOW
    yield _RETURN, 0, 0, _ERROR | errno.EPERM
