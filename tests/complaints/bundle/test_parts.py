"""complaints/bundle/parts.py: a package cut for a desk's page, and what goes on a medium."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
from PIL import Image

from complaints.bundle import layout, parts, picture_pdf
from complaints.bundle.errors import ContentError
from complaints.bundle.package_files import Package, PackageFile
from complaints.bundle.parts import Cut, Why
from complaints.bundle.picture_pdf import Picture
from evidence.integrity.digest import sha256_hex

from . import make_package as make

MOST = 200_000


def jpeg(width: int = 720, height: int = 1600, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise((width, height), 40).convert(mode)
    noise.save(out, "JPEG", quality=20)
    return out.getvalue()


def file(path: str, data: bytes) -> PackageFile:
    return PackageFile(path, sha256_hex(data), len(data), "x/y", lambda: io.BytesIO(data))


def package(*exhibits: tuple[str, str, int, Sequence[str]], paper: int = 50_000) -> Package:
    """Of exhibits as number, extension, size and the names of their copies (1 kB each)."""
    listed: list[dict[str, Any]] = []
    files = [file(layout.COMPLAINT, b"P" * paper)]
    for number, extension, size, copies in exhibits:
        one = file(f"3_EXHIBITS/{number}.{extension}", number.encode() * (size // len(number)))
        made = [file(f"6_COPIES/{number}_{name}", b"c" * 1000) for name in copies]
        listed.append(
            {
                "number": number,
                "path": one.path,
                "sha256": one.sha256,
                "copies": [copy.path for copy in made],
            }
        )
        files += [one, *made]
    files.append(file(layout.EXHIBITS, json.dumps({"exhibits": listed}).encode()))
    at = datetime(2026, 11, 29, tzinfo=UTC)
    return Package("LZ-1", at, tuple(files), "e" * 64, "p" * 64, "c" * 64, "f" * 64)


def numbers(made: Cut) -> list[str]:
    return [number for part in made.parts for number in part.of]


def test_no_part_is_over_the_limit_and_every_exhibit_is_somewhere() -> None:
    of = package(
        *[(f"B-{n}", "png", 900_000, ()) for n in range(1, 13)],
        ("B-13", "xml", 80_000, ()),
        ("B-14", "m4a", 900_000, ("clip.m4a",)),
        ("B-15", "mp4", 900_000, ()),
    )
    page = jpeg()
    assert 30_000 < len(page) < MOST

    made = parts.cut(of, {f"B-{n}": page for n in range(1, 13)}, file_bytes=MOST)

    assert all(len(part.data) <= MOST for part in made.parts)
    left = {one.number: one.why for one in made.left}
    assert set(numbers(made)) | set(left) == {f"B-{n}" for n in range(1, 16)}
    assert left["B-1"] is Why.COPY_ONLY  # the original goes on the medium, never made smaller
    assert "B-13" not in left  # small enough to go as it is
    assert left["B-14"] is Why.COPY_ONLY
    assert left["B-15"] is Why.TOO_LARGE
    copies = [part for part in made.parts if part.name.startswith("02_COPIES")]
    assert len(copies) > 1
    assert [number for part in copies for number in part.of] == [f"B-{n}" for n in range(1, 13)]


def test_what_goes_as_it_is_has_the_bytes_of_the_package() -> None:
    of = package(("B-1", "xml", 80_000, ()))

    made = parts.cut(of, {}, file_bytes=MOST)

    digests = {part.name: sha256_hex(part.data) for part in made.parts}
    assert digests["01_COMPLAINT.pdf"] == of.file(layout.COMPLAINT).sha256
    assert digests["B-1.xml"] == of.file("3_EXHIBITS/B-1.xml").sha256


def test_a_paper_that_is_too_large_goes_on_the_medium() -> None:
    made = parts.cut(package(paper=MOST + 1), {}, file_bytes=MOST)

    assert made.parts == ()
    assert [(one.path, one.why) for one in made.left] == [(layout.COMPLAINT, Why.TOO_LARGE)]


def test_a_picture_that_is_too_large_even_small_is_listed() -> None:
    of = package(("B-1", "png", 900_000, ()))

    made = parts.cut(of, {"B-1": jpeg(720, 30_000)}, file_bytes=MOST)

    assert [(one.number, one.why) for one in made.left] == [("B-1", Why.TOO_LARGE)]


def test_no_more_parts_than_the_desk_takes() -> None:
    of = package(*[(f"B-{n}", "xml", 1_000, ()) for n in range(1, 6)])

    made = parts.cut(of, {}, file_bytes=MOST, file_count=3)

    assert [part.name for part in made.parts] == ["01_COMPLAINT.pdf", "B-1.xml", "B-2.xml"]
    assert [(one.number, one.why) for one in made.left] == [
        (number, Why.TOO_MANY) for number in ("B-3", "B-4", "B-5")
    ]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_list_names_number_digest_and_reason_and_the_label_the_medium(language: str) -> None:
    of = package(("B-1", "mp4", 900_000, ()))
    made = parts.cut(of, {}, file_bytes=MOST)

    found = {one.path: one.open().read() for one in parts.files_of(of, made, language=language)}

    told = found[parts.LIST].decode("utf-8-sig")
    assert "B-1  3_EXHIBITS/B-1.mp4  " in told
    assert of.file("3_EXHIBITS/B-1.mp4").sha256 in told
    assert parts.text("parts-why-too_large", language) in told
    lines = told.split("\r\n")
    foot = [f"  {parts.text('parts-total', language, count=1)}"]
    assert [lines[lines.index(parts.text("parts-left", language)) - 2]] == foot
    assert lines[-2:-1] == foot  # one part, one file left
    label = found[parts.LABEL].decode()
    assert "LZ-1" in label
    assert ">B-1<" in label
    assert "ffff ffff" in label  # the house key's fingerprint, to compare with the paper
    assert parts.PASTE not in found


def test_the_same_package_gives_the_same_parts() -> None:
    of = package(("B-1", "png", 900_000, ()))
    pages = {"B-1": jpeg(90, 90)}

    first, again = (parts.cut(of, pages, file_bytes=MOST) for _ in range(2))

    assert first == again


def test_the_copies_open_with_their_pictures_and_lines() -> None:
    shown = [
        Picture(make.screenshot(720, 1600), "B-1 (copy)"),
        Picture(jpeg(720, 24_000, "L"), "B-2"),
    ]

    raw = picture_pdf.write(shown)

    assert len(raw) <= picture_pdf.FRAME_BYTES + sum(map(picture_pdf.bytes_of, shown))
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        assert len(pdf.pages) == 2
        for page, picture in zip(pdf.pages, shown, strict=True):
            (image,) = page.images.values()
            assert image.read_raw_bytes() == picture.jpeg
            assert float(page.mediabox[3]) <= picture_pdf.MOST_PT
        assert b"(B-1 \\(copy\\)) Tj" in pdf.pages[0].Contents.read_bytes()


@pytest.mark.parametrize("raw", [b"", b"\x89PNG", b"\xff\xd8\xff", b"\xff\xd8\xff\xd9" + b"0" * 20])
def test_what_is_no_jpeg_is_refused(raw: bytes) -> None:
    with pytest.raises(ContentError):
        picture_pdf.write([Picture(raw, "B-1")])
