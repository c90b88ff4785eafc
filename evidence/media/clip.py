"""A short piece of a listening copy: the very packets of some seconds, nothing encoded anew."""

from __future__ import annotations

import io
from typing import BinaryIO

import av

from .errors import UnplayableError
from .sound import opened


def clip(file: BinaryIO, *, start_s: float, end_s: float, comment: str) -> bytes:
    """Cut a listening copy as `audio.playable` makes it; AAC in MP4.

    Args:
        file: the listening copy.
        start_s: seconds from its start; packets that reach into the range go along whole.
        end_s: likewise, more than `start_s`.
        comment: written into the clip, so that it names what it is of wherever it goes.

    Raises:
        UnplayableError: there is no sound in that range.
    """
    file.seek(0)
    out = io.BytesIO()
    first: int | None = None
    with opened(file) as source, av.open(out, mode="w", format="mp4") as target:
        target.metadata["comment"] = comment
        heard = source.streams.audio[0]
        kept = target.add_stream_from_template(heard)
        for packet in source.demux(heard):
            if packet.pts is None or packet.dts is None or packet.time_base is None:
                continue
            at = float(packet.pts * packet.time_base)
            lasts = float((packet.duration or 0) * packet.time_base)
            if at + lasts <= start_s:
                continue
            if at >= end_s:
                break
            first = packet.dts if first is None else first
            packet.pts, packet.dts = packet.pts - first, packet.dts - first
            packet.stream = kept
            target.mux(packet)
    if first is None:
        raise UnplayableError("no sound in this range")
    return out.getvalue()
