"""The check of case.jsonld: a signed description that says something else would mislead.

docs/formats/case-uco.md. It is made again from what it is made of, and compared. It
proves nothing by itself, so a package without it spoils no verdict and nothing is said of it.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from complaints.bundle import case_uco, formats, layout
from complaints.bundle.case_uco import Listed
from complaints.bundle.verify.subject import MANIFEST_BYTES, RECORDS_BYTES, Subject
from complaints.bundle.verify.verdict import Name
from complaints.errors import ComplaintError
from evidence.errors import EvidenceError
from evidence.integrity.digest import NotCanonicalError, read_canonical

LATER = re.compile(r"liuzheng/case/v(?:[2-9]|[1-9][0-9]{1,3})")


def check_case(subject: Subject) -> None:
    """The description is the one that these manifests, events and proofs give."""
    ledger, where = subject.ledger, layout.CASE_UCO
    if subject.exhibits is None:
        return  # the manifests check names it
    expected = _made_again(subject, subject.exhibits)
    if expected is None:
        return  # there is none, or another check names what is not as listed or cannot be read
    if subject.stated(where) == expected:
        ledger.passed(Name.CASE, "case", where=where)
    elif _is_later(subject.read(where, limit=RECORDS_BYTES)):
        ledger.cannot(Name.CASE, "version", where=where)
    else:
        ledger.changed(Name.CASE, "case-other", where=where)


def _made_again(subject: Subject, exhibits: dict[str, Any]) -> str | None:
    """The digest that it should have; None where it or one of its sources is not as listed."""
    files = subject.package["files"] if subject.package else []
    listed = {file["path"]: Listed(file["sha256"], file["size"]) for file in files}
    sources = {layout.CASE_UCO, *case_uco.made_of(exhibits)}
    if layout.SM3 in listed:
        sources.add(layout.SM3)
    if any(path not in listed or subject.digests.get(path) != listed[path] for path in sources):
        return None
    try:
        sm3 = None
        if layout.SM3 in listed:
            raw = subject.read(layout.SM3, limit=MANIFEST_BYTES) or b""
            sm3 = formats.read(raw, formats.SM3_V1)
        made = hashlib.sha256()
        for piece in case_uco.write(exhibits, sm3, listed, lambda path: subject.read(path) or b""):
            made.update(piece)
        return made.hexdigest()
    except (ComplaintError, EvidenceError):
        return None


def _is_later(raw: bytes | None) -> bool:
    """Whether it says of itself that it is of a later edition than the one that is known here."""
    try:
        value = read_canonical(raw or b"")
    except NotCanonicalError:
        return False
    graph = value.get("@graph") if isinstance(value, dict) else None
    first = graph[0] if isinstance(graph, list) and graph else None
    tags = first.get("uco-core:tag") if isinstance(first, dict) else None
    said = tags[0] if isinstance(tags, list) and tags else None
    return isinstance(said, str) and LATER.fullmatch(said) is not None
