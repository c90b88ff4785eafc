"""How near hash + encrypt in one pass comes to its physical bound, on one core, in one run.

usage: python bench/integrity/seal.py [MiB=1024] [ROUNDS=5] [FOLDER]

The bound is 1 / (1/a + 1/b) with a, b = SHA-256 and AES-256-GCM of `openssl speed` over blocks of
256 KiB, measured in between on the very core to which this process is pinned. Promised: 85 % of
it without a disk, 55 % from file to file. `openssl speed` counts processor time, so ours is too
(user and system); by the wall clock stands beside it and means little on a machine that others
use. Last, the peak memory of a process that seals 64 MiB and of one that seals all. MB = 10**6.
"""

from __future__ import annotations

import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from io import RawIOBase
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
from evidence.vault.envelope import DecryptingReader, seal_stream

BLOCK = 1 << 18
KEY, ITEM = bytes(range(32)), b"bench"
PROMISED = {"seal, no disk": 0.85, "seal, file to file": 0.55}
Speeds = dict[str, list[float]]


class Source(RawIOBase):
    """The same seeded block again and again: memory only, no disk."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._block = memoryview(random.Random(1).randbytes(BLOCK))

    def readinto(self, buffer: Any) -> int:
        length = min(len(buffer), self._left, BLOCK)
        buffer[:length] = self._block[:length]
        self._left -= length
        return length


class Nowhere(RawIOBase):
    def write(self, data: Any) -> int:
        return len(data)


def main() -> None:
    if sys.argv[1:2] == ["--memory"]:
        seal(Source(int(sys.argv[2])), Nowhere(), int(sys.argv[2]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    size = int(sys.argv[1] if len(sys.argv) > 1 else 1024) << 20
    rounds = int(sys.argv[2] if len(sys.argv) > 2 else 5)
    where = sys.argv[3] if len(sys.argv) > 3 else None
    core = pin()
    with tempfile.TemporaryDirectory(dir=where) as folder:
        by_processor, by_clock = measured(Path(folder), size, rounds)
    told(by_processor, by_clock)
    small, large = (peak(each) for each in (64 << 20, size))
    print(f"peak memory: {small} MiB for 64 MiB, {large} MiB for {size >> 20} MiB")
    print(f"core {core}, {rounds} rounds, medians")


def pin() -> int | None:
    """To the last core we may use; children inherit it. None where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def measured(folder: Path, size: int, rounds: int) -> tuple[Speeds, Speeds]:
    """MB/s of each thing in each round: by processor time, by the wall clock."""
    plain, sealed = folder / "plain", folder / "sealed"
    block = random.Random(2).randbytes(BLOCK)
    with plain.open("wb") as file:
        for _ in range(size // BLOCK):
            file.write(block)
    runs: dict[str, Callable[[], None]] = {
        "seal, no disk": lambda: seal(Source(size), Nowhere(), size),
        "seal, file to file": lambda: seal_file(plain, sealed, size),
        "open, file": lambda: open_file(sealed),
    }
    processor: Speeds = defaultdict(list)
    clock: Speeds = defaultdict(list)
    for _ in range(rounds):
        for name in ("sha256", "aes-256-gcm"):
            processor[name].append(openssl_speed(name))
        for name, run in runs.items():
            busy, begun = time.process_time(), time.perf_counter()
            run()
            clock[name].append(size / 1e6 / (time.perf_counter() - begun))
            processor[name].append(size / 1e6 / (time.process_time() - busy))
    return processor, clock


def told(by_processor: Speeds, by_clock: Speeds) -> None:
    speed = {name: statistics.median(values) for name, values in by_processor.items()}
    bound = 1 / (1 / speed["sha256"] + 1 / speed["aes-256-gcm"])
    for name, value in speed.items():
        words = f"{name:<20} {value:7.0f} MB/s"
        if name in by_clock:
            words += f"  {value / bound:6.1%} of the bound"
            words += f"  (wall clock: {statistics.median(by_clock[name]) / bound:6.1%})"
        if name in PROMISED:
            words += f"  promised {PROMISED[name]:.0%}"
        print(words)
    print(f"{'bound':<20} {bound:7.0f} MB/s")


def openssl_speed(name: str) -> float:
    """MB/s of processor time in blocks of 256 KiB."""
    command = ["openssl", "speed", "-seconds", "1", "-bytes", str(BLOCK), "-evp", name]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"([0-9.]+)k\s*$", said.strip())
    assert found is not None, said
    return float(found[1]) / 1000


def seal(src: Any, dst: Any, size: int) -> None:
    kept = seal_stream(src, dst, data_key=KEY, associated_data=ITEM, max_bytes=size)
    assert kept.size == size


def seal_file(plain: Path, sealed: Path, size: int) -> None:
    with plain.open("rb", buffering=0) as src, sealed.open("wb", buffering=0) as dst:
        seal(src, dst, size)


def open_file(sealed: Path) -> None:
    with sealed.open("rb", buffering=0) as src:
        reader = DecryptingReader(src, data_key=KEY, associated_data=ITEM)
        buffer = bytearray(BLOCK)
        while reader.readinto(buffer):
            pass


def peak(size: int) -> int:
    """MiB that a process of its own needs at most to seal so many bytes."""
    command = [sys.executable, __file__, "--memory", str(size)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return int(said) // 1024


if __name__ == "__main__":
    main()
