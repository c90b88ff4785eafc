"""Sizes of phone screens, and the sizes that chat apps shrink a picture to."""

from __future__ import annotations

from typing import Final

# Width and height in pixels, upright; published by the makers.
SCREENS: Final = frozenset(
    [
        (540, 960), (640, 1136), (720, 1280), (720, 1440), (720, 1520), (720, 1560), (720, 1600),
        (720, 1612), (720, 1640), (720, 1650), (750, 1334), (828, 1792), (1080, 1920), (1080, 2160),
        (1080, 2220), (1080, 2232), (1080, 2240), (1080, 2244), (1080, 2248), (1080, 2280),
        (1080, 2310), (1080, 2316), (1080, 2340), (1080, 2376), (1080, 2388), (1080, 2400),
        (1080, 2408), (1080, 2412), (1080, 2436), (1080, 2460), (1125, 2436), (1170, 2532),
        (1179, 2556), (1206, 2622), (1212, 2616), (1216, 2640), (1220, 2712), (1224, 2700),
        (1228, 2700), (1240, 2772), (1242, 2208), (1242, 2688), (1256, 2760), (1260, 2720),
        (1260, 2800), (1264, 2780), (1280, 2800), (1284, 2778), (1290, 2796), (1320, 2868),
        (1440, 2560), (1440, 2880), (1440, 2960), (1440, 3040), (1440, 3088), (1440, 3120),
        (1440, 3168), (1440, 3200), (1440, 3216),
    ]
)  # fmt: skip
SHRUNK: Final = frozenset({1080, 1280, 1440, 1600, 2048, 2560})  # the longer side


def size(text: str) -> tuple[int, int] | None:
    """`1080x2400` as numbers; None for anything else."""
    width, _, height = text.partition("x")
    return (int(width), int(height)) if width.isdecimal() and height.isdecimal() else None


def is_screen(width: int, height: int) -> bool:
    """Whether a phone's screen has this size, upright or turned."""
    return (min(width, height), max(width, height)) in SCREENS


def is_shrunk(width: int, height: int) -> bool:
    """Whether the longer side is one that chat apps shrink to, and the picture no screen."""
    return max(width, height) in SHRUNK and not is_screen(width, height)
