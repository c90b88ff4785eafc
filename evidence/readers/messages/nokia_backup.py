"""Nokia's PC Suite backups (.nbu): a binary file in which text messages lie as vMessages.

The messages are found by their own marks, in UTF-16 or UTF-8, wherever they stand; contacts,
calendars and files in the backup are not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from evidence.readers.limits import MIB
from evidence.readers.reading import Context
from evidence.readers.record import Record
from evidence.readers.syntax.encodings import Forward

from . import vmessage

VERSION: Final = "2"

_MARKS: Final = tuple(
    ("BEGIN:VMSG".encode(name), "END:VMSG".encode(name), name) for name in ("utf-16-le", "utf-8")
)
_LONGEST: Final = MIB  # bytes of one message; a mark that is not followed by its end is passed over
_CONTENTS_AT: Final = 0x14  # where the file says where its table of contents stands
_BEFORE_SERIAL: Final = 0x14 + 8  # bytes of that table before the phone's serial number
_SERIAL: Final = range(14, 18)  # digits


def recognise_head(head: bytes) -> bool:
    """Whether messages stand among the first bytes of a binary file."""
    return any(begin in head for begin, *_ in _MARKS)


def recognise(file: BinaryIO) -> bool:
    """Whether the table of contents is that of such a backup; the position is 0 afterwards."""
    size = file.seek(0, io.SEEK_END)
    try:
        file.seek(_CONTENTS_AT)
        at = int.from_bytes(file.read(8), "little") + _BEFORE_SERIAL
        if not _CONTENTS_AT + 8 < at < size - 2:
            return False
        file.seek(at)
        digits = int.from_bytes(file.read(2), "little")
        serial = file.read(2 * digits) if digits in _SERIAL else b""
        return (
            len(serial) == 2 * digits > 0
            and not serial[1::2].strip(b"\0")
            and (serial[::2].isdigit())
        )
    finally:
        file.seek(0)


def read(file: BinaryIO, context: Context) -> Iterator[Record]:
    """Yield one `sms` for each whole message; places are bytes of the file."""
    for begin, raw, encoding in _messages(file, context):
        context.notes.encoding = encoding
        place = {"bytes": [begin, begin + len(raw)]}
        for record in vmessage.records(raw.decode(encoding, "replace").encode(), context):
            yield record._replace(source_locator=place)


def _messages(file: Forward, context: Context) -> Iterator[tuple[int, bytes, str]]:
    """Offset, bytes and encoding of each message."""
    buffer, origin = b"", 0
    while True:
        found = min(
            ((at, end, name) for begin, end, name in _MARKS if (at := buffer.find(begin)) >= 0),
            default=None,
        )
        keep = max(0, len(buffer) - 32) if found is None else found[0]
        stop = -1 if found is None else buffer.find(found[1], found[0])
        if found is not None and stop >= 0:
            begin = buffer.rfind("BEGIN:VMSG".encode(found[2]), found[0], stop)
            stop += len(found[1])
            yield origin + begin, buffer[begin:stop], found[2]
            keep = stop
        elif found is not None and len(buffer) - found[0] > _LONGEST:
            keep = found[0] + 2
        else:
            piece = file.read(MIB)
            if not piece:
                if found is not None:
                    context.notes.warn("file_truncated")
                return
            buffer, origin = buffer[keep:] + piece, origin + keep
            continue
        buffer, origin = buffer[keep:], origin + keep
