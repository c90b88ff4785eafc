"""Looks through a whole finished package for what is withheld, whatever it is wrapped in.

The packager releases nothing while it finds something; the tests plant every kind of leak. It opens
archives, PDF streams and embedded files, decodes what looks like base64, base32 or hex, and reads
text in the encodings that people here use (docs/formats/package.md, "One form only").
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain

from complaints.bundle import pdf_parts
from complaints.bundle.folding import fold
from complaints.bundle.needles import Needles
from complaints.bundle.package_files import PackageFile
from complaints.bundle.packed import BETWEEN, is_packed
from complaints.bundle.unwrapping import opened, packed
from complaints.bundle.withheld import Withheld
from evidence.integrity.digest import sha256

PREFIX_BYTES = 8  # of a digest: 16 hex digits are printed on pages, and a parent's must not be
DEEPEST = 6  # wrappings within wrappings
SMALL_BYTES, TOGETHER = 4096, 64  # so many files of so few bytes are looked through together
WHOLE_BYTES = 32 * 1024 * 1024  # of a larger file it is not looked at what is packed in it
CHUNK_BYTES = 1024 * 1024  # larger bytes are searched in pieces that overlap: texts take room
OVERLAP_BYTES = 64 * 1024


class Kind(StrEnum):
    """What kind of secret stands somewhere."""

    BYTES = "bytes"  # a withheld file itself
    DIGEST = "digest"  # of one, or its first eight bytes
    SALT = "salt"
    NAME = "name"
    TEXT = "text"
    ID = "id"


@dataclass(frozen=True)
class Leak:
    """One place where something withheld stands. `path` leads through the wrappings."""

    path: str
    kind: Kind
    how: str  # the spelling: raw, hex, base32, text


@dataclass
class _Needles:
    """The secrets as they are searched for."""

    files: frozenset[str]  # digests of whole files
    raw: list[tuple[bytes, Kind, str]] = field(default_factory=list)
    lower: list[tuple[bytes, Kind, str]] = field(default_factory=list)  # in lower-case bytes
    spelled: list[tuple[str, Kind]] = field(default_factory=list)  # in folded text

    @cached_property
    def texts(self) -> Needles[Kind]:
        return Needles(self.spelled)


@dataclass(frozen=True)
class _Told:
    """A text that is looked for in what is handed over whole."""

    text: str


@dataclass
class _Search:
    """The needles, and which parts were looked through already without finding any of them."""

    needles: _Needles
    clean: dict[bytes, int] = field(default_factory=dict)  # digest -> the depth where it was met

    def is_new(self, digest: bytes, depth: int) -> bool:
        """Whether these bytes have not been looked through, or less deep than now."""
        return self.clean.get(digest, DEEPEST + 1) > depth


class Look:
    """Looks through a package, in one go or while it is being made.

    What is found clean is looked through once, wherever else it lies: many exhibits stand in the
    complaint again.
    """

    def __init__(self, withheld: Withheld) -> None:
        self._withheld = withheld
        self._searched: set[str] = set()
        self._search = _Search(_needles(withheld))

    def whole(self, shown: Iterable[PackageFile]) -> Iterator[Leak]:
        """First, and once: the exhibits that are handed over whole, as they are.

        Texts and names that stand in one of them are not looked for in anything else. What is
        wrapped in them is looked at by `leaks`.
        """
        rest, found = in_whole(self._withheld, self._noted(shown))
        self._search = _Search(_needles(rest))
        yield from found

    def leaks(self, files: Iterable[PackageFile]) -> Iterator[Leak]:
        """Every place where something withheld stands in these files, in their order."""
        yield from _in_files(files, self._search, self._searched)

    def _noted(self, shown: Iterable[PackageFile]) -> Iterator[PackageFile]:
        for file in shown:
            self._searched.add(file.path)
            yield file


def in_whole(withheld: Withheld, shown: Iterable[PackageFile]) -> tuple[Withheld, list[Leak]]:
    """Search exhibits that are handed over whole, as they are, in one reading.

    Returns:
        The secrets without texts and names that stand in them: what a person hands over in one
        exhibit is not withheld because another exhibit leaves it out. And every other leak.
    """
    secret = _needles(replace(withheld, texts=frozenset(), names=frozenset()))
    plain = ((fold(text), text) for text in withheld.texts | withheld.names)
    both = Needles[Kind | _Told](
        [*secret.spelled, *((folded, _Told(text)) for folded, text in plain)]
    )
    told: set[str] = set()
    leaks: dict[Leak, None] = {}
    for file in shown:
        for piece in _pieces(file):
            leaks |= dict.fromkeys(_as_bytes(file.path, piece, secret))
            for found in both.found_in_bytes(piece):
                if isinstance(found, _Told):
                    told.add(found.text)
                else:
                    leaks[Leak(file.path, found, "text")] = None
    rest = replace(withheld, texts=withheld.texts - told, names=withheld.names - told)
    return rest, list(leaks)


def _needles(withheld: Withheld) -> _Needles:
    made = _Needles(files=withheld.digests)
    texts = made.spelled
    for kind, secrets in (
        (Kind.DIGEST, [bytes.fromhex(digest) for digest in withheld.digests]),
        (Kind.SALT, withheld.salts),
    ):
        for secret in secrets:
            start = secret[:PREFIX_BYTES]
            made.raw.append((start, kind, "raw"))
            texts.append((start.hex(), kind))  # also in groups, and over a broken line
            made.lower.append((base64.b32encode(secret)[:12].lower(), kind, "base32"))
    for one in withheld.ids:
        plain = one.replace("-", "").lower()
        texts += [(one.lower(), Kind.ID), (plain, Kind.ID)]
        made.raw.append((bytes.fromhex(plain), Kind.ID, "raw"))
    for kind, words in ((Kind.NAME, withheld.names), (Kind.TEXT, withheld.texts)):
        texts += [(fold(word), kind) for word in words]
    return made


def _in_files(
    files: Iterable[PackageFile], search: _Search, searched: Collection[str]
) -> Iterator[Leak]:
    small: list[tuple[str, bytes]] = []
    for file in files:
        yield from dict.fromkeys(_in_text(file.path, file.path, search.needles))
        if file.sha256 in search.needles.files:
            yield Leak(file.path, Kind.BYTES, "raw")
        is_searched = file.path in searched
        if is_searched or file.size > SMALL_BYTES:
            yield from dict.fromkeys(_in_file(file, search, is_searched=is_searched))
            continue
        with file.open() as told:
            small.append((file.path, told.read()))
        if len(small) == TOGETHER:
            yield from _in_small(small, search)
            small = []
    yield from _in_small(small, search)


def _in_small(files: Sequence[tuple[str, bytes]], search: _Search) -> Iterator[Leak]:
    """Papers of a few lines, of which there are thousands: at once, as long as all are clean."""
    alike = [(path, data) for path, data in files if not is_packed(data)]
    together = BETWEEN.join(data for _, data in alike)
    is_clean = not any(_in_part("", together, search, 0))
    for path, data in files:
        if not is_clean or is_packed(data):
            yield from dict.fromkeys(_in_part(path, data, search, 0))


def _in_file(file: PackageFile, search: _Search, *, is_searched: bool) -> Iterator[Leak]:
    if file.size <= WHOLE_BYTES:
        with file.open() as whole:
            yield from _in_part(file.path, whole.read(), search, 0, is_searched=is_searched)
        return
    if not is_searched:  # what is packed in so large a file is its exhibit's own
        for piece in _pieces(file):
            yield from _in_piece(file.path, piece, search.needles)


def _pieces(file: PackageFile) -> Iterator[bytes]:
    """The file's bytes in pieces that overlap, so that nothing stands on a border."""
    with file.open() as whole:
        tail = b""
        while chunk := whole.read(CHUNK_BYTES):
            yield tail + chunk
            tail = (tail + chunk)[-OVERLAP_BYTES:]


