"""Pure room: what the phone and the file say of where a file comes from. Never proof.

`look` reads the dates and marks that a file carries; `state` lays them beside what the phone
claimed and notes where they agree or differ. No note says genuine, false or altered
(docs/provenance.md). `credentials` is asked by itself, in the cell only: it loads a native library.
"""

from __future__ import annotations

from .compare import state
from .containers import look
from .said import Claim, Fact, Found, Moment, Observation, Statement

VERSION = "2"  # of the engine; another one states anew

__all__ = [
    "VERSION",
    "Claim",
    "Fact",
    "Found",
    "Moment",
    "Observation",
    "Statement",
    "look",
    "state",
]
