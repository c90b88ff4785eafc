"""evidence/media/image.py: what a picture says, and pictures that are refused before decoding."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import UTC, datetime

import pytest
from PIL import Image, PngImagePlugin

from evidence.media import image
from evidence.media.errors import PictureBombError, TruncatedPictureError, UnreadableError
from tests.samples.pictures import encoded, gradient, photo


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF"])
def test_it_reads_what_phones_write(form):
    facts = image.inspect(io.BytesIO(encoded(gradient(), form)))

    assert (facts.format, facts.width, facts.height) == (form.lower(), 400, 600)
    assert facts.quality == ()
    assert facts.taken_at is None


def test_the_time_has_its_zone_when_the_camera_wrote_one():
    facts = image.inspect(io.BytesIO(photo(taken="2024:03:05 07:08:09", offset="+09:00")))

    assert facts.taken_at == datetime(2024, 3, 4, 22, 8, 9, tzinfo=UTC)
    assert (facts.taken_raw, facts.zone_source) == ("2024:03:05 07:08:09", "offset")


def test_without_a_zone_the_time_is_assumed_to_be_local():
    facts = image.inspect(io.BytesIO(photo(taken="2024:03:05 07:08:09", offset="   :  ")))

    assert facts.taken_at == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert facts.zone_source == "assumed"


def test_a_place_is_seen_and_orientation_told_as_stored():
    facts = image.inspect(io.BytesIO(photo(orientation=6, gps=True)))

    assert facts.has_gps
    assert (facts.orientation, facts.width, facts.height) == (6, 400, 600)


def test_the_page_copy_is_upright_narrow_and_bare():
    copy = image.page_jpeg(io.BytesIO(photo(orientation=6, gps=True)), width=300)

    with Image.open(io.BytesIO(copy)) as page:
        assert (page.format, page.size) == ("JPEG", (300, 200))
        assert not page.getexif()
        assert "icc_profile" not in page.info


def test_a_thumbnail_fits_its_square():
    small = image.thumbnail(io.BytesIO(encoded(gradient(), "PNG")), side=120)

    with Image.open(io.BytesIO(small)) as picture:
        assert picture.size == (80, 120)


def test_transparency_lies_on_white():
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))

    with Image.open(io.BytesIO(image.page_jpeg(io.BytesIO(encoded(clear, "PNG"))))) as page:
        assert page.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("size", "note"), [((100, 90), "too_small"), ((400, 400), "blank")])
def test_poor_pictures_are_noted(size, note):
    facts = image.inspect(io.BytesIO(encoded(Image.new("RGB", size, "white"), "PNG")))

    assert note in facts.quality


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "AVIF", "BMP"])
def test_a_picture_cut_short_is_named(form):
    raw = encoded(gradient(), form)

    with pytest.raises(UnreadableError):
        image.inspect(io.BytesIO(raw[: len(raw) // 2]))


def test_a_jpeg_cut_short_is_a_truncated_picture():
    raw = encoded(gradient(), "JPEG")

    with pytest.raises(TruncatedPictureError) as refusal:
        image.inspect(io.BytesIO(raw[: len(raw) * 2 // 3]))

    assert refusal.value.code == "reading_truncated_picture"


def test_a_pixel_bomb_is_refused_by_its_header():
    header = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    raw = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header
    raw += struct.pack(">I", zlib.crc32(header)) + struct.pack(">I", 0) + b"IDAT" + bytes(4)

    with pytest.raises(PictureBombError) as refusal:
        image.inspect(io.BytesIO(raw))

    assert refusal.value.code == "reading_picture_bomb"


def test_a_packed_text_bomb_is_refused():
    text = PngImagePlugin.PngInfo()
    text.add_text("bomb", "x" * 80_000_000, zip=True)

    with pytest.raises(PictureBombError):
        image.inspect(io.BytesIO(encoded(gradient(), "PNG", pnginfo=text)))


@pytest.mark.parametrize("raw", [b"", b"GIF89a", b"\xff\xd8\xff" + bytes(99), b"BM" + bytes(50)])
def test_what_only_looks_like_a_picture_is_named(raw):
    with pytest.raises(UnreadableError):
        image.inspect(io.BytesIO(raw))
