"""complaints/bundle/xray.py: a PDF found clean and then signed is looked at where it grew."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from complaints.bundle import layout, pdf_parts, xray
from complaints.bundle.withheld import Withheld
from evidence.integrity.digest import sha256_hex
from tests.complaints.bundle import forge
from tests.complaints.bundle.test_xray import TEXT, WITHHELD, file

Change = Callable[[IncrementalPdfFileWriter], None]
END = b"%%EOF"
SALT_HEX = sha256_hex(b"a salt").encode()


@pytest.fixture(scope="module")
def signed() -> bytes:
    return forge.files()[layout.COMPLAINT]


@pytest.fixture(scope="module")
def unsigned(signed: bytes) -> bytes:
    return signed[: signed.index(END) + len(END)]


def updated(pdf: bytes, change: Change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def leaks(*states: bytes, withheld: Withheld = WITHHELD) -> Sequence[str]:
    """What is found in each state of one paper, one after the other."""
    look = xray.Look(withheld)
    return [leak.path for data in states for leak in look.leaks([file("2.pdf", data)])]


def metadata(content: bytes) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=content)
        writer.root["/Metadata"] = writer.add_object(stream)
        writer.update_root()

    return change


def said(content: str) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Said"] = generic.pdf_string(content)
        writer.update_root()

    return change


def packed(content: bytes) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=content)
        stream.apply_filter("/FlateDecode")
        writer.root["/Metadata"] = writer.add_object(stream)
        writer.update_root()

    return change


def other_page(writer: IncrementalPdfFileWriter) -> None:
    """The first page shows what the second one does."""
    first, second = (writer.prev.root["/Pages"]["/Kids"][at].get_object() for at in (0, 1))
    while "/Kids" in first:
        first, second = first["/Kids"][0].get_object(), first["/Kids"][1].get_object()
    first["/Contents"] = second.raw_get("/Contents")
    first["/Resources"] = second.raw_get("/Resources")
    writer.update_container(first)


def test_what_a_signature_adds_is_all_that_is_looked_at(signed, unsigned):
    at, _ = pdf_parts.revisions(signed)[-1]
    plain, inside = pdf_parts.added(signed, at) or (b"", ())

    assert signed[:at] == unsigned
    assert plain == signed[at:]
    assert {name.split("-")[0] for name, _ in inside} >= {"stream", "strings", "texts", "page"}
    assert leaks(unsigned, signed) == []


@pytest.mark.parametrize(
    "change",
    [metadata(TEXT.encode()), metadata(SALT_HEX), said(TEXT), packed(TEXT.encode())],
    ids=["stream", "salt", "string", "packed"],
)
def test_a_leak_in_an_update_is_found_after_the_paper_was_clean(unsigned, change):
    grown = updated(unsigned, change)

    assert leaks(unsigned) == []
    assert leaks(unsigned, grown)


def test_a_page_that_an_update_writes_anew_is_read_again(unsigned):
    found = dict(pdf_parts.added(updated(unsigned, other_page), len(unsigned))[1])

    assert "page-1" in found
    assert "page-2" not in found


@pytest.mark.parametrize(
    "change",
    [
        packed(b"1"),
        lambda writer: writer.add_object(generic.StreamObject(stream_data=b"BT (1) Tj ET")),
        lambda writer: writer.add_object(
            generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Font")})
        ),
    ],
    ids=["packed stream", "stream of another kind", "font"],
)
def test_an_update_that_does_more_than_sign_is_looked_at_whole(unsigned, change):
    grown = updated(unsigned, change)

    assert pdf_parts.added(grown, len(unsigned)) is None


def test_an_earlier_state_that_was_not_clean_is_no_shortcut(unsigned):
    leaking = updated(unsigned, metadata(TEXT.encode()))
    signed = updated(leaking, said("nothing"))

    assert len(leaks(leaking, signed)) >= 2