def _in_part(
    path: str, data: bytes, search: _Search, depth: int, *, is_searched: bool = False
) -> Iterator[Leak]:
    """A file, or what was unwrapped from one: as it is, and whatever is wrapped in it."""
    digest = sha256(data)
    if not search.is_new(digest, depth):
        return
    is_clean = True
    for leak in _in_new_part(path, data, digest, search, depth, is_searched):
        is_clean = False
        yield leak
    if is_clean:
        search.clean[digest] = depth


def _in_new_part(
    path: str, data: bytes, digest: bytes, search: _Search, depth: int, is_searched: bool
) -> Iterator[Leak]:
    if depth and digest.hex() in search.needles.files:
        yield Leak(path, Kind.BYTES, "raw")
    plain, inside = _opened(data, search, depth)
    if not is_searched:
        yield from _plain(path, plain, search.needles)
    for name, inner in inside:
        yield from _in_wrapped(path, name, inner, search, depth)


def _opened(data: bytes, search: _Search, depth: int) -> tuple[bytes, Iterable[tuple[str, bytes]]]:
    """What is to be read of it, and what is inside.

    Of a PDF that was found clean and then signed: what the signature added.
    """
    if depth >= DEEPEST:
        return data, ()
    for end, digest in pdf_parts.revisions(data):
        if not search.is_new(digest, depth) and (added := pdf_parts.added(data, end)):
            update, parts = added
            return update, chain(parts, packed(update))
    return opened(data)


def _in_wrapped(path: str, name: str, inner: bytes, search: _Search, depth: int) -> Iterator[Leak]:
    yield from _in_text(f"{path}!{name}", name, search.needles)
    yield from _in_part(f"{path}!{name}", inner, search, depth + 1)


def _plain(path: str, data: bytes, needles: _Needles) -> Iterator[Leak]:
    for at in range(0, max(len(data), 1), CHUNK_BYTES):
        yield from _in_piece(path, data[max(0, at - OVERLAP_BYTES) : at + CHUNK_BYTES], needles)


def _in_piece(path: str, data: bytes, needles: _Needles) -> Iterator[Leak]:
    yield from _as_bytes(path, data, needles)
    for kind in needles.texts.found_in_bytes(data):
        yield Leak(path, kind, "text")


def _as_bytes(path: str, data: bytes, needles: _Needles) -> Iterator[Leak]:
    lower = data.lower()
    for haystack, searched in ((data, needles.raw), (lower, needles.lower)):
        for needle, kind, how in searched:
            if needle in haystack:
                yield Leak(path, kind, how)


def _in_text(path: str, text: str, needles: _Needles) -> Iterator[Leak]:
    for kind in needles.texts.found_in(fold(text)):
        yield Leak(path, kind, "text")
