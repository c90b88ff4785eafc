"""The errors of evidence: each has a stable `code` that is part of the API; the text may change.

Here stand those of the doors. A pure room names its own beside what raises them.
"""

from __future__ import annotations

from collections.abc import Sequence


class EvidenceError(Exception):
    """Something about an evidence item could not be done; `code` says what, for ever."""

    code = "evidence_error"


class DigestMismatchError(EvidenceError):
    """The bytes that arrived are not the bytes that the sender hashed. Nothing is kept."""

    code = "digest_mismatch"

    def __init__(self, *, claimed: str, computed: str) -> None:
        super().__init__(f"claimed SHA-256 {claimed}, computed {computed}")
        self.claimed = claimed
        self.computed = computed


class DigestMalformedError(EvidenceError):
    """The claimed digest is not 64 lower-case hex digits."""

    code = "digest_malformed"


class EmptyFileError(EvidenceError):
    """Zero bytes prove nothing: often the phone's recorder was stopped, or a picker failed."""

    code = "empty_file"


class TooLargeError(EvidenceError):
    """More bytes than this house takes. Nothing is kept."""

    code = "too_large"

    def __init__(self, *, max_bytes: int) -> None:
        super().__init__(f"more than {max_bytes} bytes")
        self.max_bytes = max_bytes


class UnknownKindError(EvidenceError):
    """The sender's name for the item is none of `EvidenceItem.Kind`."""

    code = "unknown_kind"


class ConsentMissingError(EvidenceError):
    """Before the first upload the person agrees to each required purpose."""

    code = "consent_missing"

    def __init__(self, purposes: Sequence[str]) -> None:
        super().__init__(f"missing: {', '.join(purposes)}")
        self.purposes = list(purposes)


class ItemUnreadableError(EvidenceError):
    """The bytes of an item cannot be had: gone from the vault, or its key was destroyed."""

    code = "item_unreadable"


class ErasedBeforeError(EvidenceError):
    """This very file was in this case and was erased. Another case takes it."""

    code = "erased_before"


class UseResumableUploadError(EvidenceError):
    """Too large for one call: it comes by tus, in pieces, and can be resumed."""

    code = "use_resumable_upload"

    def __init__(self, *, max_bytes: int) -> None:
        super().__init__(f"more than {max_bytes} bytes")
        self.max_bytes = max_bytes
