"""Programs that write pictures, films or sound anew, by the names they leave behind."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = (
    "photoshop", "lightroom", "adobe", "gimp", "picsart", "snapseed", "meitu", "美图", "xingtu",
    "醒图", "beautycam", "美颜", "faceu", "b612", "vsco", "pixlr", "canva", "pixelmator",
    "affinity", "photoscape", "acdsee", "paint.net", "inkscape", "imagemagick", "polarr", "黄油",
    "天天p图", "jianying", "剪映", "capcut", "kinemaster", "inshot", "premiere", "handbrake",
    "audacity", "wavepad", "goldwave", "lavf", "ffmpeg", "isky", "picosmos",
)  # fmt: skip
_EDITOR: Final = re.compile("|".join(map(re.escape, _NAMES)), re.IGNORECASE)


def is_editor(text: str) -> bool:
    """Whether the text names a program that edits or converts."""
    return _EDITOR.search(text) is not None
