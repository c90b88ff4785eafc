"""Around the files: names, links, bombs, bytes in no file; and what honest programs do."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.forgeries import base
from tests.forgeries.corpus import CANNOT, CHANGED, UNCHANGED, Forgery, forgery, sound
from tests.forgeries.handed import ROOT, Handed, empty, fifo, flip, link, zipped

PAPER_HELD = (
    "container/container files/files manifests/manifest-inside pdf/pdf pdf/token-self "
    "signatures/signature signer/signer-known"
)
PAPER_OPEN = "before-arrival beside content outside-time parent reading"


def rows() -> list[Forgery]:
    return [*_green(), *_refused(), *_odd()]


def _green() -> list[Forgery]:
    found = [
        sound("sound-zip", lambda: zipped(base.files()), base.HELD, base.OPEN),
        sound("sound-folder", lambda: Handed(folder=base.files()), base.HELD, base.OPEN),
        forgery(
            "rezipped-deflate",
            lambda: zipped(base.files(), method=zipfile.ZIP_DEFLATED),
            UNCHANGED,
        ),
        forgery("rezipped-backwards", lambda: zipped(base.files(), backwards=True), UNCHANGED),
        forgery("rezipped-no-folder", lambda: zipped(base.files(), root=""), UNCHANGED),
        forgery("renamed-folder", lambda: zipped(base.files(), root="证据/"), UNCHANGED),
        sound("sound-pdf-alone", _pdf_alone, PAPER_HELD, PAPER_OPEN),
    ]
    if shutil.which("zip"):
        found.append(forgery("rezipped-by-zip", _by_zip, UNCHANGED))
    return found


def _refused() -> list[Forgery]:
    whole = "container/container-"
    return [
        forgery("not-an-archive", lambda: Handed(b"PK no archive"), CANNOT, whole + "unreadable"),
        forgery("empty-file", lambda: Handed(b""), CANNOT, whole + "unreadable"),
        forgery("zero-checks", lambda: zipped({"a.txt": b"x"}), CANNOT, "manifests/no-manifest"),
        forgery("name-twice", _twice("1_READ_FIRST.pdf"), CANNOT, whole + "duplicate"),
        forgery("name-twice-by-case", _twice("1_read_first.pdf"), CANNOT, whole + "duplicate"),
        forgery("name-upwards", _named("../evil.txt"), CANNOT, whole + "name"),
        forgery("name-backslash", _named("a\\b.txt"), CANNOT, whole + "name"),
        forgery("name-nfd", _named(unicodedata.normalize("NFD", "é.txt")), CANNOT, whole + "name"),
        forgery("name-bidi", _named("a\u202etxt.exe"), CANNOT, whole + "name"),
        forgery("name-ends-in-dot", _named("2_COMPLAINT.pdf."), CANNOT, whole + "name"),
        forgery("zip-link", _zip_link, CANNOT, whole + "link"),
        forgery("zip-encrypted", _encrypted, CANNOT, whole + "encrypted"),
        forgery("zip-bomb", _bomb, CANNOT, whole + "bomb"),
        forgery("zip-prepended", lambda: _wrapped(before=b"MZ program"), CANNOT, whole + "hidden"),
        forgery("zip-appended", lambda: _wrapped(after=b"more"), CANNOT, whole + "hidden"),
        forgery("zip-comment", _comment, CANNOT, whole + "hidden"),
        forgery(
            "folder-link", lambda: Handed(folder=base.files(), beside=link), CANNOT, whole + "link"
        ),
        forgery(
            "folder-empty-planted",
            lambda: Handed(folder=base.files(), beside=empty),
            CHANGED,
            "files/file-planted",
        ),
        forgery(
            "folder-special-file",
            lambda: Handed(folder=base.files(), beside=fifo),
            CANNOT,
            whole + "special-file",
        ),
        forgery("pdf-of-nobody", _pdf_of_nobody, CANNOT, "manifests/no-manifest"),
        forgery(
            "pdf-broken-alone",
            lambda: Handed(b"%PDF-1.7\n%%EOF", name="c.pdf"),
            CANNOT,
            whole + "unreadable",
        ),
    ]


def _odd() -> list[Forgery]:
    return [
        forgery(
            "zip-damaged-member", _damaged("3_EXHIBITS/A-1.pdf"), CHANGED, "files/file-changed"
        ),
        forgery("zip-bad-checksum", _bad_checksum, CHANGED, "files/file-unreadable"),
        replace(
            forgery(
                "zip-package-json-unreadable", _package_unreadable, CHANGED, "files/file-unreadable"
            ),
            held=frozenset(["container/container", "signer/signer-known"]),
        ),
    ]


def _pdf_alone() -> Handed:
    return Handed(base.files()["2_COMPLAINT.pdf"], name="c.pdf")


def _by_zip() -> Handed:
    with tempfile.TemporaryDirectory() as place:
        root = Handed(folder=base.files()).lay(Path(place))
        subprocess.run(["zip", "-q", "-r", "-X", "out.zip", "package"], cwd=place, check=True)
        assert root.is_dir()
        return Handed((Path(place) / "out.zip").read_bytes())


def _twice(name: str) -> Callable[[], Handed]:
    def add(archive: zipfile.ZipFile) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # zipfile itself warns of the double name
            archive.writestr(ROOT + name, b"another first page")

    return lambda: zipped(base.files(), extra=add)


def _named(name: str) -> Callable[[], Handed]:
    return lambda: zipped(base.files(), extra=lambda archive: archive.writestr(ROOT + name, b"x"))


def _zip_link() -> Handed:
    def add(archive: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo(ROOT + "link")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, b"/etc/passwd")

    return zipped(base.files(), extra=add)


def _encrypted() -> Handed:
    data = zipped(base.files()).data
    at = data.index(b"PK\x01\x02")  # the first entry of the central directory
    return Handed(flip(data, at + 8))


def _bomb() -> Handed:
    big = {**base.files(), "bomb.bin": bytes(32 * 1024 * 1024)}
    return zipped(big, method=zipfile.ZIP_DEFLATED)


def _wrapped(*, before: bytes = b"", after: bytes = b"") -> Handed:
    return Handed(before + zipped(base.files()).data + after)


def _comment() -> Handed:
    def add(archive: zipfile.ZipFile) -> None:
        archive.comment = b"read this first"

    return zipped(base.files(), extra=add)


def _damaged(path: str) -> Callable[[], Handed]:
    return lambda: zipped({**base.files(), path: flip(base.files()[path], 40)})


def _bad_checksum() -> Handed:
    return _spoil(base.files()["3_EXHIBITS/A-1.pdf"])


def _package_unreadable() -> Handed:
    return _spoil(base.files()["5_PROOF/package.json"])


def _spoil(content: bytes) -> Handed:
    """The stored bytes of one file changed within the archive: its checksum no longer fits."""
    data = zipped(base.files()).data
    return Handed(flip(data, data.index(content) + 30))


def _pdf_of_nobody() -> Handed:
    import pikepdf

    out = pikepdf.new()
    out.add_blank_page()
    with tempfile.TemporaryDirectory() as place:
        out.save(Path(place) / "x.pdf")
        return Handed((Path(place) / "x.pdf").read_bytes(), name="c.pdf")
