"""What lets a person match paper to file: check code and QR code, both of the whole digest."""

from __future__ import annotations

import base64
import io
import re

import segno

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


def qr_code(number: str, sha256: str) -> bytes:
    """SVG of a QR code that holds exhibit number and whole digest: text, not a link."""
    out = io.BytesIO()
    segno.make(f"{number} sha256:{sha256}", error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, dark="#000"
    )
    return out.getvalue()
