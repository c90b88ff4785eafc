"""What an erasure does to each table: one line per model, held complete by a test.

A new model is not in use before it has a line here, and its rows a place in the walk.
"""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a table's rows about one person."""

    KEPT = "kept"  # proof, or what names nobody: ids, digests, times, codes
    DELETED = "deleted"
    EMPTIED = "emptied"  # the row stays, because proof rows point to it


FATES: dict[str, Fate] = {
    "accounts.User": Fate.EMPTIED,
    "accounts.Consent": Fate.DELETED,  # with the account; the event `consented` is the proof
    "accounts.ErasureRequest": Fate.DELETED,  # with the account
    "accounts.RecoveryCode": Fate.DELETED,
    "accounts.Invitation": Fate.KEPT,  # of staff: digest of a code, role, times
    "evidence.Case": Fate.EMPTIED,
    "evidence.CaseOpening": Fate.DELETED,
    "evidence.CaseKey": Fate.DELETED,
    "evidence.EvidenceItem": Fate.KEPT,
    "evidence.ItemOrigin": Fate.DELETED,
    "evidence.ItemKey": Fate.DELETED,
    "evidence.ItemReceipt": Fate.KEPT,
    "evidence.ItemDigest": Fate.KEPT,
    "evidence.CustodyEvent": Fate.KEPT,
    "evidence.TimeStampToken": Fate.KEPT,
    "evidence.Job": Fate.DELETED,
    "evidence.PendingLeaf": Fate.KEPT,  # an event on its way into the log
    "evidence.LogLeaf": Fate.KEPT,
    "evidence.LogTile": Fate.KEPT,
    "evidence.Checkpoint": Fate.KEPT,
    "evidence.CheckpointToken": Fate.KEPT,
    "evidence.Cosignature": Fate.KEPT,
    "evidence.Fixity": Fate.KEPT,  # ids, codes, times of the last look at an envelope
    "evidence.Reading": Fate.DELETED,
    "evidence.Provenance": Fate.DELETED,
    "evidence.Survey": Fate.DELETED,
    "evidence.Choice": Fate.DELETED,
    "evidence.ImportReport": Fate.DELETED,
    "evidence.LeftOut": Fate.DELETED,
    "evidence.ExtractedFile": Fate.DELETED,
    "evidence.Record": Fate.DELETED,
    "evidence.Derivative": Fate.DELETED,
    "evidence.Tagging": Fate.DELETED,
    "evidence.Tag": Fate.DELETED,
    "evidence.TagDecision": Fate.DELETED,
    "evidence.Transcript": Fate.DELETED,
    "evidence.Segment": Fate.DELETED,
    "evidence.SegmentDecision": Fate.DELETED,
    "evidence.FindingRun": Fate.DELETED,
    "evidence.Finding": Fate.DELETED,
    "evidence.PictureHash": Fate.DELETED,
    "evidence.ScreenRun": Fate.DELETED,
    "evidence.ScreenPair": Fate.DELETED,
    "evidence.ScreenStrand": Fate.DELETED,
    "evidence.ScreenTwin": Fate.DELETED,
    "evidence.ScreenDecision": Fate.DELETED,
    "evidence.NumberRole": Fate.DELETED,
    "evidence.MatchingConsent": Fate.DELETED,
    "evidence.CollectorMark": Fate.DELETED,
    "evidence.CollectorBand": Fate.KEPT,  # a count of four borrowers or more; anew each day
    "evidence.Upload": Fate.DELETED,
    "complaints.Complaint": Fate.EMPTIED,  # deleted where no review decision names it
    "complaints.Exhibit": Fate.DELETED,
    "complaints.Redaction": Fate.DELETED,
    "complaints.Filing": Fate.DELETED,
    "complaints.FilingOutcome": Fate.DELETED,
    "complaints.Package": Fate.DELETED,
    "complaints.ReviewClaim": Fate.DELETED,
    "complaints.ReviewDecision": Fate.KEPT,
    "complaints.ReviewNote": Fate.DELETED,
    "complaints.WitnessLink": Fate.DELETED,
    "complaints.WitnessStatement": Fate.DELETED,
    "complaints.WitnessItem": Fate.DELETED,
    "complaints.WitnessForm": Fate.DELETED,
    "admin.LogEntry": Fate.DELETED,
    "auth.Permission": Fate.KEPT,
    "auth.Group": Fate.KEPT,
    "contenttypes.ContentType": Fate.KEPT,
    "sessions.Session": Fate.DELETED,
    "account.EmailAddress": Fate.DELETED,
    "account.EmailConfirmation": Fate.DELETED,  # goes with its address
    "mfa.Authenticator": Fate.DELETED,
}
