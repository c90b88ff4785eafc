"""What one file may cost us (docs/formats/reading.md, "Limits"). Bytes unless named otherwise."""

from __future__ import annotations

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB
GIB: Final = 1024 * MIB

EXPORT_BYTES: Final = 2 * GIB  # XML, archives
DATABASE_BYTES: Final = 1 * GIB  # a database is copied into memory
TEXT_BYTES: Final = 64 * MIB  # plain text, tables
RECORDS: Final = 3_000_000  # a GiB of short messages is 2.5 million
TEXT_FIELD: Final = 1 * MIB
TAG_BYTES: Final = 16 * MIB  # one XML start tag without its spilled values

ARCHIVE_MEMBERS: Final = 20_000
ARCHIVE_DIRECTORY: Final = 16 * MIB
ARCHIVE_UNPACKED: Final = 4 * GIB
ARCHIVE_RATIO: Final = 100  # to one, per member, once it passes ARCHIVE_RATIO_FROM
ARCHIVE_RATIO_FROM: Final = 10 * MIB
ARCHIVE_DEPTH: Final = 2
MEMBER_IN_MEMORY: Final = 64 * MIB  # a member that needs random access
HELD_BYTES: Final = 256 * MIB  # databases of a stream that wait for their logs
