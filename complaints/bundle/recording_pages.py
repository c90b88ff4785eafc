"""The pages of a recording: sheet, loudness, clips, marked passages, transcript."""

from __future__ import annotations

from complaints.bundle import blocks, layout
from complaints.bundle.blocks import Block, Cell
from complaints.bundle.codes import grouped
from complaints.bundle.exhibits import Exhibit, Form, Recording
from complaints.bundle.wording import Words, clock

WAVEFORM_PATH = "exhibits/{number}/waveform.svg"


def of(exhibit: Exhibit, words: Words) -> list[Block]:
    """The recording sheet and transcript of document templates §11."""
    recording = exhibit.recording
    if recording is None:
        return []
    found = [blocks.heading(words("pdf-r-title"), 2), _recording_sheet(recording, words)]
    if recording.waveform:
        path = WAVEFORM_PATH.format(number=exhibit.number)
        found.append(
            blocks.picture(
                path, words("pdf-r-waveform-alt"), caption=words("say-waveform"), height_cm=1.6
            )
        )
    found += [*_clips(exhibit, words), *_small_copy(exhibit, words)]
    marked = [line for line in recording.transcript if line.marked]
    for title, lines in (("marked", marked), ("transcript", recording.transcript)):
        if not lines:
            continue
        rows: list[list[Cell]] = []
        for line in lines:
            said = words.verbatim(line.text)
            text: Cell = {"bold": said} if line.marked and title == "transcript" else said
            rows.append([{"mono": clock(line.seconds)}, line.speaker, text])
        head = [words(f"pdf-{name}") for name in ("r-place", "r-speaker", "t-text")]
        found.append(blocks.heading(words(f"pdf-r-{title}"), 3))
        found.append(blocks.table(head, rows, ["6em", "5em", "1fr"]))
    return found


def _clips(exhibit: Exhibit, words: Words) -> list[Block]:
    """The clips in 6_COPIES: which seconds of which digest each one is."""
    rows: list[list[Cell]] = [
        [
            {"mono": layout.copy_path(exhibit.number, copy.name, copy.extension)},
            words("say-clip-seconds", first=copy.seconds[0], last=copy.seconds[1]),
            {"mono": grouped(exhibit.sha256)},
        ]
        for copy in exhibit.copies
        if copy.seconds is not None
    ]
    if not rows:
        return []
    end = _of_copy(exhibit)
    head = [words(name) for name in ("pdf-t-file", f"pdf-r-seconds{end}", f"pdf-r-of-digest{end}")]
    return [
        blocks.heading(words("pdf-r-clips"), 3),
        blocks.note(words(f"say-clips{end}")),
        blocks.table(head, rows, ["10em", "7em", "1fr"], size=8),
    ]


def _of_copy(exhibit: Exhibit) -> str:
    """The end of the words that say what a clip is of: the recording received, or its copy."""
    return "-covered" if exhibit.form is Form.REDACTED else ""


def _small_copy(exhibit: Exhibit, words: Words) -> list[Block]:
    """That the smaller copy is one, and which file counts."""
    return [
        blocks.note(
            words(
                f"say-small-copy{_of_copy(exhibit)}",
                file=layout.copy_path(exhibit.number, copy.name, copy.extension),
                kbps=copy.bits_per_second // 1000,
                original=layout.exhibit_path(exhibit.number, exhibit.extension),
            )
        )
        for copy in exhibit.copies
        if copy.bits_per_second is not None
    ]


def _recording_sheet(recording: Recording, words: Words) -> Block:
    duration = ""
    if recording.duration_s is not None:
        minutes, seconds = divmod(round(recording.duration_s), 60)
        duration = words("say-duration", minutes=minutes, seconds=seconds)
    rows = [
        ("started", recording.started),
        ("duration", duration),
        ("own", recording.own_number),
        ("peer", recording.peer_number),
        ("direction", recording.direction),
        ("device", recording.device),
        ("app", recording.app),
        ("format", " / ".join(p for p in (recording.codec, recording.container) if p)),
        ("whole", recording.whole),
        ("edited", recording.edited),
    ]
    if recording.transcript:
        rows += [("by", recording.transcript_by), ("checked", recording.checked_by)]
    unknown = words("pdf-unknown")
    # Who checked a transcript signs by hand, so that field stays a line for the pen.
    return blocks.fields(
        [
            (words(f"pdf-r-{name}"), value or ("" if name == "checked" else unknown))
            for name, value in rows
        ]
    )
