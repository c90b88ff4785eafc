"""Looks through a whole finished package for what is withheld, whatever it is wrapped in.

The packager releases nothing while it finds something; the tests plant every kind of leak. It opens
archives, PDF streams and embedded files, decodes what looks like base64, base32 or hex, and reads
text in the encodings that people here use (docs/formats/package.md, "One form only").
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from complaints.bundle.needles import Needles
from complaints.bundle.package_files import PackageFile
from complaints.bundle.unwrapping import unwrapped
from complaints.bundle.withheld import Withheld
from evidence.integrity.digest import sha256_hex

PREFIX_BYTES = 8  # of a digest: 16 hex digits are printed on pages, and a parent's must not be
DEEPEST = 6  # wrappings within wrappings
CHUNK_BYTES = 32 * 1024 * 1024  # a larger file is searched in pieces that overlap
OVERLAP_BYTES = 64 * 1024
TEXT_CODECS = (("utf-8", 0), ("gb18030", 0))
WIDE_CODECS = (("utf-16-le", 0), ("utf-16-le", 1), ("utf-16-be", 0), ("utf-16-be", 1))
# White space, and the signs of no width at which long words are broken on pages.
_GAPS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")


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
    texts: Needles[Kind] = field(default_factory=lambda: Needles(()))  # in folded text


def look(files: Iterable[PackageFile], withheld: Withheld) -> Iterator[Leak]:
    """Every place where something withheld stands, once each, in the files' order."""
    if not withheld:
        return
    needles = _needles(withheld)
    for file in files:
        found = dict.fromkeys(_in_file(file, needles))
        yield from found


def still_withheld(withheld: Withheld, shown: Iterable[PackageFile]) -> Withheld:
    """The secrets without texts and names that stand in exhibits handed over whole.

    What a person hands over in one exhibit is not withheld because another exhibit leaves it out.
    """
    texts = Withheld(texts=withheld.texts | withheld.names)
    if not texts:
        return withheld
    plain = Needles((fold(text), text) for text in texts.texts)
    told: set[str] = set()
    for file in shown:
        for part in _pieces(file):
            for seen in map(fold, _texts(part)):
                told.update(plain.found_in(seen))
    return replace(withheld, texts=withheld.texts - told, names=withheld.names - told)


def fold(text: str) -> str:
    """A text as it is compared: without gaps (lines are broken anywhere), in one case."""
    return _GAPS.sub("", text).casefold()


def _needles(withheld: Withheld) -> _Needles:
    made = _Needles(files=withheld.digests)
    texts: list[tuple[str, Kind]] = []
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
    made.texts = Needles(texts)
    return made


def _in_file(file: PackageFile, needles: _Needles) -> Iterator[Leak]:
    yield from _in_text(file.path, file.path, needles)
    if file.sha256 in needles.files:
        yield Leak(file.path, Kind.BYTES, "raw")
    if file.size <= CHUNK_BYTES:
        with file.open() as opened:
            yield from _in_part(file.path, opened.read(), needles, 0)
        return
    for piece in _pieces(file):  # what is packed in so large a file is its exhibit's own
        yield from _plain(file.path, piece, needles)


def _pieces(file: PackageFile) -> Iterator[bytes]:
    """The file's bytes in pieces that overlap, so that nothing stands on a border."""
    with file.open() as opened:
        tail = b""
        while chunk := opened.read(CHUNK_BYTES):
            yield tail + chunk
            tail = (tail + chunk)[-OVERLAP_BYTES:]


def _in_part(path: str, data: bytes, needles: _Needles, depth: int) -> Iterator[Leak]:
    """A file, or what was unwrapped from one: as it is, and whatever is wrapped in it."""
    if depth and sha256_hex(data) in needles.files:
        yield Leak(path, Kind.BYTES, "raw")
    yield from _plain(path, data, needles)
    if depth < DEEPEST:
        for name, inner in unwrapped(data):
            yield from _in_text(f"{path}!{name}", name, needles)
            yield from _in_part(f"{path}!{name}", inner, needles, depth + 1)


def _plain(path: str, data: bytes, needles: _Needles) -> Iterator[Leak]:
    lower = data.lower()
    for haystack, searched in ((data, needles.raw), (lower, needles.lower)):
        for needle, kind, how in searched:
            if needle in haystack:
                yield Leak(path, kind, how)
    for text in _texts(data):
        yield from _in_text(path, text, needles)


def _texts(data: bytes) -> Sequence[str]:
    """The bytes as text in each encoding; two-byte ones may begin at an odd place."""
    return [data[at:].decode(codec, "ignore") for codec, at in TEXT_CODECS + WIDE_CODECS]


def _in_text(path: str, text: str, needles: _Needles) -> Iterator[Leak]:
    for kind in needles.texts.found_in(fold(text)):
        yield Leak(path, kind, "text")
