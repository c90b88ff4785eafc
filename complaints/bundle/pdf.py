"""The two papers of a package, set by Typst as PDF/A-3b and PDF/UA-1 with embedded fonts.

Values reach a template only as JSON in a file beside it; nothing is formatted into template code.
The same content, house fingerprint and bundle time give the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from complaints.bundle import (
    annex,
    annex_tables,
    authorisation,
    exhibit_pages,
    outline,
    read_first,
    recording_pages,
    typesetting,
    waveform,
)
from complaints.bundle.blocks import Block
from complaints.bundle.codes import grouped
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit
from complaints.bundle.fonts import FontSet
from complaints.bundle.language import labels
from complaints.bundle.qr import qr_code
from complaints.bundle.stand_ins import StandIns
from complaints.bundle.wording import BEIJING, Words

PACKED = ("image", "audio", "video")  # files of these types are not packed once more
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Attachment:
    """A file embedded in the complaint (PDF/A-3)."""

    name: str
    media_type: str
    description: str
    relationship: str  # source, data, supplement
    data: bytes


def complaint(
    content: PackageContent,
    *,
    house: str,
    exhibits_digest: str,
    fonts: FontSet,
    attachments: Sequence[Attachment] = (),
    scratch: Path | None = None,
) -> bytes:
    """`2_COMPLAINT.pdf`, not yet signed.

    `house` is the fingerprint of the house key; `exhibits_digest` the SHA-256 of exhibits.json,
    printed on each page; `scratch` holds the typesetter's files while it runs (None: the system's
    own temporary folder).

    Raises:
        ContentError: a page picture is no JPEG of grey or colour.
        PageSettingError: the typesetter refused it.
    """
    words = Words(content.language, fonts)
    sections = [_section(outline.body(content, words), numbered=True)]
    tables = [
        *annex_tables.timeline(content, words),
        *annex_tables.numbers(content, words),
        *annex_tables.third_persons(content, words),
        *annex_tables.visits(content, words),
    ]
    sections += [_section(annex.proof(content, words, house=house)), _section(tables)]
    sections += [
        _section(annex.evidence_list(content, words), flipped=True),
        _section(annex.source_statement(content, words)),
    ]
    if given := authorisation.page(content, words):
        sections.append(_section(given))
    sections.append(_section([*annex.operator(content, words), *annex.custody(content, words)]))
    stand_ins = StandIns()
    files: dict[str, bytes] = {
        outline.PICTURE_PATH.format(index=index): picture.svg
        for index, picture in enumerate(content.pictures)
    }
    for exhibit in content.exhibits:
        sections.append(
            _section(
                exhibit_pages.pages(exhibit, words),
                exhibit=exhibit_pages.running_head(exhibit, words),
            )
        )
        files |= _pictures(exhibit, stand_ins)
    listed = []
    for index, attachment in enumerate(attachments):
        path = f"attachments/{index}"
        data, is_packed = attachment.data, attachment.media_type.split("/")[0] in PACKED
        files[path] = stand_ins.file(data) if is_packed else data
        listed.append(
            {
                "path": path,
                "name": attachment.name,
                "media_type": attachment.media_type,
                "description": attachment.description,
                "relationship": attachment.relationship,
            }
        )
    value = _document(content, words, title=content.title, digest=exhibits_digest)
    value["attachments"] = listed
    return stand_ins.put_in(_set(value, sections, files, content, fonts, scratch))


def first(
    content: PackageContent,
    *,
    house: str,
    exhibits_digest: str,
    fonts: FontSet,
    scratch: Path | None = None,
) -> bytes:
    """`1_READ_FIRST.pdf`: two pages."""
    words = Words(content.language, fonts)
    told = read_first.pages(content, words, house=house, exhibits_digest=exhibits_digest)
    value = _document(content, words, title=words("first-title"), digest=exhibits_digest)
    return _set(value, [_section(told)], {}, content, fonts, scratch)


def _document(content: PackageContent, words: Words, *, title: str, digest: str) -> dict[str, Any]:
    """What every page says; the templates read it once."""
    return {
        "title": f"{title} {content.case}",
        "case": content.case,
        "language": content.language,
        "sample": content.sample,
        "digest16": digest[:16],
        "digest": grouped(digest),
        "label": labels("pdf", content.language),
        "fonts": {"serif": words.fonts.serif, "sans": words.fonts.sans},
        "attachments": [],
    }


def _section(
    told: list[Block],
    *,
    flipped: bool = False,
    numbered: bool = False,
    exhibit: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    return {"blocks": told, "flipped": flipped, "numbered": numbered, "exhibit": exhibit}


def _pictures(exhibit: Exhibit, stand_ins: StandIns) -> dict[str, bytes]:
    """The files that the exhibit's blocks name; stand-ins for the pictures of its pages."""
    number = exhibit.number
    files = {
        exhibit_pages.PAGE_PATH.format(number=number, index=index): stand_ins.picture(page.jpeg)
        for index, page in enumerate(exhibit.pages)
    }
    files[exhibit_pages.QR_PATH.format(number=number)] = qr_code(number, exhibit.sha256)
    recording = exhibit.recording
    if recording is not None and recording.waveform:
        length = recording.duration_s or 0
        marks = [line.seconds / length for line in recording.transcript if line.marked and length]
        path = recording_pages.WAVEFORM_PATH.format(number=number)
        files[path] = waveform.svg(recording.waveform, marks)
    return files


def _set(
    value: dict[str, Any],
    sections: list[dict[str, Any]],
    files: Mapping[str, bytes],
    content: PackageContent,
    fonts: FontSet,
    scratch: Path | None,
) -> bytes:
    """Run the typesetter over the templates, the value, the sections and their pictures.

    It reads pictures only from a folder (its in-memory files must be text), so they stand in the
    given scratch while it runs, readable by us alone.
    """
    with tempfile.TemporaryDirectory(prefix="pages-", dir=scratch) as name:
        root = Path(name)
        for template in TEMPLATES.glob("*.typ"):
            (root / template.name).write_bytes(template.read_bytes())
        told = {
            name: json.dumps(each, ensure_ascii=False).encode("utf-8")
            for name, each in (("content.json", value), ("sections.json", sections))
        }
        for path, data in {**files, **told}.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return typesetting.typeset(
            root, fonts=fonts.folder, at=content.bundle_time.astimezone(BEIJING)
        )
