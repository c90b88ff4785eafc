"""The order of the checks. Whatever happens, the answer is a verdict; none made is not green."""

from __future__ import annotations

import shutil
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from types import ModuleType
from typing import IO, BinaryIO

from complaints.bundle import layout
from complaints.bundle.verify import (
    case_uco,
    custody,
    files,
    log,
    manifests,
    original,
    records,
    redactions,
    sm3,
    tokens,
)
from complaints.bundle.verify.container import (
    BROKEN_FILE,
    Container,
    ContainerError,
    FolderContainer,
    UnreadableFileError,
    ZipContainer,
)
from complaints.bundle.verify.subject import Subject, find_prefix
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Ledger, Name, Verdict
from evidence.integrity.signing import Domain

MEMORY_BYTES, CHUNK_BYTES = 64 * 1024 * 1024, 1 << 20
NOBODY = Trusted()


def check_path(
    path: Path,
    trusted: Trusted = NOBODY,
    compare: Path | None = None,
    *,
    with_sm3: bool | None = None,
) -> Verdict:
    """A folder, a ZIP, a bag ZIP or a PDF alone, told apart by content.

    `compare` is an original that is read again (`--original`). `with_sm3`: whether SM3 is compared
    (`--sm3`, `--without-sm3`); None: where that takes no long time.
    """
    if path.is_dir():
        return check_folder(path, trusted, compare, with_sm3=with_sm3)
    try:
        with path.open("rb") as file:
            if file.read(5) == b"%PDF-":
                file.seek(0)
                return check_pdf(file, trusted)
            file.seek(0)
            return check_zip(file, trusted, compare, with_sm3=with_sm3)
    except OSError:
        return _unreadable("unreadable")


def check_folder(
    root: Path,
    trusted: Trusted = NOBODY,
    compare: Path | None = None,
    *,
    with_sm3: bool | None = None,
) -> Verdict:
    """The hand-over folder itself, one that holds it, or an unpacked bag."""
    try:
        container = FolderContainer(root)
    except ContainerError as problem:
        return _unreadable(problem.reason, problem.where)
    return _check(container, trusted, compare, with_sm3=with_sm3)


def check_zip(
    file: BinaryIO,
    trusted: Trusted = NOBODY,
    compare: Path | None = None,
    *,
    with_sm3: bool | None = None,
    read_again: bool = True,
) -> Verdict:
    """The package as a ZIP, also as a bag; `file` is seekable.

    Without `read_again` no export in the package is parsed: the house reads them in a cell only.
    """
    try:
        container = ZipContainer(file)
    except ContainerError as problem:
        return _unreadable(problem.reason, problem.where)
    return _check(container, trusted, compare, with_sm3=with_sm3, read_again=read_again)


def check_pdf(file: BinaryIO, trusted: Trusted = NOBODY) -> Verdict:
    """The complaint alone: its embedded manifest and the exhibits attached to it."""
    from complaints.bundle.verify import paper_alone  # noqa: PLC0415 -- as in `_load_paper`

    return paper_alone.check(file, trusted)


def _check(
    container: Container,
    trusted: Trusted,
    compare: Path | None,
    *,
    with_sm3: bool | None,
    read_again: bool = True,
) -> Verdict:
    """1 container  2 keys and manifests  3 every file  4 signatures  5 receipts  6 custody
    7 tokens  8 log  9 records  10 redactions  11 the CASE description  12 the PDF
    13 exports in the package, read again.
    """
    prefix = find_prefix(container)
    if prefix is None:
        ledger = Ledger()
        ledger.cannot(Name.MANIFESTS, "no-manifest")
        return ledger.close()
    subject = Subject(container, prefix, trusted, with_sm3=with_sm3)
    ledger = subject.ledger
    ledger.passed(Name.CONTAINER, "container", count=len(container.files))
    with files.Hashing(subject) as hashing:
        package = manifests.read_manifest(subject, layout.PACKAGE)
        if package is None:
            manifests.check_trust(subject.read(layout.TRUST), subject)
            ledger.changed(Name.FILES, "file-unreadable", where=layout.PACKAGE)
            return ledger.close()
        exhibits = _check_manifests(subject, package)
        paper = _load_paper()
        hashing.finish()
    files.check_files(subject)
    files.check_sums(subject)
    sm3.check_sm3(subject)
    files.check_bag(subject)
    custody.check_receipts(subject)
    custody.check_custody(subject)
    log.read_history(subject)
    tokens.check_tokens(subject)
    log.check_log(subject)
    records.check_records(subject)
    redactions.check_redactions(subject)
    case_uco.check_case(subject)
    _check_paper(subject, exhibits, paper)
    if read_again:
        original.check_inside(subject)
    if compare is not None:
        with compare.open("rb") as file:
            original.check_original(subject, file, compare.name)
    original.say_what_was_not_read_again(subject)
    manifests.say_what_is_claimed(subject)
    _say_what_stays_open(ledger)
    return ledger.close()


