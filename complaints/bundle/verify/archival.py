"""What may follow a complaint's signature in its file: the one update that B-LTA adds.

pyHanko's own comparison of two revisions reads a tagged file's whole tree of tags, more than once:
seconds for a few pages, minutes for a thousand exhibits. Ours reads the handful of objects that the
update names, and allows each of them only what our packager writes (docs/formats/package.md).
"""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, Reference
from pyhanko.sign.diff_analysis import (
    DiffPolicy,
    DiffResult,
    ModificationLevel,
    SuspiciousModification,
)

_INFO_MAY_CHANGE = frozenset({"/ModDate", "/Producer"})
_CATALOG_MAY_GAIN = frozenset({"/DSS", "/Extensions"})
_FIELD_KEYS = frozenset({"/FT", "/T", "/Type", "/Subtype", "/F", "/Rect", "/P", "/TU", "/V"})


class OneArchivalUpdate(DiffPolicy):
    """At most one revision after the signed one, with nothing in it but an archival stamp."""

    def apply(
        self, old: Any, new: Any, field_mdp_spec: Any = None, doc_mdp: Any = None
    ) -> DiffResult:
        """Raises SuspiciousModification at the first thing that does not belong there."""
        _check_trailer(old.trailer_view, new.trailer_view)
        if new.refs_freed_in_revision():
            raise SuspiciousModification("an object was removed")
        size = int(old.trailer_view["/Size"])
        named = {ref for ref in new.explicit_refs_in_revision() if not _is_new(ref, size)}
        stamped = _new_field(old, new)
        for ref in named:
            _check_object(ref, old, new, stamped)
        return DiffResult(ModificationLevel.LTA_UPDATES, set())

    def review_file(
        self, reader: Any, base_revision: Any, field_mdp_spec: Any = None, doc_mdp: Any = None
    ) -> DiffResult | SuspiciousModification:
        """The judgement over all that follows; what is suspicious is returned, not raised."""
        signed = base_revision if isinstance(base_revision, int) else base_revision.revision
        if reader.xrefs.total_revisions != signed + 2:
            return SuspiciousModification("not one update")
        try:
            return self.apply(
                reader.get_historical_resolver(signed), reader.get_historical_resolver(signed + 1)
            )
        except SuspiciousModification as found:
            return found


def _is_new(ref: Reference, size: int) -> bool:
    """Whether an object's number was free before; one under another generation is not new."""
    return bool(ref.idnum >= size and ref.generation == 0)


def _check_trailer(old: DictionaryObject, new: DictionaryObject) -> None:
    for key in ("/Root", "/Info"):
        if _spelled(old, key) != _spelled(new, key) or key not in new:
            raise SuspiciousModification(f"the trailer's {key} is another")
    if "/Encrypt" in new:
        raise SuspiciousModification("the update is encrypted")


def _check_object(ref: Reference, old: Any, new: Any, stamped: IndirectObject) -> None:
    """An object that stood in the signed file has changed as far as an archival stamp asks."""
    before, after = old.get_object(ref), new.get_object(ref)
    catalog = old.root
    if _is(ref, old.trailer_view, "/Info"):
        _check_entries(before, after, may_change=_INFO_MAY_CHANGE)
    elif _is(ref, old.trailer_view, "/Root"):
        _check_entries(before, after, may_change=_CATALOG_MAY_GAIN - before.keys())
    elif _is(ref, catalog, "/Metadata"):
        # Repeats the dates of /Info, in XML; shown on no page.
        _check_entries(before, after, may_change=frozenset({"/Length", "/Filter"}))
    elif _is(ref, catalog, "/AcroForm"):
        _check_entries(before, after, may_change=frozenset({"/Fields"}))
        _check_longer(before, after, "/Fields", stamped)
    elif before.get("/Type") == "/Page" and _is(ref, new.get_object(stamped.reference), "/P"):
        _check_entries(before, after, may_change=frozenset({"/Annots"}))
        _check_longer(before, after, "/Annots", stamped)
    else:
        raise SuspiciousModification("an object of the signed file was replaced")


def _new_field(old: Any, new: Any) -> IndirectObject:
    """The one field that was added: a document stamp's, of no size, with nothing to show."""
    found = list(new.root["/AcroForm"]["/Fields"])[-1]
    if not isinstance(found, IndirectObject):
        raise SuspiciousModification("the last field is no object of its own")
    if not _is_new(found.reference, int(old.trailer_view["/Size"])):
        raise SuspiciousModification("the added field is an old object")
    field = new.get_object(found.reference)
    if (
        not field.keys() <= _FIELD_KEYS
        or field["/FT"] != "/Sig"
        or any(float(edge) != 0 for edge in field["/Rect"])
        or field["/V"]["/Type"] != "/DocTimeStamp"
    ):
        raise SuspiciousModification("the added field is no plain document stamp's")
    return found


def _check_entries(
    before: DictionaryObject, after: DictionaryObject, *, may_change: frozenset[str]
) -> None:
    if type(before) is not type(after):
        raise SuspiciousModification("an object became another type")
    for key in (before.keys() | after.keys()) - may_change:
        if _spelled(before, key) != _spelled(after, key):
            raise SuspiciousModification(f"{key} has changed")


def _check_longer(
    before: DictionaryObject, after: DictionaryObject, key: str, stamped: IndirectObject
) -> None:
    """A list of references got this one more, at its end."""
    old = [_written(one) for one in before.get(key, ())]
    if [_written(one) for one in after[key]] != [*old, _written(stamped)]:
        raise SuspiciousModification(f"{key} has more than the stamp")


def _is(ref: Reference, holder: DictionaryObject, key: str) -> bool:
    """Whether an entry is a reference to this object."""
    return _spelled(holder, key) == f"{ref.idnum} {ref.generation} R".encode()


def _spelled(holder: DictionaryObject, key: str) -> bytes | None:
    """An entry as it is written in a file; references are not followed."""
    return _written(holder.raw_get(key)) if key in holder else None


def _written(value: Any) -> bytes:
    out = io.BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()
