"""Why a file gives no records: stable codes; messages never quote content."""

from __future__ import annotations

from evidence.media.errors import (
    OverLimitError,
    PictureBombError,
    ReadingError,
    RefusedError,
    TruncatedPictureError,
    UnplayableError,
    UnreadableError,
)

__all__ = [
    "ArchiveBombError",
    "EncryptedError",
    "EntitiesError",
    "NestedArchiveError",
    "OverLimitError",
    "PathTraversalError",
    "PictureBombError",
    "ReaderFailedError",
    "ReadingError",
    "RefusedError",
    "TruncatedPictureError",
    "UnplayableError",
    "UnreadableError",
    "UnsupportedError",
]


class ReaderFailedError(UnreadableError):
    """A reader met what it was not made for; the cause is chained, the item stays as it was."""

    code = "reading_failed"


class EncryptedError(UnreadableError):
    """The content is locked with a password that we neither have nor want."""

    code = "reading_encrypted"


class UnsupportedError(UnreadableError):
    """A container or compression that we know and do not open."""

    code = "reading_unsupported"


class EntitiesError(RefusedError):
    """A DOCTYPE in a message export: real ones never have it, entity bombs always do."""

    code = "reading_xml_entities"


class ArchiveBombError(RefusedError):
    """An archive that grows beyond every honest ratio."""

    code = "reading_archive_bomb"


class PathTraversalError(RefusedError):
    """An archive member whose name points outside the archive, or that is a link or a device."""

    code = "reading_path_traversal"


class NestedArchiveError(RefusedError):
    """Archives within archives deeper than two."""

    code = "reading_archive_nested"
