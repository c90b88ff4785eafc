"""Decoded sound of any container that FFmpeg opens, frame by frame, with flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import av

from .errors import UnplayableError

FRAME_MS: Final = 20
DAMAGE: Final = (av.FFmpegError, ValueError, EOFError, OSError, MemoryError, OverflowError)


class Packets:
    """The packets of one track, decoded in turn; `lost` counts those that did not decode."""

    def __init__(
        self, container: av.container.InputContainer, track: av.AudioStream | av.VideoStream
    ) -> None:
        """Nothing is decoded yet."""
        self._packets = container.demux(track)
        self.lost = 0

    def __iter__(self) -> Iterator[list[Any] | None]:
        """The frames of each packet; None for one that did not decode."""
        while True:
            try:
                packet = next(self._packets, None)
            except DAMAGE:
                self.lost += 1  # the file ends inside a packet
                return
            if packet is None:
                return
            frames: list[Any] | None = None
            try:
                frames = packet.decode()
            except DAMAGE:
                self.lost += 1
            yield frames


class Sound:
    """One open recording; `lost_frames` counts packets that did not decode."""

    def __init__(self, file: BinaryIO) -> None:
        """Open at the file's beginning.

        Raises:
            UnplayableError: no container FFmpeg knows, or nothing to hear in it.
        """
        self._container = opened(file)
        audio = [s for s in self._container.streams.audio if is_known(s)]
        video = [s for s in self._container.streams.video if is_known(s) and not is_cover(s)]
        if not audio and not video:
            self._container.close()
            raise UnplayableError("there is nothing to hear or see in it")
        self._audio = audio[0] if audio else None
        self._video = video[0] if video else None
        self._packets = Packets(self._container, self._audio) if self._audio else None
        self._seconds = 0.0

    def close(self) -> None:
        """Let the demuxer go."""
        self._container.close()

    def __enter__(self) -> Sound:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @property
    def has_audio(self) -> bool:
        """Whether there is a sound track."""
        return self._audio is not None

    @property
    def container(self) -> str:
        """FFmpeg's short name; the MP4 family is `mp4`."""
        names = str(self._container.format.name).split(",")
        return "mp4" if "mp4" in names else names[0]

    @property
    def codec(self) -> str:
        """FFmpeg's name of the sound codec, or of the picture codec where there is no sound."""
        stream = self._audio or self._video
        return str(stream.codec_context.codec.canonical_name) if stream else "none"

    @property
    def sample_rate(self) -> int | None:
        """Hz, as the decoder knows it."""
        return int(self._audio.codec_context.sample_rate or 0) or None if self._audio else None

    @property
    def channels(self) -> int | None:
        """One or two; call recordings may have one party on each."""
        return int(self._audio.codec_context.channels or 0) or None if self._audio else None

    @property
    def picture_size(self) -> tuple[int, int] | None:
        """Width and height of the picture track, if there is one."""
        if self._video is None:
            return None
        return int(self._video.codec_context.width), int(self._video.codec_context.height)

    @property
    def tags(self) -> dict[str, str]:
        """The container's own metadata with lower-case keys."""
        return {str(key).lower(): str(value) for key, value in self._container.metadata.items()}

    @property
    def stated_ms(self) -> int | None:
        """The length that the header claims: only for files without a sound track."""
        duration = self._container.duration
        return round(duration / 1000) if duration and duration > 0 else None

    @property
    def lost_frames(self) -> int:
        """How many packets did not decode so far."""
        return self._packets.lost if self._packets else 0

    @property
    def decoded_ms(self) -> int:
        """Milliseconds that came out of `frames()` so far."""
        return round(self._seconds * 1000)

    def frames(self) -> Iterator[av.AudioFrame | None]:
        """Every decoded frame; None for 20 ms of an AMR packet that did not decode (silence)."""
        if self._packets is None:
            return
        amr = self.codec.startswith(("amr", "libopencore_amr"))
        for decoded in self._packets:
            if decoded is None and amr:
                self._seconds += FRAME_MS / 1000
                yield None
            for frame in decoded or ():
                if frame.sample_rate:
                    self._seconds += frame.samples / frame.sample_rate
                    yield frame


def opened(file: BinaryIO) -> av.container.InputContainer:
    """The container at the file's beginning.

    Raises:
        UnplayableError: no container FFmpeg knows.
    """
    file.seek(0)
    try:
        return av.open(file, mode="r", metadata_errors="replace")
    except DAMAGE as cause:
        raise UnplayableError("no demuxer can open it") from cause


def is_known(stream: object) -> bool:
    """A track of a codec that FFmpeg has no name for has no decoder either."""
    return getattr(stream, "codec_context", None) is not None


def is_cover(stream: object) -> bool:
    """A cover picture is no film."""
    disposition = getattr(stream, "disposition", None)
    return bool(disposition and disposition & av.stream.Disposition.attached_pic)


class Conversion:
    """Frames as one format, layout and rate, also where a recording changes its own half way."""

    def __init__(self, form: str, layout: str, rate: int) -> None:
        self._wanted = (form, layout, rate)
        self._resampler = av.AudioResampler(*self._wanted)
        self._shape: tuple[object, ...] = ()

    def of(self, frame: av.AudioFrame) -> Iterator[av.AudioFrame]:
        """What comes out when the next frame goes in.

        Raises:
            UnplayableError: no sound has such a rate or layout.
        """
        shape = shape_of(frame)
        frame.pts = None
        try:
            if self._shape and shape != self._shape:
                yield from self.rest()
            self._shape = shape
            yield from self._resampler.resample(frame)
        except DAMAGE as cause:
            raise UnplayableError("its sound cannot be converted") from cause

    def rest(self) -> Iterator[av.AudioFrame]:
        """What was still held back; afterwards another format may come."""
        if self._shape:
            yield from self._resampler.resample(None)
        self._resampler = av.AudioResampler(*self._wanted)
        self._shape = ()


def shape_of(frame: av.AudioFrame) -> tuple[object, ...]:
    """Format, number of channels and rate: what a filter is set up for."""
    return (frame.format.name, frame.layout.nb_channels, frame.sample_rate)
