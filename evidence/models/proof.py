"""What it means to be a proof row: written once. The database refuses the rest (`guard.py`)."""

from __future__ import annotations

from typing import Any

from django.db import models

from evidence.errors import EvidenceError


class AppendOnlyError(EvidenceError):
    """Somebody tried to change or delete a proof row."""

    code = "append_only"


class ProofModel(models.Model):
    """A row that can only be inserted; every concrete subclass gets its triggers by that alone.

    It holds ids, digests, sizes, times and codes, never a name, number, file name or text.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; the triggers refuse an update too, this only says so sooner."""
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.label} {self.pk}")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise AppendOnlyError(f"{self._meta.label} {self.pk}")
