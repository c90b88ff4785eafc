"""What one server takes by tus: speed of one stream, growth of its memory, cut and resumed.

    .venv/bin/python bench/uploads/tus.py [MB=200] [ROUNDS=3]

Makes an installation of its own in a temporary folder, starts the server as `make run` does,
sends pseudo-random bytes (seeded), kills the server half way in the last round, and prints
megabytes a second (from the first byte sent to the receipt: encrypted, flushed to disk, read back
and hashed) and the growth of the server's resident memory.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.evidence.killed.house import House, kill
from tests.processes import until

LOOK_EVERY_S = 0.02


def resident_kib(group: int) -> int:
    """Resident memory of every process of a group, from /proc."""
    total = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(stat[2]) == group:
                lines = (folder / "status").read_text().splitlines()
                total += sum(int(x.split()[1]) for x in lines if x.startswith("VmRSS"))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


class Watch:
    """The highest resident memory of a process group while it is watched."""

    def __init__(self, group: int) -> None:
        self.before = self.peak = resident_kib(group)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(group,))

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self, group: int) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            self.peak = max(self.peak, resident_kib(group))


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "var")
        speeds = []
        with house.web() as process:
            warm_up(house)
            for number in range(rounds):
                content = random.Random(number).randbytes(megabytes * 1_000_000)
                upload = house.begin(len(content), sha256=hashlib.sha256(content).hexdigest())
                with Watch(process.pid) as watch:
                    began = time.perf_counter()
                    status, _ = upload.patch(0, content)
                    speeds.append(megabytes / (time.perf_counter() - began))
                assert status == 204, status
                grown = (watch.peak - watch.before) / 1024
                print(f"{megabytes} MB: {speeds[-1]:.0f} MB/s, memory +{grown:.0f} MiB")
        print(f"median {statistics.median(speeds):.0f} MB/s")
        cut_and_resumed(house, megabytes)


def warm_up(house: House) -> None:
    house.begin(1000).patch(0, bytes(1000))


def cut_and_resumed(house: House, megabytes: int) -> None:
    content = random.Random(99).randbytes(megabytes * 1_000_000)
    half = len(content) // 2
    with house.web() as process:
        upload = house.begin(len(content), sha256=hashlib.sha256(content).hexdigest())
        upload.patch_half(0, len(content), content[:half])
        kill(process)
    with house.web():
        at = until(upload.head, within_s=60)
        status, _ = upload.patch(at, content[at:])
        print(
            f"killed half way: {at / 1e6:.1f} of {half / 1e6:.1f} MB were kept; resumed: {status}"
        )


if __name__ == "__main__":
    main()
