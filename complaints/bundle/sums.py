"""`SHA256SUMS.txt`, as `sha256sum -c` and `shasum -c` read it."""

from __future__ import annotations

import re
from collections.abc import Mapping

LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def write(digests: Mapping[str, str]) -> bytes:
    """One line a file, sorted by path; the file itself is not in it."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode("ascii")


def read(raw: bytes) -> dict[str, str]:
    """The digests by path; what is no such line is left out."""
    lines = raw.decode("ascii", errors="replace").splitlines()
    return {match[2]: match[1] for line in lines if (match := LINE.fullmatch(line))}
