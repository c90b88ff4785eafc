"""complaints/bundle/verify/archival.py: updates that differ from an archival stamp in one thing."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, SuspiciousModification

from complaints.bundle.verify.archival import OneArchivalUpdate

from .test_archival import field, judged, updated


def in_the_form(writer):
    form = writer.root["/AcroForm"]
    form[pdf_name("/NeedAppearances")] = generic.BooleanObject(True)
    writer.update_container(form)


def with_a_field_before_the_stamp(writer):
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.insert(1, writer.add_object(field(writer)))
    writer.update_container(fields)


def on_two_pages(writer):
    stamp = writer.root["/AcroForm"]["/Fields"].raw_get(-1)
    page = writer.root["/Pages"]["/Kids"][-1]
    while "/Kids" in page:
        page = page["/Kids"][-1]
    page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), stamp])
    writer.update_container(page)


def with_a_field_that_is_no_object(writer):
    fields = writer.root["/AcroForm"]["/Fields"]
    fields[-1] = field(writer)
    writer.update_container(fields)


@pytest.mark.parametrize(
    "change",
    [
        in_the_form,
        with_a_field_before_the_stamp,
        on_two_pages,
        with_a_field_that_is_no_object,
    ],
    ids=lambda change: change.__name__,
)
def test_each_of_these_is_told(change):
    assert isinstance(judged(updated(change)), SuspiciousModification)


class Seen:
    """A revision as pyHanko shows it, with something about it changed."""

    def __init__(self, revision: Any, **changed: Any) -> None:
        self._revision, self._changed = revision, changed

    def __getattr__(self, name: str) -> Any:
        return self._changed[name] if name in self._changed else getattr(self._revision, name)


def revisions() -> tuple[Any, Any]:
    """The signed file, and the same with an archival stamp."""
    reader = PdfFileReader(io.BytesIO(updated()))
    [signature] = reader.embedded_regular_signatures
    signed = signature.signed_revision
    return reader.get_historical_resolver(signed), reader.get_historical_resolver(signed + 1)


def trailer(revision: Any, **changed: Any) -> generic.DictionaryObject:
    """Its trailer; None takes an entry out."""
    view = revision.trailer_view
    found = generic.DictionaryObject({pdf_name(key): view.raw_get(key) for key in view})
    for name, value in changed.items():
        found.pop(f"/{name}", None)
        if value is not None:
            found[pdf_name(f"/{name}")] = value
    return found


def test_the_two_revisions_as_they_are_pass():
    assert isinstance(OneArchivalUpdate().apply(*revisions()), DiffResult)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"Root": generic.NullObject()}),
        ({}, {"Info": None}),
        ({"Info": None}, {"Info": None}),
        ({}, {"Encrypt": generic.DictionaryObject()}),
    ],
    ids=["another root", "no info", "no info ever", "encrypted"],
)
def test_another_trailer_is_told(before, after):
    old, new = revisions()
    seen = (
        Seen(old, trailer_view=trailer(old, **before)),
        Seen(new, trailer_view=trailer(new, **after)),
    )

    with pytest.raises(SuspiciousModification, match=r"trailer|encrypted"):
        OneArchivalUpdate().apply(*seen)


@pytest.mark.parametrize(
    ("holder", "made", "said"),
    [
        ("/Metadata", {"/Subtype": pdf_name("/Other")}, "/Subtype has changed"),
        ("/AcroForm", None, "another type"),
    ],
    ids=["other metadata", "a stream for a dictionary"],
)
def test_an_object_that_became_another_is_told(holder, made, said):
    old, new = revisions()
    reference = new.root.raw_get(holder)
    now = new.get_object(reference.reference)
    entries = {pdf_name(key): now.raw_get(key) for key in now}
    if made is None:
        changed: Any = generic.StreamObject(entries, stream_data=b"")
    else:
        more = {pdf_name(key): value for key, value in made.items()}
        changed = generic.StreamObject(entries | more, stream_data=now.data)

    def seen(ref: Any, *more: Any) -> Any:
        return changed if ref.idnum == reference.idnum else new.get_object(ref, *more)

    with pytest.raises(SuspiciousModification, match=said):
        OneArchivalUpdate().apply(old, Seen(new, get_object=seen))


def test_a_stamp_on_what_is_no_page_is_told():
    def as_no_page(revision: Any) -> Any:
        def seen(ref: Any, *more: Any) -> Any:
            found = revision.get_object(ref, *more)
            if ref.idnum != place.idnum:
                return found
            entries = {pdf_name(key): found.raw_get(key) for key in found}
            return generic.DictionaryObject(entries | {pdf_name("/Type"): pdf_name("/Other")})

        return Seen(revision, get_object=seen)

    old, new = revisions()
    place = new.root["/AcroForm"]["/Fields"][-1].raw_get("/P")

    with pytest.raises(SuspiciousModification, match="replaced"):
        OneArchivalUpdate().apply(as_no_page(old), as_no_page(new))


def test_a_removed_object_is_told():
    old, new = revisions()
    gone = Seen(new, refs_freed_in_revision=lambda: {generic.Reference(1, 0)})

    with pytest.raises(SuspiciousModification, match="removed"):
        OneArchivalUpdate().apply(old, gone)


@pytest.mark.parametrize("what", ["an old number", "another generation"])
def test_a_stamp_that_takes_the_place_of_something_is_told(what):
    old, new = revisions()
    stamp = new.root["/AcroForm"]["/Fields"].raw_get(-1)
    if what == "an old number":
        old = Seen(old, trailer_view=trailer(old, Size=generic.NumberObject(stamp.idnum + 1)))
    else:
        again = generic.IndirectObject(stamp.idnum, 1, new)
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject([again])})
        new = Seen(new, root=generic.DictionaryObject({pdf_name("/AcroForm"): form}))

    with pytest.raises(SuspiciousModification, match="old object"):
        OneArchivalUpdate().apply(old, new)
