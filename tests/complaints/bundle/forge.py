"""What somebody could do to a package after it left the house, done to the bytes of one."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from complaints.bundle import case_uco, formats, layout, package, sums
from complaints.bundle.case_uco import Listed
from complaints.bundle.stamping import EmbeddedStamper, stamp
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Check, Verdict
from complaints.errors import ComplaintError
from evidence.errors import EvidenceError
from evidence.integrity import signing
from evidence.integrity.digest import canonical, sha256_hex
from evidence.integrity.house import House

from . import make_package as make

Files = dict[str, bytes]
CASE = "LZ-SAMPLE-0001"


@cache
def built() -> package.Package:
    """One sample package, built once for all tests."""
    return package.build(make.content(), house=make.house(), fonts=make.fonts(), clock=make.clock)


def files() -> Files:
    """The bytes of the sample package by path, to be changed at will."""
    return files_of(built())


def files_of(of: package.Package) -> Files:
    found = {}
    for file in of.files:
        with file.open() as opened:
            found[file.path] = opened.read()
    return found


def zip_of(content: Mapping[str, bytes], *, root: str = f"{CASE}/") -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in content.items():
            archive.writestr(root + path, data)
    out.seek(0)
    return out


def verdict_of(content: Mapping[str, bytes], *, trust: str | None = None) -> Verdict:
    """Check these files as a ZIP; `trust` is a house's fingerprint."""
    trusted = Trusted(houses=frozenset([trust])) if trust else Trusted()
    return check_zip(zip_of(content), trusted)


def failures(verdict: Verdict) -> list[Check]:
    return [check for check in verdict.checks if check.result == "fail"]


def blamed(verdict: Verdict) -> set[str]:
    """The files that failed checks name."""
    return {check.where for check in failures(verdict) if check.where}


def flip(data: bytes, at: int | None = None) -> bytes:
    """One byte changed, in the middle unless said otherwise."""
    at = len(data) // 2 if at is None else at
    return data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :]


def rewrite(content: Files, path: str, **members: Any) -> Files:
    """A JSON file with some members replaced, spelled canonically."""
    value = json.loads(content[path]) | members
    return content | {path: canonical(value)}


def edit_exhibits(content: Files, edit: Callable[[Any], None]) -> Files:
    """The exhibit manifest edited, not signed anew."""
    value = json.loads(content[layout.EXHIBITS])
    edit(value)
    return content | {layout.EXHIBITS: canonical(value)}


def resign(content: Files, house: House, /, *, described: bool = True, **members: Any) -> Files:
    """List and sign everything anew with this house's keys; `members` go into package.json.

    The description follows from what it is made of, as a house would make it, unless not asked for.
    """
    content = dict(content)
    signed = json.loads(content[layout.EXHIBITS]) | {"house": house.fingerprint}
    content[layout.EXHIBITS] = canonical(signed)
    content |= _sign(layout.EXHIBITS, content[layout.EXHIBITS], signing.Domain.EXHIBITS, house)
    if described and layout.CASE_UCO in content:
        content[layout.CASE_UCO] = describe(content)
    listed = json.loads(content[layout.PACKAGE])
    types = {file["path"]: file["media_type"] for file in listed["files"]}
    listed["house"] = house.fingerprint
    listed["exhibits_sha256"] = sha256_hex(content[layout.EXHIBITS])
    listed["files"] = [
        {
            "path": path,
            "sha256": sha256_hex(data),
            "size": len(data),
            "media_type": types.get(path, "text/plain"),
        }
        for path, data in sorted(content.items())
        if not layout.is_unlisted(path)
    ]
    content[layout.PACKAGE] = canonical(listed | members)
    content |= _sign(layout.PACKAGE, content[layout.PACKAGE], signing.Domain.PACKAGE, house)
    return resum(content)


def describe(content: Files) -> bytes:
    """`case.jsonld` of these files; as it was where it cannot be made of them."""
    listed = {path: Listed(sha256_hex(data), len(data)) for path, data in content.items()}
    try:
        sm3 = content.get(layout.SM3)
        return b"".join(
            case_uco.write(
                formats.read(content[layout.EXHIBITS], formats.EXHIBITS_V1),
                None if sm3 is None else formats.read(sm3, formats.SM3_V1),
                listed,
                content.__getitem__,
            )
        )
    except (ComplaintError, EvidenceError, KeyError):
        return content[layout.CASE_UCO]


def resum(content: Files) -> Files:
    """SHA256SUMS.txt written anew: anybody can."""
    others = {path: sha256_hex(data) for path, data in content.items() if path != layout.SUMS}
    return content | {layout.SUMS: sums.write(others)}


@cache  # one manifest of the two is mostly left as it is
def _sign(path: str, raw: bytes, domain: signing.Domain, house: House) -> Files:
    token = stamp(EmbeddedStamper(house, make.clock), bytes.fromhex(sha256_hex(raw)), house)
    return {f"{path}.sig": signing.sign(house.manifest_key, domain, raw), f"{path}.1.tsr": token}


def zipped(out: io.BytesIO) -> Files:
    """The files of a ZIP by their full names."""
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
