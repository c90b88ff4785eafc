"""Short clips of the passages that the complaint names, for who has no time for the whole call."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import BinaryIO

from complaints.bundle.exhibits import Copy
from complaints.composing.acts import ConfirmedAct
from evidence.media.clip import clip

MARGIN_S = 2  # before and after, so that a sentence begins and ends in the clip
MOST = 20  # of one recording; further passages stand in the transcript


def of(
    playable: Callable[[], BinaryIO],
    acts: Sequence[ConfirmedAct],
    *,
    sha256: str,
    lasts_s: float | None,
) -> Iterator[Copy]:
    """One clip for each passage that a confirmed act is on; passages close together are one.

    Args:
        playable: opens the listening copy of what is handed over, which has its seconds.
        acts: confirmed acts of the item; those on heard words that may be told have a passage.
        sha256: of what is handed over.
        lasts_s: of the recording, where it is known.
    """
    ranges = _ranges(acts, lasts_s)[:MOST]
    if not ranges:
        return
    # Opened once for all of them: each opening is an event of the item. A clip is some 100 KiB.
    with playable() as file:
        for start, end in ranges:
            comment = f"seconds {start}-{end} of SHA-256 {sha256}"
            cut = clip(file, start_s=start, end_s=end, comment=comment)
            yield Copy(
                name=f"clip-{start}-{end}s",
                extension="m4a",
                media_type="audio/mp4",
                open=partial(io.BytesIO, cut),
                seconds=(start, end),
            )


def _ranges(acts: Sequence[ConfirmedAct], lasts_s: float | None) -> list[tuple[int, int]]:
    told = [act.tag.heard for act in acts if act.record is not None]
    segments = {heard.segment for heard in told if heard is not None}
    last = math.ceil(lasts_s) if lasts_s else None
    found: list[tuple[int, int]] = []
    for segment in sorted(segments, key=lambda one: (one.start_s, one.end_s)):
        start = max(0, math.floor(segment.start_s) - MARGIN_S)
        end = math.ceil(segment.end_s) + MARGIN_S
        end = end if last is None else min(end, last)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found
