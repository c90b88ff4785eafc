"""Codes that people copy by hand: random bits in groups of letters that are hard to confuse."""

from __future__ import annotations

import secrets

# Crockford's base 32: no I, L, O, U. Five bits a character.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
GROUP = 4


def make(bits: int) -> str:
    """Make a code of at least `bits` random bits, in groups of four joined by hyphens."""
    length = -(-bits // 5)
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(length)))


def grouped(letters: str) -> str:
    """Set hyphens between groups of four."""
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def normalise(written: str) -> str:
    """Read a code as typed: case, spaces and hyphens do not count; O is 0, I and L are 1."""
    letters = written.upper().translate(_READ_AS)
    return "".join(letter for letter in letters if letter in ALPHABET)
