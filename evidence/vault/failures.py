"""A disk or a bucket that does not answer, by one name for whoever asks the vault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from evidence.errors import EvidenceError


class StorageFailedError(EvidenceError):
    """The disk or bucket did not answer, or refused: nothing is said about what lies there."""

    code = "vault_storage_failed"
    heals = True


@contextmanager
def named_failure() -> Iterator[None]:
    """Whatever a disk or a bucket's client raises, as StorageFailedError."""
    try:
        yield
    except OSError as cause:
        raise StorageFailedError(type(cause).__name__) from cause
    except Exception as cause:
        # The client of buckets is loaded where there is one only: known by its name.
        if type(cause).__module__.partition(".")[0] != "botocore":
            raise
        raise StorageFailedError(type(cause).__name__) from cause
