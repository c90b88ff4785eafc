"""The loudness of a recording as a picture: where somebody spoke, for the eye only."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 1000, 120


def svg(levels: Sequence[int], marks: Sequence[float] = ()) -> bytes:
    """Bars for levels 0..100 over the whole recording; `marks` are places 0..1 of marked lines."""
    if not levels:
        return b""
    step = WIDTH / len(levels)
    bars = []
    for index, level in enumerate(levels):
        height = max(1.0, HEIGHT * min(max(level, 0), 100) / 100)
        bars.append(
            f'<rect x="{index * step:.2f}" y="{(HEIGHT - height) / 2:.2f}" '
            f'width="{step * 0.8:.2f}" height="{height:.2f}"/>'
        )
    lines = [
        f'<rect x="{min(max(place, 0.0), 1.0) * WIDTH:.2f}" y="0" width="3" height="{HEIGHT}"/>'
        for place in marks
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g fill="#4a4a4a">{"".join(bars)}</g><g fill="#b03a2e">{"".join(lines)}</g></svg>'
    ).encode("ascii")
