"""The text of a PDF's pages, read back by the fonts' own tables: what the x-ray compares."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from complaints.bundle import pdf_strings
from complaints.bundle.pdf_strings import NotPlainError, Shows, Step

DEEPEST = 8  # forms within forms
NAMED = {"Tf": Shows.FONT, "Do": Shows.FORM}
OPERATORS = " ".join([*NAMED, "Tj TJ ' \""])  # that show text, or say how it is shown or where else
# What somebody else's PDF ends in: broken, or built as no PDF is, so that a name or number stands
# where a stream should; or made to fill the memory.
UNREADABLE = (
    *(pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError),
    *(OverflowError, RuntimeError, MemoryError),
)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]+)>|(\[|\])")
SURROGATES = 0xD8  # the first byte of the codes that text in UTF-16 has in pairs only


class Table(dict[int, str]):
    """Characters by code: none for a code that the font's table does not tell of."""

    def __missing__(self, code: int) -> str:
        return ""


def page_texts(pages: Iterable[pikepdf.Page]) -> Iterator[tuple[str, str]]:
    """`page-1` and its text in the order of its operators, and so on for each page.

    A page of somebody else's that cannot be read ends where it breaks off.
    """
    tables: dict[tuple[int, int], Table] = {}
    for number, page in enumerate(pages, 1):
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
    chosen: dict[bytes, Table | None] = {}
    table, letters = Table(), list[bytes]()
    for shows, what in _steps(stream):
        if shows is Shows.TEXT:
            letters.append(what)
            continue
        name = "/" + what.decode("latin-1")
        if shows is Shows.FORM or what not in chosen:
            yield _text(letters, table)
            letters = []
        if shows is Shows.FONT:
            if what not in chosen:
                chosen[what] = _table(fonts[name], tables) if name in fonts else None
            new = chosen[what]
            if new is not None and new is not table:
                yield _text(letters, table)
                table, letters = new, []
        elif depth < DEEPEST and name in forms and forms[name].get("/Subtype") == "/Form":
            yield from _shown(forms[name], forms[name], tables, depth + 1)
    yield _text(letters, table)


def _steps(stream: Any) -> Iterator[Step]:
    """What a page or form shows. Nearly all are plain; a whole parser takes ten times as long."""
    try:
        return iter(list(pdf_strings.on_page(_operators(stream))))
    except NotPlainError:
        return _parsed(stream)


def _operators(stream: Any) -> bytes:
    """Of a page, whose content may lie in several streams, or of a form."""
    content = stream if isinstance(stream, pikepdf.Stream) else stream.get("/Contents")
    if content is None:
        return b""
    parts = content.as_list() if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(part.read_bytes() for part in parts)


def _parsed(stream: Any) -> Iterator[Step]:
    for step in pikepdf.parse_content_stream(stream, OPERATORS):
        operands: Any = step.operands
        name = str(step.operator)
        if name in NAMED:
            yield Step(NAMED[name], str(operands[0])[1:].encode("latin-1"))
        else:
            shown = operands[0] if name == "TJ" else operands[-1:]
            yield from (Step(Shows.TEXT, bytes(each)) for each in shown if _is_string(each))


def _is_string(value: Any) -> bool:
    return isinstance(value, pikepdf.String)


def _text(shown: Iterable[bytes], table: Table) -> str:
    if not table:
        return b"".join(shown).decode("latin-1")
    raw = b"".join(each[: len(each) // 2 * 2] for each in shown)
    if max(raw[::2], default=0) >= SURROGATES:  # would be read as halves of others
        codes = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
        return "".join(table[code] for code in codes)
    return raw.decode("utf-16-be").translate(table)


def _table(font: Any, tables: dict[tuple[int, int], Table]) -> Table:
    """Code to characters; empty for a font without a table (its codes are then taken as they are).

    Two-byte codes, as every Identity-H font has.
    """
    if "/ToUnicode" not in font:
        return Table()
    key = tuple(font.ToUnicode.objgen)
    if key not in tables:
        tables[key] = _read_table(font.ToUnicode.read_bytes())
    return tables[key]


def _read_table(raw: bytes) -> Table:
    table = Table()
    for kind, block in _BLOCK.findall(raw):
        words = [
            mark.decode() if mark else re.sub(rb"\s", b"", digits).decode()
            for digits, mark in _HEX.findall(block)
        ]
        if kind == b"bfchar":
            pairs = zip(words[::2], words[1::2], strict=False)
            table.update((int(code, 16), _characters(target)) for code, target in pairs)
        else:
            table.update(_ranges(iter(words)))
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
