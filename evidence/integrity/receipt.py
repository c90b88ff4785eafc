"""Receipt v1: the house's signed promise to the person who sent an item (docs/formats/receipt.md).

No file name and no person stands in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evidence.errors import EvidenceError
from evidence.integrity import signing
from evidence.integrity.digest import NotCanonicalError, canonical, read_canonical
from evidence.integrity.times import TimeFormatError, read_time, write_time

VERSION = 1
ITEM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HEX_32_BYTES = re.compile(r"[0-9a-f]{64}")


class ReceiptFormatError(EvidenceError):
    """These bytes or values are no receipt v1."""

    code = "receipt_malformed"


class ReceiptVersionError(EvidenceError):
    """A receipt of a later version: it cannot be checked here."""

    code = "receipt_version_unknown"


@dataclass(frozen=True)
class Receipt:
    """We hold these bytes since then, and this event enters the log within 24 hours.

    `event` is the log's leaf data of the `received` event, hex. `claimed`: the sender named the
    digest before sending and it agreed; otherwise the digest is ours alone.
    """

    item: str
    sha256: str
    size: int
    received_at: datetime
    event: str
    claimed: bool


def encode(
    item: str, sha256: str, size: int, received_at: datetime, event: str, claimed: bool
) -> bytes:
    """The receipt's RFC 8785 bytes; `event` is `event.leaf_data(raw).hex()`.

    Raises:
        ReceiptFormatError: a value that v1 does not allow.
    """
    for pattern, value, name in (
        (ITEM, item, "item"),
        (HEX_32_BYTES, sha256, "sha256"),
        (HEX_32_BYTES, event, "event"),
    ):
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ReceiptFormatError(f"`{name}` has a form that v1 does not allow")
    if type(size) is not int or not 0 <= size < 2**53:
        raise ReceiptFormatError("`size` is no number of bytes")
    if type(claimed) is not bool:
        raise ReceiptFormatError("`claimed` is neither true nor false")
    try:
        at = write_time(received_at)
    except TimeFormatError as cause:
        raise ReceiptFormatError("`received_at` is no aware time") from cause
    return canonical(
        {
            "v": VERSION,
            "item": item,
            "sha256": sha256,
            "size": size,
            "received_at": at,
            "event": event,
            "claimed": claimed,
        }
    )


def decode(raw: bytes) -> Receipt:
    """Read a receipt's bytes, strictly; nothing is said about who signed them."""
    try:
        value = read_canonical(raw)
        if not isinstance(value, dict):
            raise ReceiptFormatError("not an object")
        version = value.pop("v", None)
        if type(version) is int and version > VERSION:
            raise ReceiptVersionError(f"receipt version {version}")
        receipt = Receipt(**{**value, "received_at": read_time(value.get("received_at"))})
    except (NotCanonicalError, TimeFormatError, TypeError) as cause:
        raise ReceiptFormatError("not a receipt") from cause
    if encode(**vars(receipt)) != raw:
        raise ReceiptFormatError("not the bytes that v1 gives this receipt")
    return receipt


def sign(raw: bytes, key: Ed25519PrivateKey) -> bytes:
    """64 bytes: the log key's signature, domain `liuzheng/receipt/v1`."""
    return signing.sign(key, signing.Domain.RECEIPT, raw)


def verify(raw: bytes, signature: bytes, public_key: Ed25519PublicKey) -> Receipt:
    """The receipt, once its signature has been found to be this key's.

    Raises:
        SignatureMismatchError, ReceiptFormatError, ReceiptVersionError.
    """
    signing.verify(public_key, signing.Domain.RECEIPT, raw, signature)
    return decode(raw)


def write_file(raw: bytes, signature: bytes, public_key: Ed25519PublicKey) -> bytes:
    """The one file that the person keeps: a signed statement (docs/formats/trust.md)."""
    return signing.write_statement(raw, signature, public_key)
