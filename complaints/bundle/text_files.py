"""The plain text files for people: the index of exhibits and a transcript."""

from __future__ import annotations

from collections.abc import Mapping

from complaints.bundle import layout, manifest
from complaints.bundle.codes import check_code
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit
from complaints.bundle.language import text
from complaints.bundle.paging import Pages
from complaints.bundle.wording import Words, clock

# Old Windows editors read a text as UTF-8 only when it begins with this.
BOM = "\ufeff"


def index(content: PackageContent, words: Words, pages: Mapping[str, Pages]) -> bytes:
    """`3_EXHIBITS/INDEX.txt`: what each file is, on which pages, and what was left out of it."""
    lines = [f"{words('index-title')}  {content.case}", words("index-note"), ""]
    for exhibit in content.exhibits:
        lines += [
            f"{exhibit.number}  {exhibit.name}",
            f"  {layout.exhibit_path(exhibit.number, exhibit.extension)}",
            f"  {words(f'pdf-x-form-{exhibit.form}')}",
            *(f"  {line}" for line in (exhibit.parent.removed if exhibit.parent else ())),
            f"  {exhibit.size} bytes  SHA-256 {exhibit.sha256}",
            f"  SM3 {exhibit.sm3 or words('sm3-not-computed')}",
            f"  {check_code(exhibit.number, exhibit.sha256)}",
            f"  {_on_pages(pages[exhibit.number], words)}",
            *(f"  {line}" for line in _shown(exhibit, words)),
            "",
        ]
    whole = sum(found.count for found in pages.values())
    return _encode([*lines, words("say-list-total", count=len(pages), pages=whole), ""])


def _on_pages(found: Pages, words: Words) -> str:
    return words("index-pages", span=found.span, count=found.count)


def _shown(exhibit: Exhibit, words: Words) -> list[str]:
    """Since when the shown records are unchanged, and each gap between them."""
    since = words.since(exhibit.since)
    told = [words("say-records", since=since)] if since else []
    return told + [words.gap(gap, exhibit.gap_reason) for gap in manifest.gaps_of(exhibit)]


def transcript(exhibit: Exhibit, language: str) -> bytes:
    """`6_COPIES/B-3_transcript.txt`: `[00:01:23] 对方：……`, marked lines with an asterisk."""
    recording = exhibit.recording
    if recording is None:
        return b""
    colon = text("pdf-colon", language)
    lines = [
        f"{exhibit.number}  {exhibit.name}  SHA-256 {exhibit.sha256}",
        f"{text('pdf-r-by', language)}{colon}{recording.transcript_by}",
        "",
    ]
    for line in recording.transcript:
        mark = "* " if line.marked else ""
        lines.append(f"{mark}[{clock(line.seconds)}] {line.speaker}{colon}{line.text}")
    return _encode([*lines, ""])


def _encode(lines: list[str]) -> bytes:
    """CRLF, as the clerk's editor wants it. A lone surrogate in somebody's words becomes `?`."""
    return (BOM + "\r\n".join(lines)).encode("utf-8", errors="replace")
