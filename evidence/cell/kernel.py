"""The few calls of the Linux kernel that Python 3.11 has no words for."""

from __future__ import annotations

import ctypes
import os
from typing import Final

_LIBC: Final = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_SECCOMP: Final = 22
PR_CAPBSET_DROP: Final = 24
PR_SET_NO_NEW_PRIVS: Final = 38


def prctl(option: int, *arguments: int) -> None:
    """Set something of this process: `prctl`, section 2 of the manual.

    Raises:
        OSError: the kernel refuses.
    """
    given = [ctypes.c_ulong(each) for each in (*arguments, 0, 0, 0, 0)[:4]]
    _judge(_LIBC.prctl(ctypes.c_int(option), *given))


def call(number: int, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """A call by its number, for which libc may have no name.

    Raises:
        OSError: the kernel refuses, or has no such call.
    """
    given = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return _judge(_LIBC.syscall(ctypes.c_long(number), *given))


def unshare(flags: int) -> None:
    """Leave namespaces for new ones: `unshare`, section 2 of the manual.

    Raises:
        OSError: the kernel, or what watches over this process, refuses.
    """
    _judge(_LIBC.unshare(ctypes.c_int(flags)))


def _judge(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
