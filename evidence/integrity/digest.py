"""Digests and canonical JSON: the two ways in which this house names bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from typing import Any, BinaryIO

import rfc8785

from evidence.errors import EvidenceError

CHUNK_BYTES = 1 << 18
SHA256, SM3 = "sha256", "sm3"  # by their names in `hashlib`; SM3 is GB/T 32905


class NotCanonicalError(EvidenceError):
    """These bytes are not the RFC 8785 form of one JSON value, so they are not what was signed."""

    code = "json_not_canonical"


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def sha256(data: bytes) -> bytes:
    """SHA-256 as 32 bytes."""
    return hashlib.sha256(data).digest()


def hash_stream(
    file: BinaryIO,
    hold: Callable[[int], None] | None = None,
    *,
    algorithm: str = "sha256",
    chunk_bytes: int = CHUNK_BYTES,
) -> tuple[str, int]:
    """Read a file from its current position to its end; return (digest in hex, size in bytes).

    Memory is flat: one chunk is read at a time. `hold` is told the length of each, and may wait
    or raise.
    """
    found, size = hash_stream_by(file, (algorithm,), hold, chunk_bytes=chunk_bytes)
    return found[algorithm], size


def hash_stream_by(
    file: BinaryIO,
    algorithms: Collection[str],
    hold: Callable[[int], None] | None = None,
    *,
    chunk_bytes: int = CHUNK_BYTES,
) -> tuple[dict[str, str], int]:
    """The same for several algorithms in one reading: (hex digest by algorithm, size in bytes).

    Raises:
        ValueError: this Python does not offer one of them (`is_available`).
    """
    states, size = {name: hashlib.new(name) for name in algorithms}, 0
    while chunk := file.read(chunk_bytes):
        for state in states.values():
            state.update(chunk)
        size += len(chunk)
        if hold is not None:
            hold(len(chunk))
    return {name: state.hexdigest() for name, state in states.items()}, size


def is_available(algorithm: str) -> bool:
    """Whether this Python can compute it: SM3 comes with OpenSSL, which may be built without."""
    try:
        hashlib.new(algorithm)
    except ValueError:
        return False
    return True


_PLAIN = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
).encode
MOST = 2**53 - 1  # of a number that every reader of JSON takes exactly
LEAST_PLAIN, MOST_PLAIN = 1e-4, 1e16  # of fractions that Python writes without an exponent


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of one JSON value.

    Raises:
        NotCanonicalError: the value has no such form (NaN, an integer beyond 2**53 - 1, a lone
            surrogate, a key that is not text, bytes).
    """
    try:
        raw = _PLAIN(value).encode("utf-8") if _is_plain(value) else rfc8785.dumps(value)
    except (ValueError, TypeError, RecursionError) as cause:
        # UnicodeEncodeError and rfc8785's own errors are ValueErrors; their text may hold content.
        raise NotCanonicalError("the value has no RFC 8785 form") from cause
    return bytes(raw)


def _is_plain(value: Any) -> bool:
    """Whether JSON of the standard library, keys sorted, is the RFC 8785 form already.

    It is where there are no fractions that Python writes otherwise than JavaScript, and no keys
    beyond ASCII (sorted otherwise); then it is made an order of magnitude faster.
    """
    waiting = [value]
    for each in waiting:  # grows while it is walked: a call for each value would cost more
        kind = type(each)
        if kind is str or each is None or kind is bool:
            continue
        if kind is dict:
            if not all(type(key) is str and key.isascii() for key in each):
                return False
            waiting.extend(each.values())
        elif kind is list or kind is tuple:
            waiting.extend(each)
        elif not (kind in (int, float) and _is_plain_number(each)):
            return False
    return True


def _is_plain_number(value: float) -> bool:
    """Both languages write the fewest digits that tell a number, and these without an exponent.

    JavaScript leaves out `.0`.
    """
    if type(value) is int:
        return abs(value) <= MOST
    return LEAST_PLAIN <= abs(value) < MOST_PLAIN and not value.is_integer()


def read_canonical(raw: bytes) -> Any:
    """Decode RFC 8785 bytes, strictly: encoding the value again must give the same bytes.

    So there is one spelling only: no spaces, no double keys, no other order, no BOM.

    Raises:
        NotCanonicalError: not JSON, or JSON in another spelling.
    """
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as cause:
        raise NotCanonicalError("the bytes are not UTF-8 JSON") from cause
    if canonical(value) != raw:
        raise NotCanonicalError("the bytes are JSON in another spelling than RFC 8785's")
    return value
