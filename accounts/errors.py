"""The errors of accounts: each has a stable `code` that is part of the API; the text may change."""

from __future__ import annotations


class AccountError(Exception):
    """Something about an account could not be done; `code` says what, for ever."""

    code = "account_error"


class QuotaSpentError(AccountError):
    """The account has used what it may use. `which` is bytes, open_uploads or packages."""

    code = "quota_spent"

    def __init__(self, *, which: str, used: int, limit: int) -> None:
        super().__init__(f"{which}: {used} of {limit}")
        self.which = which
        self.used = used
        self.limit = limit


class RecoveryRefusedError(AccountError):
    """The user name and the paper code do not belong together, or the code was used before.

    One error for every cause: a stranger learns nothing about which names exist.
    """

    code = "recovery_refused"


class PassphraseWrongError(AccountError):
    """The passphrase is not that of the account that is signed in."""

    code = "passphrase_wrong"


class PassphraseRefusedError(AccountError):
    """A new passphrase is too short, too common or too near the user name."""

    code = "passphrase_refused"

    def __init__(self, *, reasons: list[str]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class InvitationRefusedError(AccountError):
    """The invitation is unknown, used or too old."""

    code = "invitation_refused"


class SecondFactorNeededError(AccountError):
    """Staff see evidence only in a session that a second factor opened."""

    code = "second_factor_needed"
