"""Write the invented story as the files a phone would hold: SMS export, screenshot, recording."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

import av
import numpy
from PIL import Image, ImageDraw, ImageFont

from complaints.demo import story

SCREEN = (1080, 2400)
PAPER, LEFT, RIGHT, INK, GREY = "#ededed", "#ffffff", "#95ec69", "#111111", "#8a8a8a"
SAMPLE_RATE = 16000


@dataclass(frozen=True)
class SampleFile:
    """One invented file: its name on the phone, its kind for the door, its bytes."""

    name: str
    kind: str
    content: bytes


def all_files(font_dir: Path) -> Iterator[SampleFile]:
    """Yield every file of the story, made anew.

    Args:
        font_dir: where the fonts of the complaint lie; the screenshot is drawn with one of them.
    """
    yield SampleFile("sms-20261120200000.xml", "message_export", messages_xml())
    yield SampleFile("calls-20261120200000.xml", "message_export", calls_xml())
    name = "Screenshot_2026-11-03-22-50-11-123_com.tencent.mm.png"
    yield SampleFile(name, "chat_screenshot", screenshot_png(font_dir))
    stamp = story.RECORDING_AT.strftime("%Y%m%d%H%M%S")
    name = f"{story.RECORDING_NUMBER}({story.RECORDING_NUMBER})_{stamp}.m4a"
    yield SampleFile(name, "call_recording", recording_m4a())


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def messages_xml() -> bytes:
    """Return the messages in the form of SMS Backup & Restore."""
    rows = [
        f'<sms protocol="0" address={quoteattr(message.number)} date="{_ms(message.at)}"'
        f' type="{1 if message.direction == "in" else 2}" subject="null"'
        f' body={quoteattr(message.text)} read="1" status="-1"'
        f" contact_name={quoteattr(message.name or '(Unknown)')} />"
        for message in story.MESSAGES
    ]
    return _backup("smses", rows)


def calls_xml() -> bytes:
    """Return the calls in the form of SMS Backup & Restore."""
    rows = [
        f'<call number={quoteattr(call.number)} duration="{call.seconds}" date="{_ms(call.at)}"'
        f' type="{_call_type(call)}" presentation="1"'
        f" contact_name={quoteattr(call.name or '(Unknown)')} />"
        for call in story.calls()
    ]
    return _backup("calls", rows)


def _call_type(call: story.Call) -> int:
    if call.direction == "out":
        return 2
    return 1 if call.seconds else 3


def _backup(root: str, rows: list[str]) -> bytes:
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    opening = f'<{root} count="{len(rows)}" backup_date="{_ms(story.EXPORTED_AT)}">'
    return "\n".join([head + opening, *rows, f"</{root}>", ""]).encode()


def screenshot_png(font_dir: Path) -> bytes:
    """Draw the chat as a phone shows it, 1080 × 2400, marked 样例."""
    picture = Image.new("RGB", SCREEN, PAPER)
    pen = ImageDraw.Draw(picture)
    face = font_dir / "NotoSansSC_400Regular.ttf"
    small, large = ImageFont.truetype(face, 36), ImageFont.truetype(face, 46)
    pen.text((60, 30), "22:50", INK, small)
    pen.text((SCREEN[0] // 2, 150), story.CHAT_TITLE, INK, large, anchor="mm")
    pen.line((0, 210, SCREEN[0], 210), fill="#d5d5d5", width=2)
    pen.text((SCREEN[0] // 2, 280), story.CHAT_TIME, GREY, small, anchor="mm")
    top = 360
    for bubble in story.CHAT:
        top = _draw_bubble(pen, bubble, top, large)
    pen.text((SCREEN[0] // 2, SCREEN[1] - 60), "样例 · 虚构内容", GREY, small, anchor="mm")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _draw_bubble(
    pen: ImageDraw.ImageDraw, bubble: story.Bubble, top: int, font: ImageFont.FreeTypeFont
) -> int:
    """Draw one bubble at `top` (px); return where the next one starts."""
    width, height, edge, face = int(pen.textlength(bubble.text, font)) + 64, 116, 40, 96
    left = edge + face + 24 if bubble.direction == "in" else SCREEN[0] - edge - face - 24 - width
    portrait = edge if bubble.direction == "in" else SCREEN[0] - edge - face
    pen.rounded_rectangle((portrait, top, portrait + face, top + face), 12, "#b8c4d0")
    fill = LEFT if bubble.direction == "in" else RIGHT
    pen.rounded_rectangle((left, top, left + width, top + height), 16, fill)
    pen.text((left + 32, top + height // 2), bubble.text, INK, font, anchor="lm")
    return top + height + 60


@cache
def recording_m4a() -> bytes:
    """Return a short recording: two voices as tones with a pause between; nobody speaks in it."""
    count = SAMPLE_RATE * story.RECORDING_SECONDS
    time = numpy.arange(count) / SAMPLE_RATE
    tone = numpy.where(time < 2.5, 220.0, 330.0)
    loud = numpy.where((time > 2.5) & (time < 3.5), 0.0, 0.3)
    wave = (loud * numpy.sin(2 * math.pi * tone * time) * 32767).astype(numpy.int16)
    out = io.BytesIO()
    with av.open(out, "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()
