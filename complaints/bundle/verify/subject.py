"""What is being checked: one package, opened, and what its checks have found out so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from complaints.bundle import layout
from complaints.bundle.verify.container import (
    BROKEN_FILE,
    Container,
    UnreadableFileError,
    read_whole,
)
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Ledger, Name
from evidence.integrity.digest import hash_stream
from evidence.integrity.timestamp import Token
from evidence.integrity.trust import Trust

MANIFEST_BYTES = 16 * 1024 * 1024
PROOF_BYTES = 1024 * 1024
SM3_BYTES = 256 * 1000 * 1000  # of exhibits, without being asked for: seconds
RECORDS_BYTES = 64 * 1024 * 1024


@dataclass
class Subject:
    """One package. Paths are relative to its own folder, wherever that lies in the container."""

    container: Container
    prefix: str  # of the package's folder within the container, "" or ending in a slash
    trusted: Trusted
    ledger: Ledger = field(default_factory=Ledger)
    digests: dict[str, tuple[str, int]] = field(default_factory=dict)  # by path, once hashed
    sm3: dict[str, str] = field(default_factory=dict)  # by path, of what lies in 3_EXHIBITS
    with_sm3: bool | None = None  # as the recipient asked; None: where it takes no long time
    package: dict[str, Any] | None = None
    exhibits: dict[str, Any] | None = None
    history: dict[str, Any] | None = None  # of the log: what was stamped earlier
    trust: Trust | None = None
    signed: set[str] = field(default_factory=set)  # paths of manifests whose signature holds
    # Outside tokens that hold, by the path of the checkpoint that they stand over.
    stamped: dict[str, list[Token]] = field(default_factory=dict)
    proved: list[dict[str, Any]] = field(default_factory=list)  # exhibits with records under a root
    read_again: set[str] = field(default_factory=set)  # numbers of those compared with an export
    too_large: set[str] = field(default_factory=set)  # named once, however often they are asked for

    @cached_property
    def compares_sm3(self) -> bool:
        """Whether SM3 is computed: as asked, else unless it would take longer than all the rest."""
        if self.with_sm3 is not None:
            return self.with_sm3
        folder = f"{self.prefix}{layout.EXHIBITS_FOLDER}/"
        sizes = [size for name, size in self.container.files.items() if name.startswith(folder)]
        return sum(sizes) <= SM3_BYTES

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return self.prefix + path in self.container.files

    def read(self, path: str, *, limit: int = PROOF_BYTES) -> bytes | None:
        """A small file; None when it is missing or cannot be read (the files check says so).

        One that is larger than such a file can be is whole, so no other check would name it.
        """
        if not self.has(path):
            return None
        if self.container.files[self.prefix + path] > limit and path not in self.too_large:
            self.too_large.add(path)
            self.ledger.changed(Name.FILES, "file-unreadable", where=path)
        try:
            return read_whole(self.container, self.prefix + path, limit=limit)
        except UnreadableFileError:
            return None

    def hash_anew(self, path: str, algorithm: str) -> str | None:
        """A file's digest by another algorithm than SHA-256, in hex; None: it cannot be read."""
        try:
            with self.container.open(self.prefix + path) as file:
                return hash_stream(file, algorithm=algorithm)[0]
        except (KeyError, UnreadableFileError, *BROKEN_FILE):
            return None

    def each_exhibit(self) -> list[dict[str, Any]]:
        """The exhibits of the manifest, once that was read."""
        return [] if self.exhibits is None else list(self.exhibits["exhibits"])

    def stated(self, path: str) -> str | None:
        """The digest that package.json states for a path."""
        if self.package is None:
            return None
        for file in self.package["files"]:
            if file["path"] == path:
                return str(file["sha256"])
        return None


def find_prefix(container: Container) -> str | None:
    """Where the package's folder is: the shallowest place that has a package manifest."""
    tail = layout.PACKAGE
    places = [
        name.removesuffix(tail)
        for name in container.files
        if name == tail or name.endswith("/" + tail)
    ]
    if not places:
        return None
    shallowest = min(place.count("/") for place in places)
    nearest = [place for place in places if place.count("/") == shallowest]
    return nearest[0] if len(nearest) == 1 else None
