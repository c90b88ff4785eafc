"""The text of a PDF's pages, read back by the fonts' own tables: what the x-ray compares."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

DEEPEST = 8  # forms within forms
UNREADABLE = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, OverflowError)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]+)>|(\[|\])")
Table = dict[int, str]


def page_texts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """`page-1` and its text in the order of its operators, and so on for each page.

    A page of somebody else's that cannot be read ends where it breaks off.
    """
    tables: dict[tuple[int, int], Table] = {}
    for number, page in enumerate(pdf.pages, 1):
        parts: list[str] = []
        # What came before it broke is compared all the same.
        with contextlib.suppress(*UNREADABLE):
            parts.extend(_shown(page.obj, page.obj, tables, 0))
        yield f"page-{number}", "".join(parts)


def _shown(
    stream: Any, holder: Any, tables: dict[tuple[int, int], Table], depth: int
) -> Iterator[str]:
    resources = holder.get("/Resources", pikepdf.Dictionary())
    fonts = resources.get("/Font", pikepdf.Dictionary())
    forms = resources.get("/XObject", pikepdf.Dictionary())
    table: Table = {}
    for step in pikepdf.parse_content_stream(stream):
        operands: Any = step.operands
        name = str(step.operator)
        if name == "Tf" and str(operands[0]) in fonts:
            table = _table(fonts[str(operands[0])], tables)
        elif name in ("Tj", "'", '"'):
            yield _text(operands[-1], table)
        elif name == "TJ":
            yield from (_text(each, table) for each in operands[0] if _is_string(each))
        elif name == "Do" and depth < DEEPEST and str(operands[0]) in forms:
            form = forms[str(operands[0])]
            if form.get("/Subtype") == "/Form":
                yield from _shown(form, form, tables, depth + 1)


def _is_string(value: Any) -> bool:
    return isinstance(value, pikepdf.String)


def _text(value: Any, table: Table) -> str:
    raw = bytes(value)
    if not table:
        return raw.decode("latin-1")
    codes = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw) - 1, 2))
    return "".join(table.get(code, "") for code in codes)


def _table(font: Any, tables: dict[tuple[int, int], Table]) -> Table:
    """Code to characters; empty for a font without a table (its codes are then taken as they are).

    Two-byte codes, as every Identity-H font has.
    """
    if "/ToUnicode" not in font:
        return {}
    key = tuple(font.ToUnicode.objgen)
    if key not in tables:
        tables[key] = _read_table(font.ToUnicode.read_bytes())
    return tables[key]


def _read_table(raw: bytes) -> Table:
    table: Table = {}
    for kind, block in _BLOCK.findall(raw):
        words = [
            mark.decode() if mark else re.sub(rb"\s", b"", digits).decode()
            for digits, mark in _HEX.findall(block)
        ]
        if kind == b"bfchar":
            pairs = zip(words[::2], words[1::2], strict=False)
            table |= {int(code, 16): _characters(target) for code, target in pairs}
        else:
            table |= dict(_ranges(iter(words)))
    return table


def _ranges(words: Iterator[str]) -> Iterator[tuple[int, str]]:
    for first in words:
        last, target = next(words, first), next(words, "")
        codes = range(int(first, 16), int(last, 16) + 1)
        if target == "[":
            targets = iter(lambda: next(words, "]"), "]")
            yield from (
                (code, _characters(each)) for code, each in zip(codes, targets, strict=False)
            )
        elif target:
            base, tail = target[:-4], int(target[-4:], 16)
            yield from (
                (code, _characters(f"{base}{tail + n:04x}")) for n, code in enumerate(codes)
            )


def _characters(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
