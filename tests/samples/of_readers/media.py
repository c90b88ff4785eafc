"""Pictures and recordings."""

from __future__ import annotations

from tests.evidence.provenance.files import heic
from tests.samples.films import film
from tests.samples.pictures import encoded, gradient, photo
from tests.samples.recordings import amr, recording, silk, tone

SAMPLES = {
    "jpeg": photo(taken="2024:03:05 07:08:09", gps=True),
    "png": encoded(gradient(64, 64), "PNG"),
    "webp": encoded(gradient(64, 64), "WEBP"),
    "gif": encoded(gradient(64, 64), "GIF"),
    "avif": encoded(gradient(64, 64), "AVIF"),
    "heic": heic(),
    "bmp": encoded(gradient(16, 16), "BMP"),
    "m4a": recording(tone(0.4), container="mp4", codec="aac"),
    "film": film([gradient(128, 256)] * 2),
    "ogg": recording(tone(0.4), container="ogg", codec="libopus", rate=48_000),
    "flac": recording(tone(0.2), container="flac", codec="flac"),
    "wav": recording(tone(0.1), container="wav", codec="pcm_s16le"),
    "aac": recording(tone(0.4), container="adts", codec="aac"),
    "mp3": recording(tone(0.4), container="mp3", codec="libmp3lame"),
    "caf": recording(tone(0.1), container="caf", codec="pcm_s16be"),
    "mka": recording(tone(0.4), container="matroska", codec="libopus", rate=48_000),
    "wma": recording(tone(0.4), container="asf", codec="aac"),
    "flv": recording(tone(0.4), container="flv", codec="aac"),
    "aiff": recording(tone(0.1), container="aiff", codec="pcm_s16be"),
    "amr": amr(20),
    "amr_wb": b"#!AMR-WB\n" + (b"\x04" + bytes(range(17))) * 20,
    "silk": silk(tone(0.4)),
}
