"""complaints/bundle/verify/archival.py: one archival stamp may follow a signature, and no more."""

from __future__ import annotations

import io

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel, SuspiciousModification

from complaints.bundle import layout
from complaints.bundle.verify.archival import OneArchivalUpdate

from . import forge


def whole() -> bytes:
    return forge.files()[layout.COMPLAINT]


def signed() -> bytes:
    """The file as it was when it was signed."""
    [signature] = PdfFileReader(io.BytesIO(whole())).embedded_regular_signatures
    _, _, start, length = map(int, signature.byte_range)
    return whole()[: start + length]


def judged(data: bytes):
    reader = PdfFileReader(io.BytesIO(data))
    [signature] = reader.embedded_regular_signatures
    return OneArchivalUpdate().review_file(reader, signature.signed_revision)


def field(writer, **more):
    """What an archival stamp's field is, as far as the comparison knows it."""
    stamp = writer.add_object(
        generic.DictionaryObject({pdf_name("/Type"): pdf_name("/DocTimeStamp")})
    )
    page = writer.root["/AcroForm"]["/Fields"][0].raw_get("/P")
    found = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Sig"),
            pdf_name("/T"): pdf_string("Again"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(0)] * 4),
            pdf_name("/P"): generic.IndirectObject(page.idnum, 0, writer),
            pdf_name("/V"): stamp,
        }
    )
    found.update({pdf_name(f"/{key}"): value for key, value in more.items()})
    return found


def updated(change=lambda writer: None, **more) -> bytes:
    """An update as an archival stamp makes it, with a change of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed()))
    added = writer.add_object(field(writer, **more))
    form = writer.root["/AcroForm"]
    page = form["/Fields"][0]["/P"]
    for holder, key in ((form, "/Fields"), (page, "/Annots")):
        holder[key].append(added)
        writer.update_container(holder[key])
    writer.root[pdf_name("/DSS")] = writer.add_object(generic.DictionaryObject())
    writer.update_root()
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def in_catalog(writer):
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject()


def in_content(writer):
    page = writer.root["/AcroForm"]["/Fields"][0]["/P"]
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 m"))
    writer.update_container(page)


def in_a_stream(writer):
    content = writer.root["/AcroForm"]["/Fields"][0]["/P"].raw_get("/Contents")
    there = generic.Reference(content.idnum, 0, writer)
    writer.objects[0, content.idnum] = generic.StreamObject(stream_data=b"0 0 m")
    writer.mark_update(there)


def in_the_size_of_a_page(writer):
    page = writer.root["/AcroForm"]["/Fields"][0]["/P"]
    page[pdf_name("/MediaBox")] = generic.ArrayObject([generic.NumberObject(9)] * 4)
    writer.update_container(page)


def with_another_note(writer):
    page = writer.root["/AcroForm"]["/Fields"][0]["/P"]
    page["/Annots"].append(writer.add_object(generic.DictionaryObject()))
    writer.update_container(page["/Annots"])


def with_another_field(writer):
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(field(writer)))
    writer.update_container(form["/Fields"])


def in_the_title(writer):
    info = writer.trailer["/Info"]
    info[pdf_name("/Title")] = pdf_string("another")
    writer.update_container(info)


def test_what_the_packager_adds_is_an_archival_update():
    assert judged(whole()) == DiffResult(ModificationLevel.LTA_UPDATES, set())
    assert judged(updated()) == DiffResult(ModificationLevel.LTA_UPDATES, set())


@pytest.mark.parametrize(
    "change",
    [
        in_catalog,
        in_content,
        in_a_stream,
        in_the_size_of_a_page,
        with_another_note,
        with_another_field,
        in_the_title,
    ],
    ids=lambda change: change.__name__,
)
def test_a_change_beside_the_stamp_is_told(change):
    assert isinstance(judged(updated(change)), SuspiciousModification)


@pytest.mark.parametrize(
    "more",
    [
        {"Rect": generic.ArrayObject([generic.NumberObject(9)] * 4)},
        {"AP": generic.DictionaryObject()},
        {"FT": pdf_name("/Tx")},
        {"V": generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Sig")})},
    ],
    ids=["of a size", "with something to show", "of text", "of a signature"],
)
def test_a_field_that_is_no_plain_document_stamp_is_told(more):
    assert isinstance(judged(updated(**more)), SuspiciousModification)


def test_nothing_or_two_updates_are_no_archival_update():
    twice = IncrementalPdfFileWriter(io.BytesIO(updated()))
    twice.update_root()
    out = io.BytesIO()
    twice.write(out)

    assert isinstance(judged(out.getvalue()), SuspiciousModification)
    assert isinstance(judged(signed()), SuspiciousModification)
