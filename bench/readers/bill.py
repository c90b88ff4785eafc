"""How fast an operator's bill is read, as CSV, XLSX and xls, beside its plain parsing.

    .venv/bin/python bench/readers/bill.py [ROWS=10000]

Makes the same bill in memory (seeded) in the three shapes, reads each as the command does, writes
every record as a line to nowhere, and prints seconds of the processor, rows a second, and the
ratio to what the usual library takes only to hand out the cells (csv; openpyxl, read-only; xlrd).
Medians of three.
"""

from __future__ import annotations

import csv
import io
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import openpyxl
import xlrd

from evidence.readers import read
from tests.samples.workbooks import HEADER, xls, xlsx

TITLES = [("中国移动通信客户语音详单",), ("手机号码：13700000009",), HEADER]


def rows(count: int) -> list[tuple[object, ...]]:
    """So many calls of one month and a half."""
    chance = random.Random(7)
    at = datetime(2024, 3, 1, 8, 0)  # noqa: DTZ001 - a spreadsheet has no zones
    made: list[tuple[object, ...]] = []
    for _ in range(count):
        at += timedelta(seconds=chance.randint(30, 600))
        length = f"{chance.randint(0, 9)}分{chance.randint(0, 59)}秒"
        number = f"1370000{chance.randint(0, 9999):04}"
        way = chance.choice(["主叫", "被叫"])
        made.append((at, "杭州", way, number, length, "本地", "0.10"))
    return made


def main() -> None:
    """Print one line a shape."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    bill = [*TITLES, *rows(count)]
    text = "\r\n".join(",".join(str(cell) for cell in row) for row in bill)
    shapes: dict[str, tuple[bytes, Callable[[bytes], int]]] = {
        "csv": (text.encode("gb18030"), _plain_csv),
        "xlsx": (xlsx({"详单": bill}), _plain_xlsx),
        "xls": (xls({"详单": bill}), _plain_xls),
    }
    for name, (raw, plainly) in shapes.items():
        ours = _median(lambda raw=raw: _read(raw, count))
        plain = _median(lambda raw=raw, plainly=plainly: plainly(raw))
        print(
            f"{name}: {count} rows, {len(raw) >> 10} KiB: {ours:.2f} s, {count / ours:.0f} rows/s, "
            f"plain parsing {plain:.2f} s, ratio {ours / plain:.2f}"
        )


def _median(work: Callable[[], object]) -> float:
    took = []
    for _ in range(3):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return statistics.median(took)


def _read(raw: bytes, count: int) -> None:
    got = sum(bool(record.as_line()) for record in read(io.BytesIO(raw), name="bill"))
    if got != count:
        raise SystemExit(f"{got} records of {count} rows")


def _plain_csv(raw: bytes) -> int:
    return sum(len(row) for row in csv.reader(io.StringIO(raw.decode("gb18030"))))


def _plain_xlsx(raw: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    return sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))


def _plain_xls(raw: bytes) -> int:
    sheet = xlrd.open_workbook(file_contents=raw).sheet_by_index(0)
    return sum(len(sheet.row_values(number)) for number in range(sheet.nrows))


if __name__ == "__main__":
    main()
