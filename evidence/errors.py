"""The errors of evidence: each has a stable `code` that is part of the API; the text may change."""

from __future__ import annotations


class EvidenceError(Exception):
    """Something about an evidence item could not be done; `code` says what, for ever."""

    code = "evidence_error"
