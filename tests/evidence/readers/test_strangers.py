"""All readers: files whose records were written down before any reader had seen the file.

`strangers/*.json` hold one file a line: `name`, `text` (or `deflated`: zlib in base64), `owner`
where it is told, and what must come out: `format`, `problem` (the code of a refusal), `records`
with the fields that the specification settles (of attachments their names). How they came about,
and how many were right at first sight: docs/formats/reading.md, "Measured".
"""

from __future__ import annotations

import base64
import io
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from evidence.readers import Options, ReadingError, read

from .reads import NOW

FOLDER = Path(__file__).parent / "strangers"
FILES = {
    f"{path.stem}/{case['name']}": case
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
}


def content_of(case: dict[str, Any]) -> bytes:
    if "text" in case:
        return case["text"].encode()
    return zlib.decompress(base64.b64decode(case["deflated"]))


def told(line: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Of a record's line the fields that were written down."""
    shown = {**line, "attachments": [file["name"] for file in line["attachments"]]}
    return {field: shown[field] for field in asked}


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_what_was_written_down_before(name):
    case = FILES[name]
    options = Options(now=NOW, owner=case.get("owner"), ocr=False)

    got = read(io.BytesIO(content_of(case)), name=case["name"], options=options)
    lines: list[dict[str, Any]] = []
    problem = None
    try:
        lines.extend(record.as_json() for record in got)  # what came before a refusal counts
    except ReadingError as refusal:
        problem = refusal.code

    assert (got.format, problem) == (case["format"], case.get("problem"))
    if "records" in case:
        asked = case["records"]
        assert len(lines) == len(asked)
        assert [told(line, of) for line, of in zip(lines, asked, strict=True)] == asked


def test_the_files_are_of_every_kind_and_some_are_of_none():
    formats = {case["format"] for case in FILES.values()}

    assert len(FILES) >= 520
    assert len(formats) >= 45
    assert sum(case["format"] == "unknown" for case in FILES.values()) >= 20
