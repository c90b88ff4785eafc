"""How two texts are compared for what is withheld."""

from __future__ import annotations

# Signs of no width, at which long words are broken on pages.
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def fold(text: str) -> str:
    """A text as it is compared: without gaps (lines are broken anywhere), in one case."""
    text = "".join(text.split())
    if text.isascii():
        return text.lower()
    for sign in _WIDTHLESS:
        text = text.replace(sign, "")
    return text.casefold()
