"""What must hold of a content before anything is built from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from complaints.bundle import layout
from complaints.bundle.content import PackageContent
from complaints.bundle.errors import ContentError, WithheldShownError
from complaints.bundle.exhibits import Exhibit, Form
from complaints.bundle.formats import DIGEST, UUID
from complaints.bundle.language import LANGUAGES
from evidence.errors import EvidenceError
from evidence.integrity.trust import read_trust

MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}")
COPY_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


def require(content: PackageContent, *, house: str) -> None:
    """Refuse a content that contradicts itself.

    Raises:
        ContentError: names the field. WithheldShownError: an exhibit is what is withheld.
    """
    _demand(bool(layout.CASE.fullmatch(content.case)), "case", "A-Z, 0-9 and hyphens only")
    _demand(content.language in LANGUAGES, "language", "unknown")
    _demand(content.bundle_time.utcoffset() is not None, "bundle_time", "needs its zone")
    _demand(bool(content.addressee and content.title), "addressee", "and title must be said")
    try:
        trust = read_trust(content.trust)
    except EvidenceError as cause:
        raise ContentError("trust", "cannot be read") from cause
    _demand(trust.fingerprint == house, "trust", "is another house's")
    numbers = [exhibit.number for exhibit in content.exhibits]
    _demand(len(set(numbers)) == len(numbers), "exhibits", "two have one number")
    for index, exhibit in enumerate(content.exhibits):
        _require_exhibit(exhibit, f"exhibits.{index}")
        if content.withheld.digests & {exhibit.sha256, exhibit.sm3}:
            raise WithheldShownError(path=layout.EXHIBITS)
    for place, named in _references(content):
        for number in named:
            _demand(number in numbers, place, "names an exhibit that is not there")


def _require_exhibit(exhibit: Exhibit, place: str) -> None:
    _demand(bool(layout.NUMBER.fullmatch(exhibit.number)), f"{place}.number", "is no A-1")
    _demand(bool(DIGEST.fullmatch(exhibit.sha256)), f"{place}.sha256", "is no digest")
    is_digest = exhibit.sm3 is None or bool(DIGEST.fullmatch(exhibit.sm3))
    _demand(is_digest, f"{place}.sm3", "is no digest")
    _demand(bool(UUID.fullmatch(exhibit.item)), f"{place}.item", "is no uuid")
    _demand(bool(MEDIA_TYPE.fullmatch(exhibit.media_type)), f"{place}.media_type", "is none")
    is_whole = exhibit.form is Form.ORIGINAL
    _demand(is_whole == (exhibit.parent is None), f"{place}.parent", "does not fit its form")
    if exhibit.parent is not None:
        commitment = exhibit.parent.commitment
        _demand(bool(DIGEST.fullmatch(commitment)), f"{place}.parent", "is no commitment")
    if not is_whole:  # name, dates and model of a withheld file would show it
        _demand(not exhibit.provenance, f"{place}.provenance", "is of what is withheld")
    if exhibit.form is Form.RECORDS:
        _demand(exhibit.extension == "json", f"{place}.extension", "records are json")
    for copy in exhibit.copies:
        named = COPY_NAME.fullmatch(copy.name) and MEDIA_TYPE.fullmatch(copy.media_type)
        _demand(bool(named), f"{place}.copies", "has a name or media type that is none")


def _references(content: PackageContent) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every place that names exhibits."""
    for index, fact in enumerate(content.facts):
        yield f"facts.{index}.exhibit", (fact.exhibit,) if fact.exhibit else ()
    if content.loan is not None:
        yield "loan.exhibits", content.loan.exhibits
    for field in (
        "act_groups", "lender_conduct", "figures", "pictures", "harm", "earlier_steps",
        "citations", "numbers",
    ):  # fmt: skip
        for index, entry in enumerate(getattr(content, field)):
            yield f"{field}.{index}.exhibits", entry.exhibits


def _demand(holds: bool, field: str, why: str) -> None:
    if not holds:
        raise ContentError(field, why)
