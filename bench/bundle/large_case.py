"""A program: the invented case of `fixture.py`, taken in, read and tagged, a complaint complete.

usage: python -m bench.bundle.large_case SCREENSHOTS

Needs the settings of an empty installation in its environment, and PREPARED: where the complaint's
id is written.
"""

from __future__ import annotations

import io
import json
import os
import random
import sys
from functools import partial
from pathlib import Path

import django

django.setup()

import numpy as np  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from complaints.demo.walk import work_through  # noqa: E402
from complaints.stages import drafting  # noqa: E402
from evidence import decisions  # noqa: E402
from evidence.custody import Actor  # noqa: E402
from evidence.models import EvidenceItem, Tag  # noqa: E402
from evidence.stages import reading  # noqa: E402
from tests import make  # noqa: E402
from tests.samples.recordings import RATE, recording  # noqa: E402

MESSAGES, RECORDINGS = 900, 10
SCREEN = (1080, 2400)
GRAIN = 16  # of the pictures' background: makes about 300 KB of them
RECORDING_S = 125  # about 1 MB of AAC
SAID = (
    "再不还钱，就让你全家都不得安宁，小心你孩子上学的路",
    "你欠的8000元已逾期，今天不处理就联系你单位和所有亲友",
    "别以为躲得掉，我们明天就到你家门口",
    "已经通知你的村委会和单位领导，你等着",
)


def messages() -> bytes:
    """One export: no two messages alike, some of them by night."""
    chosen = random.Random(5)
    return make.sms_export(
        *(f"{chosen.choice(SAID)}（{number}）" for number in range(1, MESSAGES + 1))
    )


def screenshot(number: int) -> bytes:
    """A chat with a grainy background, as a JPEG of about 300 KB."""
    grain = np.random.default_rng(number).integers(228, 228 + GRAIN, (SCREEN[1], SCREEN[0], 3))
    picture = Image.fromarray(grain.astype(np.uint8))
    draw, chosen = ImageDraw.Draw(picture), random.Random(number)
    for top in range(160, SCREEN[1] - 240, 200):
        left = chosen.choice((40, 380))
        draw.rounded_rectangle(
            (left, top, left + 640, top + 140), 24, fill="#ffffff" if left == 40 else "#95ec69"
        )
        draw.text((left + 40, top + 40), f"SAMPLE {number} {top}", fill="#222222", font_size=44)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=87)
    return out.getvalue()


def call(number: int) -> bytes:
    """Noise that swells and fades as voices do, as AAC in MP4."""
    count = RATE * RECORDING_S
    swell = 4000 * (1 + np.sin(np.arange(count) / RATE * 2))
    noise = np.random.default_rng(number).standard_normal(count) * swell
    samples = np.clip(noise, -32000, 32000).astype(np.int16)
    return recording(samples, container="ipod", codec="aac", rate=44_100)


def main(screenshots: int) -> None:
    """Bring everything in, confirm all, complete the complaint."""
    # Words on a picture change nothing of how a package is built, and reading them takes minutes.
    reading.parent.parse = partial(reading.parent.parse, ocr=False)
    borrower = make.user("borrower")
    into = make.case(borrower)
    export = make.item(into, messages(), kind=EvidenceItem.Kind.MESSAGE_EXPORT)
    brought = []
    for number in range(screenshots):
        told = make.declaration(file_name=f"Screenshot_{number:04}.jpg")
        kind = EvidenceItem.Kind.CHAT_SCREENSHOT
        brought.append(make.item(into, screenshot(number), kind=kind, declaration=told))
    for number in range(RECORDINGS):
        told = make.declaration(file_name=f"20260301_2301{number:02}.m4a")
        kind = EvidenceItem.Kind.CALL_RECORDING
        brought.append(make.item(into, call(number), kind=kind, declaration=told))
    make.chosen(export)
    work_through()
    tags = Tag.objects.filter(item__case=into)
    decisions.decide_all([(tag, "confirmed") for tag in tags], by=borrower)
    work_through()
    begun, actor = make.complaint(into), Actor.of(borrower)
    for item in brought:
        drafting.add_exhibit(begun, item, group="B", purpose="样例：来往内容", actor=actor)
    complaint = drafting.finish(begun, actor=actor)
    told = {"complaint": str(complaint.pk), "tags": tags.count()}
    Path(os.environ["PREPARED"]).write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]))
