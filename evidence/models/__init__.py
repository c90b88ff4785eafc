"""The rows of evidence, by noun. Three kinds: proof, learned, working (docs/custody.md)."""

from __future__ import annotations

from evidence.models.cases import Case, CaseKey, CaseOpening
from evidence.models.choices import Choice, ExtractedFile, ImportReport, LeftOut, Survey
from evidence.models.custody import CustodyEvent, TimeStampToken
from evidence.models.fixity import Fixity
from evidence.models.items import EvidenceItem, ItemDigest, ItemKey, ItemOrigin, ItemReceipt
from evidence.models.jobs import Job
from evidence.models.log import (
    Checkpoint,
    CheckpointToken,
    Cosignature,
    LogLeaf,
    LogTile,
    PendingLeaf,
)
from evidence.models.matching import CollectorBand, CollectorMark, MatchingConsent
from evidence.models.proof import AppendOnlyError, ProofModel
from evidence.models.readings import Derivative, Provenance, Reading, Record
from evidence.models.screens import (
    PictureHash,
    ScreenDecision,
    ScreenPair,
    ScreenRun,
    ScreenStrand,
    ScreenTwin,
)
from evidence.models.tags import Finding, FindingRun, NumberRole, Tag, TagDecision, Tagging
from evidence.models.transcripts import Segment, SegmentDecision, Transcript
from evidence.models.uploads import Upload

__all__ = [
    "AppendOnlyError",
    "Case",
    "CaseKey",
    "CaseOpening",
    "Checkpoint",
    "CheckpointToken",
    "Choice",
    "CollectorBand",
    "CollectorMark",
    "Cosignature",
    "CustodyEvent",
    "Derivative",
    "EvidenceItem",
    "ExtractedFile",
    "Finding",
    "FindingRun",
    "Fixity",
    "ImportReport",
    "ItemDigest",
    "ItemKey",
    "ItemOrigin",
    "ItemReceipt",
    "Job",
    "LeftOut",
    "LogLeaf",
    "LogTile",
    "MatchingConsent",
    "NumberRole",
    "PendingLeaf",
    "PictureHash",
    "ProofModel",
    "Provenance",
    "Reading",
    "Record",
    "ScreenDecision",
    "ScreenPair",
    "ScreenRun",
    "ScreenStrand",
    "ScreenTwin",
    "Segment",
    "SegmentDecision",
    "Survey",
    "Tag",
    "TagDecision",
    "Tagging",
    "TimeStampToken",
    "Transcript",
    "Upload",
]
