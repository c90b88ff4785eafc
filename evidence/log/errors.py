"""What can be wrong with the log."""

from __future__ import annotations

from evidence.errors import EvidenceError


class LogDamagedError(EvidenceError):
    """Rows of the log are missing or contradict each other: `manage.py check_log` names them."""

    code = "log_damaged"


class CheckpointUnknownError(EvidenceError):
    """The log has no checkpoint of that size."""

    code = "log_checkpoint_unknown"


class CosignatureRefusedError(EvidenceError):
    """The line is no signature of the known witness over this checkpoint."""

    code = "log_cosignature_refused"