def _check_manifests(subject: Subject, package: bytes) -> bytes | None:
    """The house's keys, both manifests and their signatures; the exhibits' manifest as it lies."""
    manifests.check_trust(subject.read(layout.TRUST), subject)
    signature = subject.read(layout.PACKAGE_SIGNATURE)
    subject.package = manifests.check_manifest(
        layout.PACKAGE, package, signature, Domain.PACKAGE, subject
    )
    exhibits = manifests.read_manifest(subject, layout.EXHIBITS)
    if exhibits is None:
        subject.ledger.missing(Name.MANIFESTS, "file-missing", where=layout.EXHIBITS)
    else:
        signature = subject.read(layout.EXHIBITS_SIGNATURE)
        subject.exhibits = manifests.check_manifest(
            layout.EXHIBITS, exhibits, signature, Domain.EXHIBITS, subject
        )
        manifests.check_together(subject, exhibits)
    return exhibits


def _load_paper() -> ModuleType:
    """The checks of the PDF, loaded while the files are hashed.

    pyHanko, and the HTTP client that it brings along, take longer to load than all else here.
    """
    return import_module("complaints.bundle.verify.paper")


def _check_paper(subject: Subject, exhibits: bytes | None, paper: ModuleType) -> None:
    """The complaint as it lies in the package; and the manifest inside it is the one beside it."""
    ledger = subject.ledger
    if not subject.has(layout.COMPLAINT):
        ledger.missing(Name.PDF, "file-missing", where=layout.COMPLAINT)
        return
    with _place_for(subject, layout.COMPLAINT) as copy:
        try:
            with subject.container.open(subject.prefix + layout.COMPLAINT) as file:
                shutil.copyfileobj(file, copy, CHUNK_BYTES)
        except (UnreadableFileError, *BROKEN_FILE):
            return  # the files check names it
        copy.seek(0)
        found = paper.open_paper(copy)
        if found is None:
            ledger.changed(Name.PDF, "pdf-broken", where=layout.COMPLAINT)
            return
        paper.check_signature(found, subject.trust, ledger)
        paper.check_token(found, subject.trust, subject.trusted, ledger)
        try:
            inside = paper.embedded(found).get("exhibits.json")
        except ValueError:
            ledger.changed(Name.PDF, "pdf-broken", where=layout.COMPLAINT)
            return
    if exhibits is not None and inside != exhibits:
        ledger.changed(Name.PDF, "pdf-other-manifest", where=layout.COMPLAINT)


def _place_for(subject: Subject, path: str) -> IO[bytes]:
    """Where a file can be read to and fro: memory, or the disk when it is large."""
    size = subject.container.files[subject.prefix + path]
    return BytesIO() if size <= MEMORY_BYTES else TemporaryFile()


def _say_what_stays_open(ledger: Ledger) -> None:
    """What no check of bytes can say, in every verdict."""
    for key in ("before-arrival", "content"):
        ledger.not_proved(key)


def _unreadable(reason: str, where: str = "") -> Verdict:
    ledger = Ledger()
    ledger.cannot(Name.CONTAINER, f"container-{reason.replace('_', '-')}", where=where)
    return ledger.close()
