"""The complaint PDF: updated, unsigned, signed by others, of another package, alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pikepdf

from complaints.bundle import layout
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import CHANGED, UNCHANGED, Forgery, forgery
from tests.forgeries.handed import Handed, flip, zipped

PDF = layout.COMPLAINT


def rows() -> list[Forgery]:
    return [
        forgery(
            "pdf-appended", _with(lambda data: data + b"\n% added\n"), CHANGED, "pdf/pdf-updated"
        ),
        forgery("pdf-updated", _with(_updated), CHANGED, "pdf/pdf-updated"),
        forgery("pdf-saved-anew", _with(_saved_anew), CHANGED, "pdf/pdf-unsigned"),
        forgery("pdf-no-pdf", _with(lambda data: b"%PDF-1.7 no more"), CHANGED, "pdf/pdf-broken"),
        forgery("pdf-signature-broken", _with(_flipped), CHANGED, "pdf/pdf-broken"),
        forgery("pdf-attached-twice", _with(_twice), CHANGED, "pdf/pdf-broken"),
        forgery("pdf-of-another-package", _other_package, CHANGED, "pdf/pdf-other-manifest"),
        forgery("pdf-by-another-house", _other_house, CHANGED, "pdf/pdf-other-signer"),
        forgery("pdf-alone-updated", _alone(_updated), CHANGED, "pdf/pdf-updated"),
        forgery("pdf-alone-flipped", _alone(_flipped), CHANGED, "pdf/pdf-broken"),
        forgery("pdf-alone-exhibit-exchanged", _alone(_exchanged), CHANGED, "files/file-changed"),
        forgery("pdf-alone-exhibit-planted", _alone(_planted), CHANGED, "files/file-planted"),
        forgery(
            "pdf-alone-of-another-house",
            _alone_other_house,
            UNCHANGED,
            trusted=CHANGED,
            reason_trusted="signer/signer-foreign",
        ),
    ]


def _data() -> bytes:
    return base.files()[PDF]


def _with(change: Callable[[bytes], bytes]) -> Callable[[], Handed]:
    return lambda: zipped(base.signed({PDF: change(_data())}))


def _alone(change: Callable[[bytes], bytes]) -> Callable[[], Handed]:
    return lambda: Handed(change(_data()), name="c.pdf")


def _updated(data: bytes) -> bytes:
    """An incremental update that hides a page's content under another."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _saved_anew(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root["/AcroForm"]
        for page in pdf.pages:
            if "/Annots" in page:
                del page["/Annots"]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _twice(data: bytes) -> bytes:
    """Unsigned, and with one name for two embedded files."""
    with pikepdf.open(io.BytesIO(_saved_anew(data))) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        names.extend([names[0], names[1]])
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _flipped(data: bytes) -> bytes:
    """One bit of what is signed, in the middle of a stream."""
    at = data.index(b"stream\n") + 60
    return flip(data, at)


def _exchanged(data: bytes) -> bytes:
    return _attached(data, exchange=True)


def _planted(data: bytes) -> bytes:
    return _attached(data, exchange=False)


def _attached(data: bytes, *, exchange: bool) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        name = "A-1.pdf" if exchange else "Z-1.pdf"
        if exchange:
            del pdf.attachments[name]
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"%PDF another", filename=name)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@cache
def _another(house: str, case: str) -> bytes:
    of = make.house(house)
    return base.build(make.content(of, case=case), house=of)[PDF]


def _other_package() -> Handed:
    return zipped(base.signed({PDF: _another("first", "LZ-SAMPLE-0002")}))


def _other_house() -> Handed:
    return zipped(base.signed({PDF: _another("second", "LZ-SAMPLE-0001")}))


def _alone_other_house() -> Handed:
    return Handed(_another("second", "LZ-SAMPLE-0001"), name="c.pdf")
