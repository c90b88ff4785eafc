"""The small parts of an XLSX workbook: its sheets, shared strings, number formats, merged cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO, Final, NamedTuple, cast
from xml.parsers import expat

from evidence.readers import limits
from evidence.readers.errors import EntitiesError, OverLimitError, UnreadableError
from evidence.readers.unpacking import Counted, Meter

from .cell_formats import BUILT_IN, Shape, shape_of

SHARED_CHARACTERS: Final = 4 * limits.TEXT_BYTES
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)")
_RANGE: Final = re.compile(r"([A-Z]+)(\d+):[A-Z]+(\d+)")
MERGED: Final = 20_000  # ranges that are followed


class SheetPart(NamedTuple):
    """A sheet by its name and the member that holds it."""

    name: str
    member: str


class Workbook:
    """The members of one workbook, unpacked under the limits of archives."""

    def __init__(self, archive: zipfile.ZipFile, meter: Meter | None) -> None:
        self._archive = archive
        self._meter = meter or Meter(limits.ARCHIVE_UNPACKED)
        self._members = {info.filename.lower(): info for info in archive.infolist()}

    def has(self, member: str) -> bool:
        """Whether there is such a member; case does not count."""
        return member.lower() in self._members

    def chunks(self, member: str) -> Iterator[bytes]:
        """The bytes of a member, nothing when it is absent."""
        info = self._members.get(member.lower())
        if info is None:
            return
        with self._archive.open(info) as unpacked:
            counted = Counted(cast(BinaryIO, unpacked), info.compress_size, self._meter)
            while piece := counted.read(256 * limits.KIB):
                yield piece

    def sheets(self) -> list[SheetPart]:
        """The sheets in the order of the workbook; without its list, in that of their names."""
        parts: list[SheetPart] = []
        targets = self._targets()

        def begin(name: str, attributes: Mapping[str, str]) -> None:
            if name == "sheet":
                identity = next((v for k, v in attributes.items() if local(k) == "id"), "")
                if member := targets.get(identity):
                    parts.append(SheetPart(attributes.get("name", ""), member))

        parse(self.chunks("xl/workbook.xml"), begin)
        if parts:
            return parts
        found = sorted(name for name in self._members if name.startswith("xl/worksheets/sheet"))
        return [SheetPart(PurePosixPath(member).stem, member) for member in found]

    def since_1904(self) -> bool:
        """Whether the workbook counts its days from 1904."""
        said: list[str] = []

        def begin(name: str, attributes: Mapping[str, str]) -> None:
            if name == "workbookPr":
                said.append(attributes.get("date1904", "0"))

        parse(self.chunks("xl/workbook.xml"), begin)
        return said[:1] in (["1"], ["true"])

    def _targets(self) -> dict[str, str]:
        """Relation → member, of worksheets only."""
        found: dict[str, str] = {}

        def begin(name: str, attributes: Mapping[str, str]) -> None:
            target = attributes.get("Target", "")
            if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
                path = target[1:] if target.startswith("/") else f"xl/{target}"
                found[attributes.get("Id", "")] = path.replace("/./", "/")

        parse(self.chunks("xl/_rels/workbook.xml.rels"), begin)
        return found

    def shapes(self) -> list[Shape | None]:
        """What the format of each style shows of a date."""
        codes: dict[str, str] = {}
        shapes: list[Shape | None] = []
        inside: list[str] = []

        def begin(name: str, attributes: Mapping[str, str]) -> None:
            if name in ("cellXfs", "cellStyleXfs", "dxfs"):
                inside[:] = [name]
            elif name == "numFmt" and inside[:1] != ["dxfs"]:
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name == "xf" and inside[:1] == ["cellXfs"]:
                number = attributes.get("numFmtId", "0")
                code = codes.get(number)
                if code is None and number.isdecimal():
                    code = BUILT_IN.get(int(number), "")
                shapes.append(shape_of(code or ""))

        parse(self.chunks("xl/styles.xml"), begin)
        return shapes

    def shared_strings(self) -> list[str]:
        """The strings that cells point to, without their phonetic guides.

        Raises:
            OverLimitError: they are longer together than any honest workbook's.
        """
        strings: list[str] = []
        pieces: list[str] = []
        state = {"text": False, "guide": False, "left": SHARED_CHARACTERS}

        def begin(name: str, _attributes: Mapping[str, str]) -> None:
            if name == "si":
                pieces.clear()
            state["guide"] = state["guide"] or name == "rPh"
            state["text"] = name == "t" and not state["guide"]

        def characters(text: str) -> None:
            if state["text"]:
                pieces.append(text)

        def end(name: str) -> None:
            state["text"] = False
            if name == "rPh":
                state["guide"] = False
            elif name == "si":
                strings.append("".join(pieces))
                state["left"] -= len(strings[-1])
                if state["left"] < 0:
                    raise OverLimitError("text_bytes", SHARED_CHARACTERS)

        parse(self.chunks("xl/sharedStrings.xml"), begin, characters, end)
        return strings

    def merged(self, member: str) -> list[tuple[int, int, int]]:
        """Cells that span rows: column, first and last row; they stand behind the cells."""
        ranges: list[tuple[int, int, int]] = []
        kept = b""
        for chunk in self.chunks(member):
            kept += chunk
            for found in _MERGED.finditer(kept):
                if (parts := _RANGE.fullmatch(found[1].decode())) and parts[2] != parts[3]:
                    ranges.append((column_of(parts[1]), int(parts[2]), int(parts[3])))
                if len(ranges) > MERGED:
                    raise OverLimitError("merged_cells", MERGED)
            last = kept.rfind(b"<")
            kept = kept[last:][:400] if last >= 0 else b""
        return ranges


def column_of(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def parse(
    chunks: Iterator[bytes],
    begin: Callable[[str, Mapping[str, str]], None],
    characters: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Parse one whole XML part, names without their prefixes; an absent part is an empty one."""
    for _ in pushed(chunks, begin, characters, end):
        pass


def pushed(
    chunks: Iterator[bytes],
    begin: Callable[[str, Mapping[str, str]], None],
    characters: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """As `parse`, a pause after each chunk.

    Raises:
        EntitiesError: the part has a DOCTYPE, which none of a spreadsheet ever has.
        UnreadableError: it is no XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: begin(local(name), attributes)
    parser.CharacterDataHandler = characters
    if end is not None:
        parser.EndElementHandler = lambda name: end(local(name))
    parser.StartDoctypeDeclHandler = _refuse
    try:
        some = False
        for chunk in chunks:
            some = True
            parser.Parse(chunk, False)
            yield
        if some:
            parser.Parse(b"", True)
    except expat.ExpatError as cause:
        raise UnreadableError("a part of the workbook is no XML") from cause
    yield


def _refuse(*_: object) -> None:
    raise EntitiesError("a DOCTYPE stands in a workbook")
