"""Why bytes give nothing to see or hear: stable codes; messages never quote content."""

from __future__ import annotations

from evidence.errors import EvidenceError


class ReadingError(EvidenceError):
    """A reader stopped; the item stays what it was, plain evidence."""

    code = "reading_failed"


class UnreadableError(ReadingError):
    """The format is known, these bytes cannot be read (command exit 3)."""

    code = "reading_damaged"


class RefusedError(ReadingError):
    """The file asks for more than a reader may give, or for something it must not do (exit 4)."""

    code = "reading_refused"


class TruncatedPictureError(UnreadableError):
    """The picture ends before its last line."""

    code = "reading_truncated_picture"


class UnplayableError(UnreadableError):
    """A recording without a single decodable frame (often: the recorder was killed)."""

    code = "reading_unplayable"


class PictureBombError(RefusedError):
    """A picture of more pixels, or more packed text, than any phone writes."""

    code = "reading_picture_bomb"


class OverLimitError(RefusedError):
    """One of the published limits is passed; `limit` names it, `allowed` is its value."""

    code = "reading_over_limit"

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(f"{limit}: at most {allowed}")
        self.limit = limit
        self.allowed = allowed
