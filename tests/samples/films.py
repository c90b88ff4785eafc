"""Films of a screen made for tests: one frame a second, as phones write while nothing moves."""

from __future__ import annotations

import io
from collections.abc import Sequence

import av
from PIL import Image


def film(pictures: Sequence[Image.Image]) -> bytes:
    """The pictures as an MP4, each shown for a second."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        stream = target.add_stream("libx264", rate=1)
        stream.width, stream.height = pictures[0].size
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            target.mux(stream.encode(av.VideoFrame.from_image(picture)))
        target.mux(stream.encode(None))
    return out.getvalue()
