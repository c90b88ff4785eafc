"""What a package says about one exhibit: its bytes, its times, its proof, what is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO

from complaints.bundle.gaps import GapReason

VERBATIM = "verbatim"

Opener = Callable[[], BinaryIO]
"""Gives the plain bytes as a fresh seekable file at position 0. Called a few times per build."""


class Form(StrEnum):
    """In which single form an exhibit is handed over."""

    ORIGINAL = "original"  # the very bytes received
    REDACTED = "redacted"  # a copy with parts removed for good
    RECORDS = "records"  # chosen records of an export, each with its proof


@dataclass(frozen=True, kw_only=True)
class Times:
    """Five times, kept apart and never equated. None prints as 未知."""

    happened_from: datetime | None = None  # claimed by the content
    happened_to: datetime | None = None
    captured_at: datetime | None = None  # claimed by the phone
    received_at: datetime | None = None  # our own clock
    sealed_at: datetime | None = None  # proved by the token, as far as its clock is trusted


@dataclass(frozen=True, kw_only=True)
class Token:
    """One RFC 3161 response over the exhibit's digest, as received from the TSA."""

    der: bytes
    source: str  # who stamped: printed
    gen_time: datetime
    self_issued: bool
    renewal: bytes | None = None  # the text that it is over, when it renews older ones


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Receipt v1: raw bytes and the log key's signature."""

    raw: bytes
    signature: bytes


@dataclass(frozen=True, kw_only=True)
class ReadingInfo:
    """Which engine read the item, and what came of it."""

    format: str
    reader: str
    reader_version: str
    records: int | None = None
    records_root: str | None = None  # hex, root of the salted record tree
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownRecord:
    """One record that is shown. `canonical` and the proof are as evidence/integrity/records made.

    The printed columns are derived by the caller from the very same record.
    """

    index: int
    canonical: bytes  # RFC 8785 bytes of the record
    salt: bytes = b""
    proof: tuple[bytes, ...] = ()  # RFC 9162 inclusion path, leaf to root
    at: str = ""  # printed time
    direction: str = ""  # printed
    number: str = ""
    text: str = field(default="", metadata={VERBATIM: True})
    locator: str = ""  # printed place in the source
    marked: bool = False  # named in the complaint
    is_call: bool = False  # its text says how long it lasted, or that nobody answered


@dataclass(frozen=True, kw_only=True)
class Since:
    """Since when shown records are known to be unchanged: the reading of a stamped export."""

    stamped_at: datetime | None  # of the export's first stamp before it was read; None: none
    read_at: datetime  # of the `read` event that binds the root


@dataclass(frozen=True, kw_only=True)
class PageImage:
    """One picture for the printed page: a JPEG of about 720 px, made from the form handed over."""

    jpeg: bytes
    width: int
    height: int
    alt: str


@dataclass(frozen=True, kw_only=True)
class TranscriptLine:
    """One line of a transcript; `seconds` from the start of the recording."""

    seconds: float
    speaker: str
    text: str = field(metadata={VERBATIM: True})
    marked: bool = False


@dataclass(frozen=True, kw_only=True)
class Recording:
    """The recording sheet (document templates §11). Blank fields print as 未知."""

    device: str = ""
    app: str = ""
    started: str = ""
    own_number: str = ""
    peer_number: str = ""
    direction: str = ""
    whole: str = ""  # printed: whether it holds the whole call
    edited: str = ""  # printed: whether anything was cut
    codec: str = ""
    container: str = ""
    duration_s: float | None = None
    waveform: tuple[int, ...] = ()  # 0..100, evenly over the whole recording
    transcript: tuple[TranscriptLine, ...] = ()
    transcript_by: str = ""  # printed: machine draft / person
    checked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """One question and its answer. A name never becomes a code; words may hold any character."""

    question: str
    words: str = field(default="", metadata={VERBATIM: True})
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a third person wrote (document templates §12). Who it was, nobody checked."""

    title: str
    lines: tuple[ToldLine, ...]
    to_sign: bool = False  # a line for their own hand


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A playable or readable copy for 6_COPIES, made from the form handed over."""

    name: str  # ASCII part after the exhibit number: playable, transcript
    extension: str
    media_type: str
    open: Opener
    seconds: tuple[int, int] | None = None  # a clip: from and to, of the form handed over
    bits_per_second: int | None = None  # a smaller copy for a desk's page, of one channel


