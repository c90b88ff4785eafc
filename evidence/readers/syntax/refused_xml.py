"""XML that declares its own entities: refused before any parser sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from evidence.readers.errors import EntitiesError
from evidence.readers.reading import Context
from evidence.readers.record import Record

VERSION: Final = "1"


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Always refuses; real exports carry no DOCTYPE.

    Raises:
        EntitiesError: always.
    """
    raise EntitiesError("a DOCTYPE stands in a message export")
