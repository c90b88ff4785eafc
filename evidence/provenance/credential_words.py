"""What C2PA calls actions and sources, and the word that this room has for each."""

from __future__ import annotations

from typing import Final

# C2PA 2.2, 18.15.4: the last part of `c2pa.…`. Others, a maker's own among them, are `other`.
_ACTIONS: Final = {
    "created": ("created",),
    "opened": ("opened",),
    "edited": ("edited",),
    "coloured": ("adjustedColor", "color_adjustments", "enhanced", "filtered"),
    "cropped": ("cropped", "trimmed"),
    "resized": ("changedSpeed", "resized", "resized.proportional"),
    "turned": ("orientation",),
    "placed": ("placed",),
    "removed": ("deleted", "redacted", "removed"),
    "drawn": ("addedText", "drawing"),
    "converted": ("converted", "repackaged", "transcoded"),
    "published": ("published",),
    "marked": ("watermarked", "watermarked.bound", "watermarked.unbound"),
    "translated": ("dubbed", "translated"),
    "noted": ("edited.metadata",),
}
# IPTC NewsCodes `digitalsourcetype`, and C2PA's own `empty` and `trainedAlgorithmicData`.
_SOURCES: Final = {
    "ai": ("trainedAlgorithmicMedia",),
    "part_ai": ("compositeSynthetic", "compositeWithTrainedAlgorithmicMedia"),
    "computed": ("algorithmicMedia", "dataDrivenMedia", "trainedAlgorithmicData"),
    "enhanced": ("algorithmicallyEnhanced",),
    "camera": ("digitalCapture",),
    "phone_camera": ("computationalCapture",),
    "screen": ("screenCapture", "virtualRecording"),
    "scan": ("negativeFilm", "positiveFilm", "print"),
    "composed": ("composite", "compositeCapture"),
    "hand": ("digitalArt", "digitalCreation", "humanEdits", "minorHumanEdits", "softwareImage"),
    "blank": ("empty",),
}
_ACTION_WORDS: Final = {f"c2pa.{name}": word for word, names in _ACTIONS.items() for name in names}
_SOURCE_WORDS: Final = {name: word for word, names in _SOURCES.items() for name in names}


def action(name: str) -> str:
    """The word for an action's code."""
    return _ACTION_WORDS.get(name, "other")


def source(address: str) -> str:
    """The word for a source type's address, by its last part."""
    return _SOURCE_WORDS.get(address.rpartition("/")[2], "other")
