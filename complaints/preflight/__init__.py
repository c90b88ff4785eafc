"""What would make the desk send it back, as named checks before anything is exported.

`preflight` looks at a paper, `of_short` at a text to paste; `require` stops what must not go on.
Which check stops, which waits for the person's own word, and which only warns:
docs/decisions/0007.
"""

from complaints.preflight.bounce import Bounce, PreflightBlocksError, Weight
from complaints.preflight.looking import of_short, preflight, require, require_short

__all__ = [
    "Bounce",
    "PreflightBlocksError",
    "Weight",
    "of_short",
    "preflight",
    "require",
    "require_short",
]
