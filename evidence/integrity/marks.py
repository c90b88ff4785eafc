"""Keyed marks of collectors' numbers, links and accounts: equal for equal things, else opaque.

A telephone number is one of some ten thousand million: whoever may try them all against a plain or
salted digest has it in minutes. So each mark needs a secret key that lies in no database, and each
purpose has a domain of its own (docs/matching.md, "Who can turn a mark back").
"""

from __future__ import annotations

import hashlib
import hmac
import uuid

COMPARED_DOMAIN = b"liuzheng/collector-mark/v1\n"
OF_CASE_DOMAIN = b"liuzheng/collector-mark-of-case/v1\n"
ALLOWANCE_DOMAIN = b"liuzheng/collector-allowance/v1\n"


def compared(key: bytes, *, sort: str, value: str) -> str:
    """The mark that is the same in every case, 64 hex digits.

    Args:
        key: 32 secret bytes.
        sort: `abuse.collectors.Sort`.
        value: in its normal form.
    """
    return _mac(key, COMPARED_DOMAIN, f"{sort}\n{value}".encode())


def of_case(key: bytes, mark: str, *, case_id: uuid.UUID) -> str:
    """The same bound to one case: in two cases it differs, and only the key says that it is one."""
    return _mac(key, OF_CASE_DOMAIN, case_id.bytes + bytes.fromhex(mark))


def allowance(key: bytes, mark: str, *, below: int) -> int:
    """A number from 0 on, below `below`, that stays the same for this mark under this key."""
    return int(_mac(key, ALLOWANCE_DOMAIN, bytes.fromhex(mark)), 16) % below


def _mac(key: bytes, domain: bytes, message: bytes) -> str:
    return hmac.new(key, domain + message, hashlib.sha256).hexdigest()
