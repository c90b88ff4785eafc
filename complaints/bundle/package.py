"""Builds one package out of its content: papers, proof, manifests, signatures, in that order."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from complaints.bundle import (
    case_uco,
    coherence,
    fonts,
    layout,
    lookout,
    manifest,
    paging,
    pdf,
    proof_files,
    stamped_signature,
    sums,
    text_files,
)
from complaints.bundle.content import PackageContent
from complaints.bundle.errors import ContentError, ExhibitChangedError
from complaints.bundle.exhibits import Exhibit, Form, Opener
from complaints.bundle.fonts import FontSet
from complaints.bundle.lookout import Lookout
from complaints.bundle.package_files import Package, PackageFile, Progress
from complaints.bundle.stamping import EmbeddedStamper, Stamper, stamp
from complaints.bundle.wording import Words
from evidence.integrity import signing
from evidence.integrity.digest import (
    SHA256,
    SM3,
    hash_stream,
    hash_stream_by,
    is_available,
    sha256_hex,
)
from evidence.integrity.house import House

JSON, PDF, TEXT, HTML = "application/json", "application/pdf", "text/plain", "text/html"
TOKEN, BYTES = "application/timestamp-reply", "application/octet-stream"
LD_JSON = "application/ld+json"

# Small exhibits are embedded too, for desks that take one PDF and nothing else.
ATTACH_EACH_BYTES = 512 * 1024
ATTACH_ALL_BYTES = 8 * 1024 * 1024


@contextmanager
def building(
    content: PackageContent,
    *,
    house: House,
    fonts: FontSet,
    clock: Callable[[], datetime],
    stampers: Sequence[Stamper] = (),
    signature_stampers: Sequence[Stamper] = (),
    scratch: Path | None = None,
    progress: Progress = lambda step, done, whole: None,
) -> Iterator[Package]:
    """Build the package. It may leave the house only after the block is left without an error.

    Within the block it may be written and verified; meanwhile another process looks through it
    for what is withheld, and leaving the block waits for the answer.

    The embedded TSA always stamps; `stampers` are outside ones, and must.

    `signature_stampers` are asked in their order for the complaint's signature, before `stampers`;
    one that gives no token is told in the answer (`Package.stamped`) and stops nothing.

    `clock` gives the time of tokens; what is printed comes from `content.bundle_time`. `scratch`
    holds page pictures while the pages are set.

    Raises:
        ContentError, UnprintableError: the content; nothing was built.
        ExhibitChangedError: an exhibit's bytes are not those that its digest names.
        WithheldShownError: a file would show what is withheld; told at the latest at the end.
        StampRefusedError, PageSettingError, LookFailedError.
    """
    asked = (*signature_stampers, *stampers)
    with lookout.over(content.withheld) as look:
        yield _Build(
            content, house, fonts, clock, tuple(stampers), asked, scratch, progress, look
        ).run()
        look.require_clear()


def build(content: PackageContent, **how: Any) -> Package:
    """What `building` makes of the same arguments, looked through."""
    with building(content, **how) as built:
        return built


@dataclass
class _Build:
    content: PackageContent
    house: House
    fonts: FontSet
    clock: Callable[[], datetime]
    outside: tuple[Stamper, ...]
    asked: tuple[Stamper, ...]  # for the signature's token
    scratch: Path | None
    progress: Progress
    lookout: Lookout

    def run(self) -> Package:
        content, house = self.content, self.house.fingerprint
        coherence.require(content, house=house)
        fonts.refuse_unprintable(content, self.fonts)
        self.files: dict[str, PackageFile] = {}
        with_sm3 = tuple(_with_sm3(exhibit) for exhibit in content.exhibits)
        content = self.content = replace(content, exhibits=with_sm3)
        self._add(layout.SM3, manifest.write_sm3(content), JSON)
        for path, (data, media_type) in proof_files.of(content).items():
            self._add(path, data, media_type)
        exhibits = manifest.write_exhibits(content, house=house)
        exhibits_digest = sha256_hex(exhibits)
        self._add(layout.EXHIBITS, exhibits, JSON)
        sign = partial(signing.sign, self.house.manifest_key)
        exhibits_signature = sign(signing.Domain.EXHIBITS, exhibits)
        self._add(layout.EXHIBITS_SIGNATURE, exhibits_signature, BYTES)
        self._stamp(exhibits, layout.EXHIBITS_TOKEN)
        pages = self._add_papers(exhibits, exhibits_signature, exhibits_digest)
        words = Words(content.language, self.fonts)
        self._add(layout.INDEX, text_files.index(content, words, pages), TEXT)
        if content.checker is not None:
            self._add(layout.CHECKER, content.checker, HTML)
        listed = manifest.write_package(
            content,
            house=house,
            exhibits_sha256=exhibits_digest,
            stamps=1 + len(self.outside),
            files=[
                {"path": f.path, "sha256": f.sha256, "size": f.size, "media_type": f.media_type}
                for f in self.files.values()
            ],
        )
        # Signed last: after this, nothing listed may change.
        self._add(layout.PACKAGE, listed, JSON)
        self._add(layout.PACKAGE_SIGNATURE, sign(signing.Domain.PACKAGE, listed), BYTES)
        self._stamp(listed, layout.PACKAGE_TOKEN)
        digests = {file.path: file.sha256 for file in self.files.values()}
        self._add(layout.SUMS, sums.write(digests), TEXT)
        self.lookout.look_beside(self._to_look_through())
        return Package(
            case=content.case,
            built_at=content.bundle_time,
            files=tuple(self.files[path] for path in sorted(self.files)),
            exhibits_digest=exhibits_digest,
            package_digest=sha256_hex(listed),
            complaint_digest=self.files[layout.COMPLAINT].sha256,
            house_fingerprint=house,
            stamped=self.stamped,
        )

    def _add(self, path: str, data: bytes, media_type: str) -> None:
        self._keep(_file(path, data, media_type))

    def _to_look_through(self) -> list[PackageFile]:
        """What was made until now, the largest last: they are waited for."""
        # The offline page was built before there was a case and is the same in every package: it
        # can show nothing, though its own sentences may be words that somebody else wrote, too.
        made = [file for path, file in self.files.items() if path != layout.CHECKER]
        return sorted(made, key=lambda file: file.size)

    def _keep(self, file: PackageFile) -> None:
        if file.path in self.files:
            raise ContentError("exhibits", "two files would have one name")
        self.files[file.path] = file

    def _add_exhibits(self) -> None:
        """Read every exhibit: its bytes must be those that its digest names."""
        whole = len(self.content.exhibits)
        for done, exhibit in enumerate(self.content.exhibits):
            self.progress("exhibits", done, whole)
            _require_unchanged(exhibit, *_hash(exhibit.open))
            path = layout.exhibit_path(exhibit.number, exhibit.extension)
            file = PackageFile(path, exhibit.sha256, exhibit.size, exhibit.media_type, exhibit.open)
            self._keep(file)
            if exhibit.form is Form.ORIGINAL:
                self.lookout.show(file)
            for copy in exhibit.copies:
                path = layout.copy_path(exhibit.number, copy.name, copy.extension)
                self._keep(PackageFile(path, *_hash(copy.open), copy.media_type, copy.open))
            if exhibit.recording is not None and exhibit.recording.transcript:
                path = layout.copy_path(exhibit.number, "transcript", "txt")
                self._add(path, text_files.transcript(exhibit, self.content.language), TEXT)

    def _stamp(self, data: bytes, name: str) -> None:
        """Tokens over a manifest: the embedded TSA's is number 1."""
        digest = bytes.fromhex(sha256_hex(data))
        for number, stamper in enumerate((self._embedded, *self.outside), 1):
            self._add(name.format(n=number), stamp(stamper, digest, self.house), TOKEN)

    @property
    def _embedded(self) -> Stamper:
        return EmbeddedStamper(self.house, self.clock)

    def _add_papers(
        self, exhibits: bytes, exhibits_signature: bytes, digest: str
    ) -> Mapping[str, paging.Pages]:
        """Set both papers, sign the complaint; on which of its pages each exhibit stands."""
        attachments = [
            pdf.Attachment("exhibits.json", JSON, "exhibit manifest", "data", exhibits),
            pdf.Attachment(
                "exhibits.json.sig", BYTES, "its signature", "supplement", exhibits_signature
            ),
            pdf.Attachment(
                "trust.json", JSON, "keys of the house", "supplement", self.content.trust
            ),
            *self._small_exhibits(),
        ]
        how: dict[str, Any] = {
            "house": self.house.fingerprint,
            "exhibits_digest": digest,
            "fonts": self.fonts,
            "scratch": self.scratch,
        }
        # Typesetters and lookout are processes of their own: they work while this one reads the
        # exhibits, of which the papers need only what is stated, and makes what they do not print.
        with ThreadPoolExecutor(2) as beside:
            setting = beside.submit(pdf.complaint, self.content, attachments=attachments, **how)
            first = beside.submit(pdf.first, self.content, **how)
            self._add_exhibits()
            self._add(layout.CASE_UCO, case_uco.of(self.files), LD_JSON)
            self.progress("pages", 0, 2)
            self._add(layout.READ_FIRST, first.result(), PDF)
            self.lookout.look(self._to_look_through())
            self.progress("pages", 1, 2)
            unsigned = setting.result()
        # Now, so that what is left to look at afterwards is what the signature adds.
        self.lookout.look_beside([_file(layout.COMPLAINT, unsigned, PDF)])
        self.progress("signature", 0, 1)
        signed, self.stamped = stamped_signature.sign(
            unsigned,
            house=self.house,
            outside=self.asked,
            embedded=self._embedded,
            at=self.clock(),
        )
        self._add(layout.COMPLAINT, signed, PDF)
        return paging.pages_of(unsigned, [exhibit.number for exhibit in self.content.exhibits])

    def _small_exhibits(self) -> list[pdf.Attachment]:
        """In the exhibits' order, as long as they fit."""
        chosen, room = [], ATTACH_ALL_BYTES
        for exhibit in self.content.exhibits:
            if exhibit.size > min(room, ATTACH_EACH_BYTES):
                continue
            room -= exhibit.size
            path = layout.exhibit_path(exhibit.number, exhibit.extension)
            with exhibit.open() as file:
                data = file.read()
            _require_unchanged(exhibit, sha256_hex(data), len(data))
            chosen.append(
                pdf.Attachment(
                    path.rsplit("/", 1)[1], exhibit.media_type, exhibit.number, "source", data
                )
            )
        return chosen


def _file(path: str, data: bytes, media_type: str) -> PackageFile:
    return PackageFile(path, sha256_hex(data), len(data), media_type, _opener(data))


def _opener(data: bytes) -> Opener:
    def opened() -> BinaryIO:
        return io.BytesIO(data)

    return opened


def _with_sm3(exhibit: Exhibit) -> Exhibit:
    """With its SM3: the one that is known, else read from its bytes, which must be unchanged."""
    if exhibit.sm3 is not None or not is_available(SM3):
        return exhibit
    with exhibit.open() as opened:
        found, size = hash_stream_by(opened, (SHA256, SM3))
    _require_unchanged(exhibit, found[SHA256], size)
    return replace(exhibit, sm3=found[SM3])


def _require_unchanged(exhibit: Exhibit, sha256: str, size: int) -> None:
    if (sha256, size) != (exhibit.sha256, exhibit.size):
        raise ExhibitChangedError(number=exhibit.number, stated=exhibit.sha256, computed=sha256)


def _hash(opened: Opener) -> tuple[str, int]:
    with opened() as file:
        return hash_stream(file)
