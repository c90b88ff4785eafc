"""How fast a long WhatsApp export is read.

    .venv/bin/python bench/readers/whatsapp.py [LINES=200000]

Makes the text in memory (seeded), reads it as the command does, writes every record as a line to
nowhere, and prints seconds, of the processor and on the wall, and lines a second of the processor.
"""

from __future__ import annotations

import io
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evidence.readers import read

WORDS = [
    "今天",
    "明天",
    "还款",
    "好的",
    "可以吗",
    "合同",
    "利息",
    "电话",
    "知道了",
    "再说",
    "😀",
    "请",
    "您",
    "我们",
]


def export(lines: int) -> bytes:
    """A chat of so many lines; one in ten continues the message before it."""
    chance = random.Random(7)
    at = datetime(2023, 1, 1, 8, 0, tzinfo=UTC)
    written = []
    for number in range(lines):
        text = "".join(chance.choices(WORDS, k=chance.randint(1, 12)))
        if number and chance.random() < 0.1:
            written.append(text)
            continue
        at += timedelta(minutes=chance.randint(0, 5))
        written.append(f"{at:%d/%m/%Y, %H:%M} - {chance.choice(['李雷', '韩梅梅'])}: {text}")
    return "\n".join(written).encode()


def main() -> None:
    """Print one line."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    raw = export(lines)
    begun, used = time.perf_counter(), time.process_time()
    count = 0
    for record in read(io.BytesIO(raw), name="WhatsApp Chat with X.txt"):
        record.as_line()
        count += 1
    took, used = time.perf_counter() - begun, time.process_time() - used
    print(
        f"{lines} lines, {len(raw) >> 20} MiB, {count} records: {used:.2f} s of the processor, "
        f"{took:.2f} s in all, {lines / used:.0f}/s"
    )


if __name__ == "__main__":
    main()
