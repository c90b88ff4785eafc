"""Exports that are read again: those in the package, and those given as `--original`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from complaints.bundle import layout
from evidence.integrity.digest import sha256_hex
from tests.complaints.bundle import chosen, copies, forge
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import (
    CHANGED,
    INCOMPLETE,
    UNCHANGED,
    Forgery,
    exactly,
    forgery,
    sound,
)
from tests.forgeries.handed import Handed, zipped

EXPORT = layout.exhibit_path("B-1", "xml")
# Beyond what is looked at before a reader is chosen.
DECLARED = make.SMS_EXPORT.replace(b"</smses>", b" " * 65536 + b"<!ENTITY a></smses>")
SAME = f"{base.HELD} original/original-same"
READ = base.OPEN.replace("reading ", "")

# Of a package in which the export itself is handed over and its records stand beside it.
WHOLE = (
    "case/case container/container custody/custody files/files manifests/manifests "
    "original/original-inside pdf/pdf pdf/token-self receipts/receipts records/records-since "
    "signatures/signature signer/signer-known sm3/sm3 sums/sums tokens/token-self"
)
WHOLE_OPEN = "before-arrival content log outside-time"
NO_LOG = "log/log-none"
UNREAD = WHOLE.replace("original/original-inside ", "")
UNREAD_OPEN = f"{WHOLE_OPEN} reading"


def rows() -> list[Forgery]:
    return [*_inside(), *_brought()]


def _inside() -> list[Forgery]:
    other = "original/original-other-reader"

    def unread(name: str, make_it: Callable[[], Handed], reason: str) -> Forgery:
        row = forgery(name, make_it, UNCHANGED, reason)
        return exactly(row, UNREAD, UNREAD_OPEN, f"{NO_LOG} {reason}")

    return [
        sound("quoted-and-sound", lambda: zipped(dict(base.quoted())), WHOLE, WHOLE_OPEN, NO_LOG),
        forgery(
            "quoted-otherwise-than-written",
            _built(chosen.misread),
            CHANGED,
            "original/original-differs",
        ),
        forgery(
            "quoted-of-fewer-than-written",
            _built(chosen.half_read),
            CHANGED,
            "original/original-inside-other",
        ),
        unread("quoted-by-a-later-reader", _reading(reader_version="99"), other),
        unread("quoted-by-another-reader", _reading(reader="another"), other),
        unread("quoted-from-an-archive", _reading(reader="archive"), "original/original-archive"),
        exactly(
            forgery("quoted-by-no-reader-named", _unread, CHANGED, "pdf/pdf-other-manifest"),
            UNREAD.replace("pdf/pdf ", ""),
            UNREAD_OPEN,
            NO_LOG,
        ),
        exactly(
            forgery("quoted-export-touched", _touched, CHANGED, "files/file-changed"),
            UNREAD.replace("files/files ", "").replace("sm3/sm3 ", ""),
            UNREAD_OPEN,
            NO_LOG,
        ),
        exactly(
            forgery("quoted-and-signed-by-nobody", _unsigned, INCOMPLETE, SIGNATURE),
            " ".join(each for each in UNREAD.split() if each not in UNSIGNED),
            UNREAD_OPEN,
            NO_LOG,
        ),
    ]


SIGNATURE = "signatures/signature-missing"
UNSIGNED = ("files/files", "manifests/manifests", "signatures/signature")


def _built(read: Callable[[], chosen.Read]) -> Callable[[], Handed]:
    """A house that signs for a reading which is not what the export says."""
    return lambda: zipped(base.build(chosen.case(chosen.with_records(read()))))


def _reading(**members: str) -> Callable[[], Handed]:
    """B-1 in the original, its records beside it, said to be read otherwise."""

    def make_it() -> Handed:
        whole = chosen.with_records(chosen.read())
        assert whole.reading is not None
        told = replace(whole, reading=replace(whole.reading, **members))
        return zipped(base.build(chosen.case(told)))

    return make_it


def _unread() -> Handed:
    made = forge.edit_exhibits(
        dict(base.quoted()), lambda value: base.exhibit(value, "B-1").update(reading=None)
    )
    return zipped(forge.resign(made, make.house()))


def _touched() -> Handed:
    """A byte of the export that no record shows: read again it would give the same records."""
    data = base.quoted()[EXPORT]
    return zipped(
        forge.resum({**base.quoted(), EXPORT: data.replace(b"version='1.0' ", b"version='1.0'\n")})
    )


def _unsigned() -> Handed:
    """Nobody signed: whoever made it would have his file parsed here."""
    signatures = (layout.PACKAGE_SIGNATURE, layout.EXHIBITS_SIGNATURE)
    kept = {path: data for path, data in base.quoted().items() if path not in signatures}
    return zipped(forge.resum(kept))


def _brought() -> list[Forgery]:
    none, unreadable = "original/original-none", "original/original-unreadable"
    return [
        sound("original-read-again", _original(make.SMS_EXPORT), SAME, READ),
        forgery(
            "original-with-other-words", _original(_milder()), CHANGED, "original/original-differs"
        ),
        forgery(
            "original-of-another-file", _original(_shorter()), UNCHANGED, "original/original-other"
        ),
        forgery("original-of-nothing-here", _nothing, UNCHANGED, none),
        forgery("original-broken", _original(b"<smses>"), UNCHANGED, "original/original-other"),
        forgery("original-with-a-declaration", _original(DECLARED), UNCHANGED, unreadable),
        forgery("original-of-a-copy", _of_a_copy, UNCHANGED, none),
        forgery("original-and-no-records", _no_records, INCOMPLETE, "files/file-missing"),
        sound(
            "original-of-what-is-inside",
            _beside(make.SMS_EXPORT),
            f"{WHOLE} original/original-same",
            WHOLE_OPEN,
            NO_LOG,
        ),
        forgery("original-of-other-than-is-inside", _beside(_shorter()), UNCHANGED, none),
    ]


def _original(data: bytes) -> Callable[[], Handed]:
    return lambda: Handed(zipped(base.files()).data, original=data)


def _beside(data: bytes) -> Callable[[], Handed]:
    return lambda: Handed(zipped(base.quoted()).data, original=data)


def _milder() -> bytes:
    return make.SMS_EXPORT.replace("你家住哪我们清楚".encode(), "请尽快还款".encode())


def _shorter() -> bytes:
    at = make.SMS_EXPORT.rindex(b"<sms ")
    return make.SMS_EXPORT[:at] + b"</smses>"


def _nothing() -> Handed:
    plain = base.build(make.content())
    return Handed(zipped(plain).data, original=b"nothing of this case")


def _of_a_copy() -> Handed:
    """The picture of which a redacted copy was made: there are no records to compare."""
    content, digest = copies.redacted()
    assert digest == sha256_hex(copies.ORIGINAL)
    return Handed(zipped(base.build(content)).data, original=copies.ORIGINAL)


def _no_records() -> Handed:
    """The export is brought, and the file of records that it should be held against is gone."""
    made = base.files()
    del made[layout.exhibit_path("B-1", "json")]
    return Handed(zipped(forge.resum(made)).data, original=make.SMS_EXPORT)
