"""`python -m evidence.readers FILE`: one JSON object a line, the summary last.

Exit 0 read, 2 wrong call, 3 recognised but unreadable, 4 refused.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import ReadingError, RefusedError
from .limits import DATABASE_BYTES, EXPORT_BYTES
from .reading import Companion, Options, Reading
from .registry import read
from .side_by_side import LEAST, SideBySide, processes
from .values.names import read_name

_encode: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
LINES_AT_ONCE = 512


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its face is fixed."""
    parser = argparse.ArgumentParser(prog="python -m evidence.readers")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--owner", help="the owner's own name in chats that do not mark it")
    parser.add_argument("--tz", default="Asia/Shanghai", type=_zone)
    parser.add_argument("--no-ocr", action="store_true", help="skip character recognition")
    parser.add_argument("--names", action="store_true", help="read file names from stdin")
    given = parser.parse_args(arguments)
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - stdout itself, whatever the locale says
    warnings.simplefilter("ignore")  # what a library mutters about a file is in our own words
    options = Options(owner=given.owner, tz=given.tz, ocr=not given.no_ocr, now=datetime.now(UTC))
    if given.file is None and not given.names:
        parser.error("a FILE or --names")
    try:
        with out:
            return _names(out) if given.names else _file(given.file, options, out)
    except BrokenPipeError:  # whoever listened has heard enough
        return 0


def _file(path: Path, options: Options, out: TextIO) -> int:
    try:
        file = path.open("rb")
    except OSError as error:
        print(f"cannot open the file: {error.strerror}", file=sys.stderr)
        return 2
    reading: Reading | None = None
    with file:
        try:
            reading = read(file, name=path.name, options=options, companion=_beside(path))
            if (together := _together(path, reading, options)) is not None:
                reading = together.reading
                _write_pieces(together, out)
            else:
                _write(reading, out)
        except ReadingError as error:
            summary = reading.summary.as_json() if reading else {}
            told = {"code": error.code, "message": str(error)}
            out.write(_encode({"summary": {**summary, "error": told}}) + "\n")
            print(f"{error.code}: {error}", file=sys.stderr)
            return 4 if isinstance(error, RefusedError) else 3
    out.write(_encode({"summary": reading.summary.as_json()}) + "\n")
    return 0


def _together(path: Path, reading: Reading, options: Options) -> SideBySide | None:
    """Several processes for a large export, where that is of use."""
    if reading.format != "sms_backup" or not path.is_file():
        return None
    if not LEAST <= path.stat().st_size <= EXPORT_BYTES or (at_once := processes()) < 2:
        return None
    return SideBySide(path, options=options, at_once=at_once)


def _write_pieces(together: SideBySide, out: TextIO) -> None:
    out.flush()
    with open(out.fileno(), "wb", closefd=False) as raw:
        for piece in together:
            raw.write(piece)


def _beside(path: Path) -> Companion:
    """A database's log or a recorder's note, in the same folder."""

    def companion(suffix: str) -> bytes | None:
        beside = path.with_suffix(suffix) if suffix[0] == "." else Path(f"{path}{suffix}")
        if not beside.is_file():
            return None
        with beside.open("rb") as file:
            return file.read(DATABASE_BYTES)

    return companion


def _write(reading: Reading, out: TextIO) -> None:
    lines: list[str] = []
    try:
        for record in reading:
            lines.append(record.as_line())
            if len(lines) >= LINES_AT_ONCE:
                out.write("\n".join(lines) + "\n")
                lines.clear()
    finally:  # what was read before a failure is shown, too
        out.writelines(line + "\n" for line in lines)


def _names(out: TextIO) -> int:
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper always
    for line in sys.stdin:
        out.write(_encode(read_name(line.rstrip("\r\n")).as_json()) + "\n")
    return 0


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise argparse.ArgumentTypeError("not an IANA time zone") from error
    return name


if __name__ == "__main__":
    sys.exit(main())
