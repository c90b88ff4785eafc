"""Why an upload cannot go on: named by stable codes."""

from __future__ import annotations

from evidence.errors import EvidenceError


class UploadBusyError(EvidenceError):
    """Another writer holds this upload; a dead one loses it within seconds."""

    code = "upload_busy"


class UploadEndedError(EvidenceError):
    """The upload has ended: as an item, refused, or given up."""

    code = "upload_ended"


class UploadExpiredError(EvidenceError):
    """The upload was not finished in time; its bytes are gone or about to be."""

    code = "upload_expired"


class OffsetMismatchError(EvidenceError):
    """The client would write elsewhere than where the upload ends."""

    code = "offset_mismatch"

    def __init__(self, *, offset: int) -> None:
        super().__init__(f"the upload stands at {offset}")
        self.offset = offset


class UploadOverrunError(EvidenceError):
    """More bytes than the upload's length says."""

    code = "upload_overrun"


class ChecksumMismatchError(EvidenceError):
    """The bytes of this call are not those that the client hashed. None of them was kept."""

    code = "checksum_mismatch"


class ChecksumUnsupportedError(EvidenceError):
    """A checksum by another algorithm than SHA-256, or none that can be read."""

    code = "checksum_unsupported"


class UploadIncompleteError(EvidenceError):
    """There is no receipt yet: bytes are missing."""

    code = "upload_incomplete"


class TusVersionError(EvidenceError):
    """The client speaks another version of tus than 1.0.0, or does not say which."""

    code = "tus_version_unsupported"


class TusHeaderError(EvidenceError):
    """A header of the protocol is missing or cannot be read; `header` names it."""

    code = "tus_header_malformed"

    def __init__(self, header: str) -> None:
        super().__init__(header)
        self.header = header
