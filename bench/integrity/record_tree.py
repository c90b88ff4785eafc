"""Twelve of 100,000 messages: what the record tree costs, and that its memory stays flat.

usage: python bench/integrity/record_tree.py [RECORDS=100000] [SHOWN=12] [ROUNDS=5]

In one run, on seeded records: one bare SHA-256 over each record's bytes (the least that any tree
must do), the root with the proofs in one pass, the check of the proofs, and the same proofs from a
tree that keeps its leaves. Processor time, medians. Last, the peak memory of a process that proves
in a hundredth of the records and of one that proves in all.
"""

from __future__ import annotations

import hashlib
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
from evidence.integrity import merkle_stream, records

SECRET = bytes(range(32))


def messages(count: int) -> Iterator[bytes]:
    """Records as an SMS export gives them, made again at each call: nothing is kept."""
    chance = random.Random(7)
    for index in range(count):
        text = "还款" * chance.randrange(5, 60)
        yield records.record_bytes({"kind": "sms", "text": text, "source_locator": {"n": index}})


def leaves(raws: Iterator[bytes] | list[bytes]) -> Iterator[bytes]:
    for index, raw in enumerate(raws):
        yield records.leaf_hash(records.record_salt(SECRET, index), raw)


def places(count: int, shown: int) -> list[int]:
    return sorted(random.Random(11).sample(range(count), shown))


def prove(raws: Iterator[bytes] | list[bytes], count: int, shown: int) -> merkle_stream.Proved:
    return merkle_stream.prove(leaves(raws), size=count, indexes=places(count, shown))


def check(raws: list[bytes], proved: merkle_stream.Proved) -> None:
    for index, path in proved.paths.items():
        proof = records.RecordProof(index, len(raws), records.record_salt(SECRET, index), path)
        records.verify_record(raws[index], proof, root=proved.root, count=len(raws))


def kept_tree(raws: list[bytes], shown: int) -> None:
    tree = records.RecordTree(SECRET, raws)
    for index in places(len(raws), shown):
        tree.proof(index)


def timed(work: Callable[[], Any], rounds: int) -> float:
    """Seconds of processor time, median."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def peak_mib(count: int, shown: int) -> float:
    """Peak resident memory of a process of its own."""
    command = [sys.executable, __file__, "--memory", str(count), str(shown)]
    return int(subprocess.run(command, check=True, capture_output=True).stdout) / 1024


def main() -> None:
    if sys.argv[1:2] == ["--memory"]:
        count, shown = map(int, sys.argv[2:4])
        prove(messages(count), count, shown)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    given = [int(each) for each in sys.argv[1:4]]
    count, shown, rounds = [*given, *(100_000, 12, 5)[len(given) :]]
    raws = list(messages(count))
    proved = prove(raws, count, shown)
    bare = timed(lambda: [hashlib.sha256(raw).digest() for raw in raws], rounds)
    rows = {
        "one SHA-256 a record": bare,
        f"root and {shown} proofs, one pass": timed(lambda: prove(raws, count, shown), rounds),
        f"root and {shown} proofs, leaves kept": timed(lambda: kept_tree(raws, shown), rounds),
        f"check of {shown} proofs": timed(lambda: check(raws, proved), rounds),
    }
    print(f"{count} records, {sum(map(len, raws)) / 1e6:.1f} MB, {shown} shown")
    for name, seconds in rows.items():
        print(f"{name:36} {seconds * 1000:9.2f} ms  {seconds / bare:7.3f} x")
    small = max(shown, count // 100)
    print(f"peak memory: {peak_mib(small, shown):.0f} MiB for {small} records,", end=" ")
    print(f"{peak_mib(count, shown):.0f} MiB for {count}")


if __name__ == "__main__":
    main()
