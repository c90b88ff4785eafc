"""Where the law data comes from: the files shipped beside this module, checked before first use."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

from complaints.law import checks
from complaints.law.pack import FILES, Pack, read


def load(files: Mapping[str, bytes]) -> Pack:
    """A pack whose every reference, date and translation has been checked.

    Raises:
        LawDataError: what does not hold, by file and entry; no half pack is given.
    """
    pack = read(files)
    checks.check(pack)
    return pack


def shipped() -> dict[str, bytes]:
    """The bytes of the files that come with this version of the program."""
    folder = resources.files("complaints.law") / "data"
    return {name: (folder / name).read_bytes() for name in FILES}


@functools.cache
def law() -> Pack:
    """The pack in use; read and checked once a process."""
    return load(shipped())
