"""The complaint PDF with nothing beside it: what it carries inside, and what it only names."""

from __future__ import annotations

from typing import BinaryIO

from complaints.bundle import layout
from complaints.bundle.exhibits import Form
from complaints.bundle.verify import manifests, paper
from complaints.bundle.verify.subject import Subject
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Name, Verdict
from evidence.integrity.digest import sha256_hex
from evidence.integrity.signing import Domain

MANIFEST, SIGNATURE, TRUST = "exhibits.json", "exhibits.json.sig", "trust.json"


class _Nothing:
    """There is no container around a PDF that comes alone."""

    files: dict[str, int] = {}
    folders: set[str] = set()

    def open(self, name: str) -> BinaryIO:
        raise FileNotFoundError(name)


def check(file: BinaryIO, trusted: Trusted) -> Verdict:
    """Signature of the PDF, its embedded manifest, and each exhibit that is attached."""
    subject = Subject(_Nothing(), "", trusted)
    ledger = subject.ledger
    found = paper.open_paper(file)
    if found is None:
        ledger.cannot(Name.CONTAINER, "container-unreadable")
        return ledger.close()
    try:
        inside = paper.embedded(found)
    except ValueError:
        ledger.changed(Name.PDF, "pdf-broken", where=layout.COMPLAINT)
        return ledger.close()
    if MANIFEST not in inside or TRUST not in inside:
        ledger.cannot(Name.MANIFESTS, "no-manifest")
        return ledger.close()
    ledger.passed(Name.CONTAINER, "container", count=len(inside))
    manifests.check_trust(inside[TRUST], subject)
    subject.exhibits = manifests.check_manifest(
        layout.EXHIBITS, inside[MANIFEST], inside.get(SIGNATURE), Domain.EXHIBITS, subject
    )
    _check_attached(subject, inside)
    paper.check_signature(found, subject.trust, ledger)
    paper.check_token(found, subject.trust, trusted, ledger)
    manifests.say_what_is_claimed(subject)
    for key in ("beside", "outside-time", "before-arrival", "content"):
        ledger.not_proved(key)
    return ledger.close()


def _check_attached(subject: Subject, inside: dict[str, bytes]) -> None:
    """An attached exhibit has the digest that the manifest states; the others are only named."""
    ledger, known, held = subject.ledger, {MANIFEST, SIGNATURE, TRUST}, 0
    for exhibit in subject.each_exhibit():
        name = exhibit["path"].rsplit("/", 1)[1]
        if name not in inside:
            ledger.not_proved("not-attached", exhibit=exhibit["number"])
            continue
        known.add(name)
        if sha256_hex(inside[name]) != exhibit["sha256"]:
            ledger.changed(Name.FILES, "file-changed", where=name)
            continue
        held += 1
        if exhibit["form"] != Form.ORIGINAL:
            ledger.not_proved("parent", exhibit=exhibit["number"])
        if exhibit["form"] == Form.RECORDS:
            ledger.not_proved("reading", exhibit=exhibit["number"])
    for name in sorted(inside.keys() - known):
        ledger.changed(Name.FILES, "file-planted", where=name)
    if subject.exhibits is not None:
        if layout.EXHIBITS in subject.signed:
            count = len(subject.exhibits["exhibits"])
            ledger.passed(Name.MANIFESTS, "manifest-inside", count=count)
        ledger.passed(Name.FILES, "files", count=held)
