"""Why a time-stamp token does not hold: one name for each reason."""

from __future__ import annotations

from evidence.errors import EvidenceError


class TimeStampError(EvidenceError):
    """The root of these names; `code` tells them apart."""

    code = "stamp_invalid"


class TimeStampUnreadableError(TimeStampError):
    """Not an RFC 3161 response in DER, or a part of it that must be there is not."""

    code = "stamp_unreadable"


class TimeStampEncodingError(TimeStampError):
    """Readable, but not in the form of DER: another reader might read something else."""

    code = "stamp_not_der"


class TimeStampNotGrantedError(TimeStampError):
    """The TSA refused; `status` and `failure` are RFC 3161's words."""

    code = "stamp_not_granted"

    def __init__(self, *, status: str, failure: str | None) -> None:
        super().__init__(f"status {status}, failure {failure or 'not said'}")
        self.status = status
        self.failure = failure


class TimeStampImprintError(TimeStampError):
    """The token is over other bytes than these."""

    code = "stamp_wrong_imprint"


class TimeStampNonceError(TimeStampError):
    """The token answers another request."""

    code = "stamp_wrong_nonce"


class TimeStampPolicyError(TimeStampError):
    """The token was made under a policy that is not among those accepted."""

    code = "stamp_wrong_policy"


class TimeStampExtensionError(TimeStampError):
    """The token has a critical extension that nobody here understands."""

    code = "stamp_unknown_extension"


class TimeStampCertificateMissingError(TimeStampError):
    """The TSA's own certificate is neither in the token nor given."""

    code = "stamp_certificate_missing"


class TimeStampCertificateIdError(TimeStampError):
    """The signed certificate id (ESSCertID, ESSCertIDv2) names another certificate, or none."""

    code = "stamp_wrong_certificate_id"


class TimeStampUsageError(TimeStampError):
    """The certificate is not for time-stamping alone, critically (RFC 3161 §2.3)."""

    code = "stamp_wrong_usage"


class TimeStampAttributeError(TimeStampError):
    """The signed attributes do not fit the content they should be about."""

    code = "stamp_wrong_attributes"


class TimeStampAlgorithmError(TimeStampError):
    """An algorithm that is unknown here or no longer strong enough."""

    code = "stamp_weak_or_unknown_algorithm"


class TimeStampSignatureError(TimeStampError):
    """The signature is not the certificate's."""

    code = "stamp_wrong_signature"


class TimeStampValidityError(TimeStampError):
    """A certificate was not valid at the stamped time: expired already, or not yet valid."""

    code = "stamp_certificate_not_valid_then"


class TimeStampChainError(TimeStampError):
    """The chain ends at no root that was given: whoever stamped, it is nobody known here."""

    code = "stamp_chain_unknown"


class TimeStampClockError(TimeStampError):
    """The stamped time is far from our own clock: one of the two is wrong."""

    code = "stamp_clock_differs"