@dataclass(frozen=True, kw_only=True)
class Parent:
    """What a redacted copy or chosen records come from, without showing its plain digest."""

    commitment: str  # 64 hex digits, salted
    removed: tuple[str, ...] = ()  # printed, one line for each thing removed or withheld
    events: tuple[bytes, ...] = ()  # of the parent, as far as they may be shown: its `read` event


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What the person declared about where the item comes from. Claims, printed as claims."""

    source: str = ""  # printed: 本人参与的通话 / 本人收到 / 第三人自愿提供
    device: str = ""
    how: str = ""
    file_name: str = field(default="", metadata={VERBATIM: True})
    kept_where: str = ""  # where the original carrier is and who keeps it


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One exhibit in the one form handed over."""

    number: str  # group letter, hyphen, running number
    name: str
    evidence_class: str  # printed: 电子数据（短信）…
    proves: str  # the fact it is offered for, no conclusion
    item: str  # uuid of the evidence item whose bytes these are
    form: Form = Form.ORIGINAL
    media_type: str
    extension: str  # of the file in 3_EXHIBITS; what is not on the list becomes .bin
    sha256: str  # of the bytes handed over, 64 lower-case hex digits
    sm3: str | None = None  # likewise; None: the builder computes it, where it can
    size: int  # bytes
    open: Opener
    times: Times
    origin: Origin = field(default_factory=Origin)
    fact_numbers: tuple[int, ...] = ()  # rows of the timeline that lean on it, from 1
    custody: tuple[bytes, ...] = ()  # event v1 bytes, oldest first
    receipt: Receipt | None = None
    tokens: tuple[Token, ...] = ()
    reading: ReadingInfo | None = None
    records: tuple[ShownRecord, ...] = ()
    records_total: int | None = None  # of the whole reading; gaps are printed
    records_note: str = ""  # why the others are not shown
    since: Since | None = None  # with shown records that a `read` event binds
    gap_reason: GapReason = GapReason.LEFT_OUT  # with chosen records: of every gap between them
    pages: tuple[PageImage, ...] = ()
    recording: Recording | None = None
    told: Told | None = None  # by a third person
    is_witness: bool = False  # brought by a third person; who they are was not checked
    copies: tuple[Copy, ...] = ()
    parent: Parent | None = None  # required unless the form is original
    provenance: Mapping[str, Any] = field(default_factory=dict)  # what the container claims


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """The place of one custody event in the Merkle log, with its RFC 9162 inclusion path."""

    event: str  # digest of the event's bytes
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, kw_only=True)
class EarlierCheckpoint:
    """A checkpoint that outside authorities stamped, smaller than the package's main one."""

    size: int
    note: bytes  # C2SP signed note, as stored
    tokens: tuple[Token, ...]
    consistency: tuple[bytes, ...]  # from it to the main checkpoint


@dataclass(frozen=True, kw_only=True)
class OutsidePlace:
    """Where an exhibit's first event stands under the first stamped checkpoint over it."""

    number: str  # of the exhibit
    size: int  # of that checkpoint
    entry: LogEntry


@dataclass(frozen=True, kw_only=True)
class LogProof:
    """The main checkpoint of the log, which covers every entry; what was stamped before it."""

    checkpoint: bytes  # C2SP signed note
    size: int
    tokens: tuple[Token, ...]
    entries: tuple[LogEntry, ...]
    earlier: tuple[EarlierCheckpoint, ...] = ()  # ascending by size
    outside: tuple[OutsidePlace, ...] = ()  # in the exhibits' order
