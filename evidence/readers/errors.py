"""Why a file gives no records: stable codes; messages never quote content."""

from __future__ import annotations

from evidence.errors import EvidenceError


class ReadingError(EvidenceError):
    """A reader stopped; the item stays what it was, plain evidence."""

    code = "reading_failed"


class UnreadableError(ReadingError):
    """The format is known, these bytes cannot be read (command exit 3)."""

    code = "reading_damaged"


class ReaderFailedError(UnreadableError):
    """A reader met what it was not made for; the cause is chained, the item stays as it was."""

    code = "reading_failed"


class EncryptedError(UnreadableError):
    """The content is locked with a password that we neither have nor want."""

    code = "reading_encrypted"


class TruncatedPictureError(UnreadableError):
    """The picture ends before its last line."""

    code = "reading_truncated_picture"


class UnplayableError(UnreadableError):
    """A recording without a single decodable sound frame (often: the recorder was killed)."""

    code = "reading_unplayable"


class UnsupportedError(UnreadableError):
    """A container or compression that we know and do not open."""

    code = "reading_unsupported"


class RefusedError(ReadingError):
    """The file asks for more than a reader may give, or for something it must not do (exit 4)."""

    code = "reading_refused"


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


class PictureBombError(RefusedError):
    """A picture of more pixels than any phone writes."""

    code = "reading_picture_bomb"


class OverLimitError(RefusedError):
    """One of the published limits is passed; `limit` names it, `allowed` is its value."""

    code = "reading_over_limit"

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(f"{limit}: at most {allowed}")
        self.limit = limit
        self.allowed = allowed
