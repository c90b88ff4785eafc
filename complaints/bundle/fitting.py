"""A text that keeps within a form's field: what must stand, what may, then as many lines as fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

CUT = "…"


def fitted(
    head: Sequence[str],
    lines: Sequence[str],
    *,
    extra: str = "",
    rest: Callable[[int], str],
    most: int | None,
) -> str:
    """Head, extra and lines, one under the other, in at most so many characters.

    A head that is too long is cut so that at least half of the field is left for what happened;
    the extra line goes before an act does; the first act is cut before none is told.

    Args:
        head: must stand.
        lines: told in order, as many as there is room for.
        extra: stands between them if it leaves room for the first line.
        rest: the last line, given how many lines are left out.
        most: characters, line feeds counted; None: no limit is known.
    """
    if most is None:
        return "\n".join([*head, *filter(None, [extra]), *lines])
    kept = [_cut("\n".join(head), most // 2 if lines else most)]
    last = 1 + len(rest(len(lines)))  # with its line feed
    needed = 1 + len(extra) + (1 + len(lines[0]) + last if lines else 0)
    if extra and len(kept[0]) + needed <= most:
        kept.append(extra)
    room = most - len("\n".join(kept))
    for index, line in enumerate(lines):
        left = len(lines) - index
        closing = 0 if left == 1 else 1 + len(rest(left - 1))
        if 1 + len(line) + closing > room:
            if index == 0:
                kept.append(_cut(line, room - 1 - closing))
                left -= 1
            if left:
                kept.append(rest(left))
            break
        kept.append(line)
        room -= 1 + len(line)
    return "\n".join(kept)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(most - len(CUT), 0)] + CUT[:most]
