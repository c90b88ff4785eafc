"""The few kinds of block a page is made of; `templates/blocks.typ` draws each, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]
Cell = str | dict[str, str]

# A run this long without a place to break would leave its column: an account id, a file name.
UNBROKEN_FROM = 15
UNBROKEN = re.compile(rf"[!-~]{{{UNBROKEN_FROM},}}")
RUN = re.compile(r"[!-~]+")
LETTER_EM, AROUND_EM = 0.57, 1  # of a figure at most; left and right of it, in letters of 8 points
PAGES = "\u0000"  # holds the place of a number that is known only when the pages are set
BREAK = "\u200b"  # zero width space: seen by the line breaker, not by the eye


def heading(text: str, level: int = 1, *, label: str = "") -> Block:
    """A heading; level 1 is numbered 一、二、三 within the body."""
    return {"kind": "heading", "text": text, "level": level, "label": label}


def title(text: str) -> Block:
    """The document's title, centred."""
    return {"kind": "title", "text": text}


def paragraph(text: str) -> Block:
    """Running text, indented by two characters."""
    return {"kind": "paragraph", "text": text}


def flush(text: str) -> Block:
    """A line that begins at the margin: the addressee."""
    return {"kind": "flush", "text": text}


def total(text: str, exhibits: Sequence[str]) -> Block:
    """A line at a list's foot; the typesetter puts the exhibits' pages where `PAGES` stands."""
    before, after = text.split(PAGES)
    return {"kind": "total", "before": before, "after": after, "exhibits": list(exhibits)}


def note(text: str) -> Block:
    """Small grey text below something."""
    return {"kind": "note", "text": text}


def numbered(entries: Sequence[str]) -> Block:
    """A numbered list."""
    return {"kind": "numbered", "entries": list(entries)}


def bullets(entries: Sequence[str]) -> Block:
    """A plain list."""
    return {"kind": "bullets", "entries": list(entries)}


def fields(
    rows: Sequence[tuple[str, str]], *, mono: Sequence[str] = (), whole: bool = False
) -> Block:
    """Label and value, one a row. An empty value becomes a line for the pen.

    Args:
        rows: label and value.
        mono: labels whose value is set in even-width digits.
        whole: whether a few short rows stay on one page.
    """
    return {
        "kind": "fields",
        "rows": [
            [label, value if label in mono else soft(value), label in mono] for label, value in rows
        ],
        "whole": whole,
    }


def table(
    head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[str], *, size: int = 9
) -> Block:
    """A ruled table whose head repeats on each page.

    Args:
        head: column titles.
        rows: cells, each a text or `{"pages": "A-1"}` (from–to), `{"length": "A-1"}` (how many),
            `{"bold": text}`, `{"mono": text}`.
        widths: one per column: `auto`, `1fr` or a length in `em`. The first, which holds a number,
            grows with it: that of the thousandth exhibit stays in its column, too.
        size: of the letters, in points.
    """
    return {
        "kind": "table",
        "head": list(head),
        "rows": [[_soft_cell(cell) for cell in row] for row in rows],
        "widths": [_wide_enough(widths[0], rows), *widths[1:]],
        "size": size,
    }


def picture(path: str, alt: str, *, caption: str = "", height_cm: float = 0) -> Block:
    """An image over the whole width, or of the given height."""
    return {"kind": "picture", "path": path, "alt": alt, "caption": caption, "height": height_cm}


def screenshot(
    path: str, alt: str, *, width: int, height: int, pieces: Sequence[tuple[int, int]]
) -> Block:
    """A screenshot at a readable width, cut over several pages where it is long.

    Args:
        path: of the picture beside the template.
        alt: what a person who cannot see it should know.
        width: of the picture in pixels.
        height: likewise.
        pieces: first row and row after the last of each piece, from top to bottom.
    """
    return {
        "kind": "screenshot",
        "path": path,
        "alt": alt,
        "width": width,
        "height": height,
        "pieces": [list(piece) for piece in pieces],
    }


def closing(lines: Sequence[str], addressee: str, signature: Sequence[str]) -> Block:
    """The statement, 此致, the addressee at the margin, and the place for the signature."""
    return {
        "kind": "closing",
        "lines": list(lines),
        "addressee": addressee,
        "signature": list(signature),
    }


def frame(text: str, rows: Sequence[tuple[str, str]]) -> Block:
    """A boxed form that the desk or the person fills in later."""
    return {"kind": "frame", "text": text, "rows": [[label, value, False] for label, value in rows]}


def new_page() -> Block:
    """What follows begins a page."""
    return {"kind": "new_page"}


def soft(text: str) -> str:
    """The text with places to break in its over-long runs of ASCII."""
    return UNBROKEN.sub(lambda run: _broken(run[0]), text)


def _wide_enough(width: str, rows: Sequence[Sequence[Cell]]) -> str:
    if not width.endswith("em"):
        return width
    first = [row[0] for row in rows if isinstance(row[0], str)]
    longest = max((len(run) for cell in first for run in RUN.findall(cell)), default=0)
    longest = min(longest, UNBROKEN_FROM - 1)  # a longer one is broken
    return f"{max(float(width[:-2]), AROUND_EM + longest * LETTER_EM):g}em"


def _soft_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return soft(cell)
    return {kind: value if kind == "page" else soft(value) for kind, value in cell.items()}


def _broken(run: str) -> str:
    pieces, piece = [], ""
    for character in run:
        piece += character
        if character in "_./@=&?:-" or len(piece) == 10:
            pieces.append(piece)
            piece = ""
    return BREAK.join([*pieces, piece] if piece else pieces)
