"""evidence/media/redaction.py: what is removed is gone, what is left is the same."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from evidence.media import places, redaction
from evidence.media.bare import is_bare_png
from evidence.media.errors import PictureBombError, TruncatedPictureError
from evidence.media.places import (
    EmptyPlaceError,
    NothingRemovedError,
    PlaceOutsideError,
    TooManyPlacesError,
)

BOX = [10, 20, 30, 15]
COMMENT = "collector 10000000101 wrote this"


def noise(size: tuple[int, int] = (90, 60)) -> Image.Image:
    """A picture in which no two rows are alike."""
    picture = Image.effect_noise(size, 90).convert("RGB")
    picture.putpixel((0, 0), (250, 10, 20))
    return picture


def encoded(picture: Image.Image, form: str = "PNG", **options: Any) -> io.BytesIO:
    out = io.BytesIO()
    picture.save(out, form, **options)
    out.seek(0)
    return out


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_the_box_is_solid_and_nothing_else_differs() -> None:
    original = noise()

    made = opened(redaction.picture(encoded(original), [BOX]).png)

    inside = made.crop((10, 20, 40, 35))
    assert inside.getcolors() == [(30 * 15, redaction.FILL)]
    expected = original.copy()
    expected.paste(redaction.FILL, (10, 20, 40, 35))
    assert made.tobytes() == expected.tobytes()


def test_nothing_of_the_original_file_rides_along() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", COMMENT)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x010E] = COMMENT
    source = encoded(noise(), pnginfo=told, icc_profile=profile, exif=exif, dpi=(72, 72))

    made = redaction.picture(source, [BOX]).png

    assert is_bare_png(made)
    assert opened(made).info == {}
    for trace in (COMMENT.encode(), profile[40:80], b"Exif", b"iCCP", b"pHYs", b"tEXt"):
        assert trace not in made


def test_bytes_behind_the_pictures_end_are_gone() -> None:
    source = io.BytesIO(encoded(noise()).getvalue() + b"\xff\xd8 the whole picture again")

    made = redaction.picture(source, [BOX]).png

    assert is_bare_png(made)
    assert b"the whole picture again" not in made


@pytest.mark.parametrize("orientation", range(1, 9))
def test_boxes_count_in_the_picture_as_it_is_shown(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = encoded(noise(), "JPEG", exif=exif, quality=95)
    size = places.upright_size(90, 60, orientation)

    made = redaction.picture(source, [[0, 0, 5, 7], [size[0] - 4, size[1] - 3, 4, 3]])

    assert (made.width, made.height) == size
    shown = opened(made.png)
    assert shown.getexif() == {}
    assert shown.crop((0, 0, 5, 7)).getcolors() == [(35, redaction.FILL)]
    assert shown.crop((size[0] - 4, size[1] - 3, *size)).getcolors() == [(12, redaction.FILL)]


def test_colour_behind_transparency_is_not_kept() -> None:
    hidden = Image.new("RGBA", (40, 40), (200, 30, 40, 0))

    made = opened(redaction.picture(encoded(hidden), [[0, 0, 5, 5]]).png)

    assert made.mode == "RGB"
    assert made.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_alone_is_kept_and_it_says_so(form: str) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "green")]
    source = encoded(frames[0], form, save_all=True, append_images=frames[1:])

    made = redaction.picture(source, [[0, 0, 3, 3]])

    assert made.frames == 3
    assert getattr(opened(made.png), "n_frames", 1) == 1
    red, _, blue = opened(made.png).getpixel((20, 20))
    assert red > 200 > 60 > blue


@pytest.mark.parametrize(
    ("boxes", "error"),
    [
        ([], NothingRemovedError),
        ([BOX] * (places.MAX_PLACES + 1), TooManyPlacesError),
        ([BOX, [0, 0, 0, 5]], EmptyPlaceError),
        ([[0, 0, 5, -1]], EmptyPlaceError),
        ([[-1, 0, 5, 5]], PlaceOutsideError),
        ([[0, 0, 91, 5]], PlaceOutsideError),
        ([[80, 55, 10, 6]], PlaceOutsideError),
        ([[500, 500, 1, 1]], PlaceOutsideError),
    ],
)
def test_a_place_that_is_none_is_refused_by_name(
    boxes: list[list[int]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        redaction.picture(encoded(noise()), boxes)


def test_a_picture_cut_off_or_too_large_makes_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = io.BytesIO(encoded(noise((400, 400))).getvalue()[:2000])
    with pytest.raises(TruncatedPictureError):
        redaction.picture(cut, [BOX])

    monkeypatch.setattr("evidence.media.image.MAX_PIXELS", 100)
    with pytest.raises(PictureBombError):
        redaction.picture(encoded(noise()), [BOX])


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda png: png + b"x",
        lambda png: png[:-1],
        lambda png: png[:33] + chunk(b"tEXt", b"a\0b") + png[33:],
        lambda png: png[:-12] + chunk(b"eXIf", b"MM") + png[-12:],
        lambda png: png + png,
        lambda png: png.replace(b"IEND", b"IENd"),
        lambda png: b"GIF89a" + png,
        lambda png: png[:33] + png[-12:],
    ],
)
def test_a_png_with_anything_more_is_not_bare(spoil: Any) -> None:
    png = redaction.picture(encoded(noise()), [BOX]).png
    assert is_bare_png(png)

    assert not is_bare_png(spoil(png))
