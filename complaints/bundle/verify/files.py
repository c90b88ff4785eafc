"""Check 4: every file both ways, the sums, and the bag's own lists. Each file is read once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from complaints.bundle import bag_tags, layout, sums
from complaints.bundle.verify.container import BROKEN_FILE, UnreadableFileError
from complaints.bundle.verify.subject import MANIFEST_BYTES, Subject
from complaints.bundle.verify.verdict import Name
from evidence.integrity.digest import SHA256, SM3, hash_stream_by, is_available

AT_ONCE = 4  # files; each holds one chunk of memory
# Large, so that a thread seldom waits for the interpreter while the others' checks run.
CHUNK_BYTES = 4 << 20


class Hashing:
    """Digest and size of every file of the package's folder, taken in the background.

    It begins when it is made: hashing leaves the interpreter to others, and most of a large
    package's time is spent here. Memory is flat. Left early, it drops what it has not begun.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._pool = ThreadPoolExecutor(max_workers=AT_ONCE)
        names = sorted(n for n in subject.container.files if n.startswith(subject.prefix))
        self._found = {
            name: self._pool.submit(_hash, subject, name, _algorithms(subject, name))
            for name in names
        }

    def __enter__(self) -> Hashing:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def finish(self) -> None:
        """Wait for all, and give them to the subject; one that cannot be read is named."""
        for name, found in self._found.items():
            path, hashed = name.removeprefix(self._subject.prefix), found.result()
            if hashed is None:
                self._subject.ledger.changed(Name.FILES, "file-unreadable", where=path)
                continue
            digests, size = hashed
            self._subject.digests[path] = digests[SHA256], size
            if SM3 in digests:
                self._subject.sm3[path] = digests[SM3]


def _algorithms(subject: Subject, name: str) -> tuple[str, ...]:
    """SM3 too where the package states it; it is several times slower."""
    is_stated = subject.compares_sm3 and subject.has(layout.SM3) and is_available(SM3)
    is_exhibit = name.startswith(f"{subject.prefix}{layout.EXHIBITS_FOLDER}/")
    return (SHA256, SM3) if is_stated and is_exhibit else (SHA256,)


def _hash(
    subject: Subject, name: str, algorithms: tuple[str, ...]
) -> tuple[dict[str, str], int] | None:
    """One file's digests and size; None when it cannot be read to its end."""
    try:
        with subject.container.open(name) as file:
            return hash_stream_by(file, algorithms, chunk_bytes=CHUNK_BYTES)
    except (UnreadableFileError, *BROKEN_FILE):
        return None


def check_files(subject: Subject) -> None:
    """Listed and there with these very bytes; there and listed. Nothing else, also no folder."""
    ledger, package = subject.ledger, subject.package
    if package is None:
        return
    listed = {file["path"]: file for file in package["files"]}
    for path, file in listed.items():
        if not subject.has(path):
            ledger.missing(Name.FILES, "file-missing", where=path)
        elif path in subject.digests and subject.digests[path] != (file["sha256"], file["size"]):
            ledger.changed(Name.FILES, "file-changed", where=path)
    own = {name for name in subject.container.files if name.startswith(subject.prefix)}
    for name in sorted(own):
        path = name.removeprefix(subject.prefix)
        if path not in listed and not layout.is_unlisted(path):
            ledger.changed(Name.FILES, "file-planted", where=path)
    _check_folders(subject, {subject.prefix + path for path in listed} | own)
    _check_checker(subject)
    ledger.passed(Name.FILES, "files", count=len(listed))


def _check_folders(subject: Subject, names: set[str]) -> None:
    """A folder with nothing in it that we know could carry a message in its name."""
    needed = {name[:i] for name in names for i, c in enumerate(name) if c == "/"}
    for folder in sorted(subject.container.folders):
        if folder not in needed:
            path = folder.removeprefix(subject.prefix)
            subject.ledger.changed(Name.FILES, "file-planted", where=path + "/")


def _check_checker(subject: Subject) -> None:
    if subject.package is None:
        return
    has_checker = any(file["path"] == layout.CHECKER for file in subject.package["files"])
    if has_checker != subject.package["checker"]:
        subject.ledger.changed(Name.FILES, "checker-unsaid", where=layout.CHECKER)


def check_sums(subject: Subject) -> None:
    """SHA256SUMS.txt says what the other files are. It proves nothing: it is for `sha256sum -c`."""
    ledger = subject.ledger
    raw = subject.read(layout.SUMS, limit=MANIFEST_BYTES)
    if raw is None:
        ledger.missing(Name.SUMS, "file-missing", where=layout.SUMS)
        return
    found = {path: sha256 for path, (sha256, _) in subject.digests.items() if path != layout.SUMS}
    if raw == sums.write({path: s for path, s in found.items() if path.isascii()}):
        ledger.passed(Name.SUMS, "sums", count=len(found))
        return
    said = sums.read(raw)
    blamed = False
    for path in sorted(found.keys() | said.keys()):
        if found.get(path) == said.get(path):
            continue
        # Where a signature vouches for the file, it is the sums that changed.
        vouched = found.get(path) is not None and subject.stated(path) == found.get(path)
        if not vouched:
            blamed = True
            ledger.changed(Name.SUMS, "sums-differ", where=path)
    if not blamed or set(said) != set(found) or sums.write(said) != raw:
        ledger.changed(Name.SUMS, "file-changed", where=layout.SUMS)


def check_bag(subject: Subject) -> None:
    """In a bag: its four tag files are exactly those that this payload gives; nothing beside it."""
    container, ledger, prefix = subject.container, subject.ledger, subject.prefix
    root, inside, _ = prefix.partition(f"{bag_tags.PAYLOAD}/")
    outside = [name for name in container.files if not name.startswith(prefix)]
    if not inside or f"{root}{bag_tags.DECLARATION}" not in container.files:
        for name in sorted(outside):
            ledger.changed(Name.FILES, "file-planted", where=name)
        return
    package = subject.package
    if package is None:
        return
    within = prefix.removeprefix(root)
    payload = {within + path: pair for path, pair in subject.digests.items()}
    tags = bag_tags.tag_files(package["case"], package["built_at"][:10], payload)
    for name in sorted(outside):
        tag = name.removeprefix(root)
        if not name.startswith(root) or tag not in tags:
            ledger.changed(Name.BAG, "file-planted", where=name)
    for tag, expected in sorted(tags.items()):
        if f"{root}{tag}" not in container.files:
            ledger.missing(Name.BAG, "file-missing", where=tag)
        elif _read_tag(subject, root + tag) != expected:
            ledger.changed(Name.BAG, "file-changed", where=tag)
    ledger.passed(Name.BAG, "bag", count=len(payload))


def _read_tag(subject: Subject, name: str) -> bytes | None:
    try:
        with subject.container.open(name) as file:
            return file.read(MANIFEST_BYTES)
    except (UnreadableFileError, *BROKEN_FILE):
        return None
