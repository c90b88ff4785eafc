"""How a digest is written for people: check code, groups of four, the first 16 digits."""

from __future__ import annotations

import base64
import re

CHECK_CODE_CHARACTERS = 20


def check_code(number: str, sha256: str) -> str:
    """`A-1 ABCDE FGHIJ KLMNO PQRST`: the exhibit number and 100 bits of its digest in base32."""
    code = base64.b32encode(bytes.fromhex(sha256)).decode("ascii")[:CHECK_CODE_CHARACTERS]
    return f"{number} {' '.join(re.findall('.{5}', code))}"


def short_digest(sha256: str) -> str:
    """The first 16 digits in groups of four, for the eye only."""
    return " ".join(re.findall("....", sha256[:16]))


def grouped(sha256: str) -> str:
    """A whole digest or fingerprint in groups of four."""
    return " ".join(re.findall("....", sha256))
