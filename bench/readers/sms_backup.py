"""How fast a large SMS Backup & Restore file is read, and with how much memory.

    .venv/bin/python bench/readers/sms_backup.py [MIB=64]

Writes a seeded file of about that size into a temporary folder, reads it as the command does in a
process of its own, each record a line to nowhere, and lets expat pass over the same file without
doing anything. Prints MiB a second (of the wall and of the processor), the ratio of the two, and
the most memory that the reading held in all its processes.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from xml.parsers.expat import ParserCreate
from xml.sax.saxutils import quoteattr

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from evidence.readers.__main__ import main as read  # noqa: E402
from evidence.readers.side_by_side import processes  # noqa: E402

MIB = 1024 * 1024
CHUNK = 64 * 1024
WORDS = [
    "今天",
    "还款",
    "您的",
    "账单",
    "已逾期",
    "请",
    "尽快",
    "联系",
    "我们",
    "好的",
    "OK",
]
CHINA = timezone(timedelta(hours=8))
EMOJI = "&#55357;&#56832;"


def export(path: Path, size: int) -> None:
    """Messages as the app writes them; some hold an emoji in two halves or a picture."""
    chance = random.Random(7)
    at = 1_600_000_000_000
    picture = "/9j/4AAQSkZJRgABAQ" + "A" * 200_000 + "=="
    with path.open("w", encoding="utf-8") as out:
        out.write("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"1\">\n")
        while out.tell() < size:
            lines = []
            for _ in range(1000):
                at += chance.randint(1_000, 600_000)
                lines.append(_sms(chance, at))
            if chance.random() < 0.3:
                lines.append(_mms(at, picture))
            out.write("\n".join(lines) + "\n")
        out.write("</smses>\n")


def _sms(chance: random.Random, at: int) -> str:
    body = "".join(chance.choices(WORDS, k=chance.randint(4, 40)))
    if chance.random() < 0.15:
        body += "&#10;回T退订"
    if chance.random() < 0.02:
        body += EMOJI
    shown = datetime.fromtimestamp(at // 1000, CHINA).strftime("%Y-%m-%d %H:%M:%S")
    number = f"+86137{chance.randint(0, 9999):08d}" if chance.random() < 0.7 else "10690001"
    return (
        f'  <sms protocol="0" address="{number}" date="{at}" type="{chance.choice("1112")}" '
        f'subject="null" body="{body}" toa="null" sc_toa="null" service_center="+8613800000000" '
        f'read="1" status="-1" locked="0" date_sent="{at - 1000}" sub_id="1" '
        f'readable_date="{shown}" contact_name={quoteattr("(Unknown)")} />'
    )


def _mms(at: int, picture: str) -> str:
    return (
        f'  <mms date="{at}" msg_box="1" address="+8613700000001" m_type="132" sub="null"><parts>'
        f'<part seq="0" ct="image/jpeg" name="null" cl="a.jpg" text="null" data="{picture}" />'
        '</parts><addrs><addr address="+8613700000001" type="137" /></addrs></mms>'
    )


def plain(path: Path) -> None:
    """Expat over the file, without the halves of emoji, which it refuses."""
    parser = ParserCreate()
    with path.open("rb") as file:
        while piece := file.read(CHUNK) + file.readline():
            parser.Parse(piece.replace(b"&#55357;", b"&#85357;").replace(b"&#56832;", b"&#86832;"))


def measured(what: str, path: Path) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and most memory (bytes) of one pass in a fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        told = subprocess.run(
            [sys.executable, __file__, what, str(path)],
            stdout=nowhere,
            stderr=subprocess.PIPE,
            check=True,
        )
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, int(told.stderr.split()[-1]) * 1024


def child(what: str, path: str) -> None:
    """One pass; its most memory goes to stderr, in KiB."""
    if what == "read":
        read([path])
    else:
        plain(Path(path))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if what == "read":  # what the processes share is counted in each of them
        memory += processes() * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(memory, file=sys.stderr)


def main() -> None:
    """Print three lines."""
    mib = int(sys.argv[1]) if len(sys.argv) > 1 else 64
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sms.xml"
        export(path, mib * MIB)
        size = path.stat().st_size / MIB
        wall, cpu, memory = measured("read", path)
        print(
            f"read:  {size:.0f} MiB, {size / wall:.1f} MiB/s, {size / cpu:.1f} MiB/s of processor, "
            f"{memory / MIB:.0f} MiB of memory"
        )
        least_wall, least_cpu, _ = measured("plain", path)
        print(f"expat: {size / least_wall:.1f} MiB/s, {size / least_cpu:.1f} MiB/s of processor")
        print(f"ratio: {cpu / least_cpu:.2f} of expat's processor time")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        child(*sys.argv[1:])
    else:
        main()
