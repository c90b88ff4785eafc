"""How near hash + encrypt in one pass comes to its physical bound, on one core, in one run.

usage: python bench/integrity/seal.py [MiB=256] [ROUNDS=5]

The bound is 1 / (1/a + 1/b) with a, b = SHA-256 and AES-256-GCM alone over the same blocks in the
same process (`openssl speed -evp sha256` and `aes-256-gcm` are printed beside, where it is found).
Medians of interleaved rounds, in MB/s (10**6).
"""

from __future__ import annotations

import hashlib
import io
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

sys.path.insert(0, str(Path(__file__).parents[2]))
from evidence.vault.envelope import DecryptingReader, seal_stream

BLOCK = 1 << 18
KEY, ITEM = bytes(range(32)), b"bench"


class Source(io.RawIOBase):
    """The same seeded block again and again: memory only, no disk."""

    def __init__(self, size: int, block: bytes) -> None:
        self._left, self._block = size, memoryview(block)

    def readinto(self, buffer: Any) -> int:
        length = min(len(buffer), self._left, BLOCK)
        buffer[:length] = self._block[:length]
        self._left -= length
        return length


class Nowhere(io.RawIOBase):
    def write(self, data: Any) -> int:
        return len(data)


def main() -> None:
    size = int(sys.argv[1] if len(sys.argv) > 1 else 256) << 20
    rounds = int(sys.argv[2] if len(sys.argv) > 2 else 5)
    block = os.urandom(BLOCK)
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain")
        with plain.open("wb") as file:
            for _ in range(size // BLOCK):
                file.write(block)
        for _ in range(rounds):
            for name, run in (
                ("SHA-256 alone", lambda: sha256(size, block)),
                ("AES-256-GCM alone", lambda: gcm(size, block)),
                ("seal, no disk", lambda: seal(Source(size, block), Nowhere(), size)),
                ("seal, file to file", lambda: seal_file(plain, Path(folder, "sealed"), size)),
                ("open, file", lambda: unseal_file(Path(folder, "sealed"))),
            ):
                begun = time.perf_counter()
                run()
                found.setdefault(name, []).append(size / 1e6 / (time.perf_counter() - begun))
    speed = {name: statistics.median(values) for name, values in found.items()}
    bound = 1 / (1 / speed["SHA-256 alone"] + 1 / speed["AES-256-GCM alone"])
    for name, value in speed.items():
        print(f"{name:<20} {value:7.0f} MB/s  {value / bound:6.0%} of the bound")
    print(f"{'bound':<20} {bound:7.0f} MB/s")
    print(f"peak memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    openssl_speed()


def sha256(size: int, block: bytes) -> None:
    state = hashlib.sha256()
    for _ in range(size // BLOCK):
        state.update(block)


def gcm(size: int, block: bytes) -> None:
    aead, out = AESGCM(KEY), memoryview(bytearray(BLOCK + 16))
    for index in range(size // BLOCK):
        aead.encrypt_into(index.to_bytes(12, "big"), block, None, out)


def seal(src: Any, dst: Any, size: int) -> None:
    kept = seal_stream(src, dst, data_key=KEY, associated_data=ITEM, max_bytes=size)
    assert kept.size == size


def seal_file(plain: Path, sealed: Path, size: int) -> None:
    with plain.open("rb", buffering=0) as src, sealed.open("wb", buffering=0) as dst:
        seal(src, dst, size)


def unseal_file(sealed: Path) -> None:
    with sealed.open("rb", buffering=0) as src:
        reader = DecryptingReader(src, data_key=KEY, associated_data=ITEM)
        buffer = bytearray(BLOCK)
        while reader.readinto(buffer):
            pass


def openssl_speed() -> None:
    if shutil.which("openssl") is None:
        return
    for name in ("sha256", "aes-256-gcm"):
        command = ["openssl", "speed", "-seconds", "1", "-bytes", str(BLOCK), "-evp", name]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        print("openssl speed:", said.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
