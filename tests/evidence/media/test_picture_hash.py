"""evidence/media/picture_hash.py, hashing.py: alike when saved again, never for another message."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from PIL import Image

from evidence.media import picture_hash
from evidence.media.hashing import hash_of
from tests.samples.screens import drawing, scripts, skins, windows

NOW = datetime(2026, 3, 6, 21, 7)  # noqa: DTZ001 - a phone's wall clock
pytestmark = pytest.mark.chinese_font


def page(said: str, skin: str, size: int = 38) -> Image.Image:
    talk = scripts.conversation(5, length=24, ends=NOW)
    talk[-3] = scripts.Said("left", "好", talk[-3].at)
    talk = scripts.changed(talk, len(talk) - 3, said)
    canvas = drawing.draw(talk, skins.SKINS[skin], now=NOW, size=size)
    return windows.screenshot(canvas, "妈妈").picture


def again(picture: Image.Image, form: str, quality: int, share: float = 1) -> Image.Image:
    size = (round(picture.width * share), round(picture.height * share))
    out = io.BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS).save(out, form, quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


@pytest.mark.parametrize("skin", ["wechat", "wechat_dark", "qq", "whatsapp_dark"])
@pytest.mark.parametrize(
    ("form", "quality", "share"), [("JPEG", 30, 1), ("WEBP", 40, 1), ("JPEG", 85, 0.5)]
)
def test_the_same_page_saved_again_is_alike(skin, form, quality, share):
    first = page("好", skin)

    assert picture_hash.are_alike(hash_of(first), hash_of(again(first, form, quality, share)))


@pytest.mark.parametrize("skin", ["wechat", "wechat_dark", "qq", "sms", "whatsapp_dark"])
@pytest.mark.parametrize("other", ["行", "嗯", "？", "0"])
def test_a_page_with_one_other_sign_is_not(skin, other):
    one, two = hash_of(page("好", skin)), hash_of(page(other, skin))

    assert not picture_hash.are_alike(one, two)


def test_shapes_that_differ_have_no_distance():
    one = hash_of(Image.new("RGB", (540, 960)))

    assert picture_hash.distance(one, hash_of(Image.new("RGB", (540, 1200)))) is None


def test_a_hash_that_does_not_fit_its_rows_is_none():
    with pytest.raises(ValueError, match="agree"):
        picture_hash.PictureHash(3, b"12")
