"""complaints/bundle/stand_ins.py: pictures and files stand in the complaint byte for byte."""

from __future__ import annotations

import io
import os
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from complaints.bundle import pdf
from complaints.bundle.errors import ContentError, PageSettingError
from complaints.bundle.exhibits import PageImage
from complaints.bundle.stand_ins import StandIns
from tests.complaints.bundle import make_package as make


def picture(colour: str, mode: str = "RGB", size: tuple[int, int] = (72, 160)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "JPEG", quality=90)
    return out.getvalue()


def set_with(*jpegs: bytes) -> bytes:
    """A complaint whose first pictured exhibit has these pages."""
    content = make.content()
    at = next(index for index, each in enumerate(content.exhibits) if each.pages)
    shown = tuple(PageImage(jpeg=each, width=72, height=160, alt="截图") for each in jpegs)
    exhibits = [replace(each, pages=()) for each in content.exhibits]
    exhibits[at] = replace(exhibits[at], pages=shown)
    content = replace(content, exhibits=tuple(exhibits))
    return pdf.complaint(content, house="ab" * 32, exhibits_digest="cd" * 32, fonts=make.fonts())


def pictures(data: bytes) -> list[tuple[bytes, int, int]]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [
            (each.read_raw_bytes(), int(each.Width), int(each.Height))
            for each in opened.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Filter") == pikepdf.Name.DCTDecode
        ]


def test_each_picture_stands_there_once_as_it_is_in_its_own_size() -> None:
    red, grey = picture("red"), picture("grey", mode="L", size=(36, 80))

    found = pictures(set_with(red, grey, red))

    assert sorted(found) == sorted([(red, 72, 160), (grey, 36, 80)])


def test_files_that_are_packed_already_are_attached_as_they_are() -> None:
    files = {"a.jpg": picture("red"), "b.m4a": os.urandom(5000), "c.jpg": picture("red")}
    types = {"jpg": "image/jpeg", "m4a": "audio/mp4"}
    attachments = [
        pdf.Attachment(name, types[name[2:]], name[0], "source", data)
        for name, data in files.items()
    ]
    attachments.append(pdf.Attachment("d.json", "application/json", "d", "data", b'{"a": 1}' * 99))

    made = pdf.complaint(
        make.content(),
        house="ab" * 32,
        exhibits_digest="cd" * 32,
        fonts=make.fonts(),
        attachments=attachments,
    )

    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.check_pdf_syntax() == []
        read = {name: each.get_file() for name, each in opened.attachments.items()}
        assert {name: each.read_bytes() for name, each in read.items()} == {
            **files,
            "d.json": attachments[-1].data,
        }
        for name, each in read.items():
            assert each.size == len(read[name].read_bytes())
            assert each.mime_type == ("application/json" if name == "d.json" else types[name[2:]])


def test_the_same_pictures_give_the_same_file() -> None:
    assert set_with(picture("red")) == set_with(picture("red"))


def test_what_is_no_jpeg_is_refused() -> None:
    with pytest.raises(ContentError):
        StandIns().picture(b"GIF89a")


def test_a_stand_in_that_is_missing_is_refused() -> None:
    stand_ins = StandIns()
    stand_ins.picture(picture("red"))
    out = io.BytesIO()
    pikepdf.new().save(out)

    with pytest.raises(PageSettingError):
        stand_ins.put_in(out.getvalue())
