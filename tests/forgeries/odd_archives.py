"""Archives and folders that a mutation run asked for: each tells one check of the container."""

from __future__ import annotations

import copy
import random
import zipfile
from collections.abc import Callable

from tests.forgeries import base
from tests.forgeries.corpus import CANNOT, CHANGED, UNCHANGED, Forgery, forgery
from tests.forgeries.handed import ROOT, Handed, zipped

COPY = "6_COPIES/B-3_playable.m4a"
RECEIPT = "5_PROOF/receipts/A-1.json"


def rows() -> list[Forgery]:
    whole = "container/container-"
    return [
        forgery("sound-very-even-file", _copied(bytes(2 * 10**6)), UNCHANGED),
        forgery("sound-large-file", _copied(random.Random(1).randbytes(11 * 2**20)), UNCHANGED),
        forgery("zip-comment-ends-in-zeros", _zero_comment, CANNOT, whole + "hidden"),
        forgery("zip-comment-only-announced", _announced_comment, CANNOT, whole + "hidden"),
        forgery("zip-entries-share-bytes", _shared, CANNOT, whole + "bomb"),
        forgery("zip-local-name-differs", _local_name, CHANGED, "files/file-unreadable"),
        forgery("zip-folder-and-file", _folder_and_file, CANNOT, whole + "duplicate"),
        forgery("name-with-nul", _nul, CANNOT, whole + "name"),
        forgery("name-with-drive", _named("C:evil.txt"), CANNOT, whole + "name"),
        forgery("name-with-empty-part", _named("3_EXHIBITS//B-9.jpg"), CANNOT, whole + "name"),
        forgery("folder-twins", _in_folder("1_read_first.pdf"), CANNOT, whole + "duplicate"),
        forgery("folder-backslash", _in_folder("a\\b.txt"), CANNOT, whole + "name"),
        forgery("proof-too-large", _too_large, CHANGED, "files/file-unreadable"),
    ]


def _copied(data: bytes) -> Callable[[], Handed]:
    """A playable copy exchanged by the house itself: odd to pack, nothing wrong with it."""
    return lambda: zipped(base.signed({COPY: data}), method=zipfile.ZIP_DEFLATED)


def _zero_comment() -> Handed:
    def add(archive: zipfile.ZipFile) -> None:
        archive.comment = b"the lender paid, see page 3\0\0"

    return zipped(base.files(), extra=add)


def _announced_comment() -> Handed:
    return Handed(zipped(base.files()).data[:-2] + b"\x05\x00")


def _shared() -> Handed:
    """The largest file again and again under other names, its bytes there once."""

    def add(archive: zipfile.ZipFile) -> None:
        largest = max(archive.filelist, key=lambda entry: entry.compress_size)
        for number in range(20):
            again = copy.copy(largest)
            again.filename = f"{ROOT}more-{number}.bin"
            archive.filelist.append(again)

    return zipped(base.files(), extra=add)


def _local_name() -> Handed:
    """The header before the bytes says another name than the directory at the end."""
    data = zipped(base.files()).data
    name = (ROOT + "3_EXHIBITS/A-1.pdf").encode()
    at = data.index(name)
    return Handed(data[:at] + name.replace(b"A-1", b"A-7") + data[at + len(name) :])


def _folder_and_file() -> Handed:
    return zipped(base.files(), folders=("2_COMPLAINT.pdf",))


def _nul() -> Handed:
    data = _named("2_COMPLAINT.pdf?.exe")().data
    return Handed(data.replace(b"2_COMPLAINT.pdf?", b"2_COMPLAINT.pdf\0"))


def _named(name: str) -> Callable[[], Handed]:
    return lambda: zipped(base.files(), extra=lambda archive: archive.writestr(ROOT + name, b"x"))


def _in_folder(name: str) -> Callable[[], Handed]:
    return lambda: Handed(folder={**base.files(), name: b"x"})


def _too_large() -> Handed:
    """The house itself lists and signs a receipt that no check would read to its end."""
    receipt = base.files()[RECEIPT]
    return zipped(base.signed({RECEIPT: receipt + b" " * 2 * 2**20}))
