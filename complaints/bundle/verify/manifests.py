"""Checks 1 to 3: keys, manifests and their signatures. Signatures come before meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaints.bundle import formats, layout
from complaints.bundle.verify.subject import MANIFEST_BYTES, Subject
from complaints.bundle.verify.verdict import Name
from evidence.errors import EvidenceError
from evidence.integrity import signing
from evidence.integrity.digest import sha256_hex
from evidence.integrity.signing import Domain
from evidence.integrity.times import read_time
from evidence.integrity.trust import Entry, Role, TrustVersionError, read_trust


def check_trust(raw: bytes | None, subject: Subject) -> None:
    """trust.json: signed by the house key that it names; and is that the house we were told of?"""
    ledger = subject.ledger
    if raw is None:
        ledger.missing(Name.SIGNER, "file-missing", where=layout.TRUST)
        return
    try:
        # A later list of the same house may say that a key had ended by then.
        subject.trust = subject.trusted.newest(read_trust(raw))
    except TrustVersionError:
        ledger.cannot(Name.SIGNER, "version", where=layout.TRUST)
        return
    except EvidenceError:
        ledger.changed(Name.SIGNER, "trust-broken", where=layout.TRUST)
        return
    fingerprint = subject.trust.fingerprint
    if not subject.trusted.houses:
        ledger.unknown(Name.SIGNER, "signer-unknown", fingerprint=fingerprint)
        ledger.not_proved("signer")
    elif fingerprint in subject.trusted.houses:
        ledger.signer_known = True
        ledger.passed(Name.SIGNER, "signer-known", fingerprint=fingerprint)
    else:
        ledger.changed(Name.SIGNER, "signer-foreign", where=layout.TRUST, fingerprint=fingerprint)


def check_manifest(
    path: str, raw: bytes, signature: bytes | None, domain: Domain, subject: Subject
) -> dict[str, Any] | None:
    """One manifest: its signature over the stored bytes first, then its form. None: unusable."""
    ledger = subject.ledger
    shape = formats.PACKAGE_V1 if domain is Domain.PACKAGE else formats.EXHIBITS_V1
    signers = _signers(path, raw, signature, domain, subject)
    if signers:
        subject.signed.add(path)
    try:
        value = formats.read(raw, shape)
    except formats.ManifestVersionError:
        if signers != []:
            ledger.cannot(Name.MANIFESTS, "version", where=path)
        return None
    except formats.ManifestFormatError:
        if signers == []:
            ledger.changed(Name.MANIFESTS, "manifest-broken", where=path)
        else:
            ledger.cannot(Name.MANIFESTS, "manifest-unreadable", where=path)
        return None
    at = read_time(value["built_at"])
    if signers and not any(entry.covers(at) for entry in signers):
        ledger.changed(Name.SIGNATURES, "key-not-in-use", where=path)
    if subject.trust is not None and value["house"] != subject.trust.fingerprint:
        ledger.changed(Name.SIGNATURES, "house-other", where=path)
    return value


def check_together(subject: Subject, exhibits_raw: bytes) -> None:
    """The two manifests and the files they name agree with each other."""
    ledger, package, exhibits = subject.ledger, subject.package, subject.exhibits
    if package is None or exhibits is None:
        return
    if package["exhibits_sha256"] != sha256_hex(exhibits_raw):
        ledger.changed(Name.MANIFESTS, "exhibits-other", where=layout.EXHIBITS)
    for member in ("case", "built_at", "language", "sample", "house"):
        if package[member] != exhibits[member]:
            ledger.changed(Name.MANIFESTS, "manifests-differ", where=layout.PACKAGE, member=member)
    listed = {file["path"]: file for file in package["files"]}
    for exhibit in exhibits["exhibits"]:
        file = listed.get(exhibit["path"])
        if file is None or (file["sha256"], file["size"]) != (exhibit["sha256"], exhibit["size"]):
            ledger.changed(Name.MANIFESTS, "exhibit-unlisted", where=exhibit["path"])
        for path in named_by(exhibit):
            if path not in listed:
                ledger.changed(Name.MANIFESTS, "exhibit-unlisted", where=path)
    if len(listed) != len(package["files"]):
        ledger.changed(Name.MANIFESTS, "listed-twice", where=layout.PACKAGE)
    if subject.signed >= {layout.PACKAGE, layout.EXHIBITS}:
        ledger.passed(Name.MANIFESTS, "manifests", count=len(exhibits["exhibits"]))


def say_what_is_claimed(subject: Subject) -> None:
    """What phone and file say of themselves is signed as it was told, never as true."""
    if any("statement" in exhibit["provenance"] for exhibit in subject.each_exhibit()):
        subject.ledger.not_proved("provenance")


def named_by(exhibit: Mapping[str, Any]) -> list[str]:
    """Every file that an exhibit's entry names besides its own."""
    paths = [*exhibit["custody"], *exhibit["copies"]]
    paths += [token["path"] for token in exhibit["tokens"]]
    if exhibit["receipt"] is not None:
        paths += exhibit["receipt"].values()
    if exhibit["records"] is not None:
        paths.append(exhibit["records"])
    if exhibit["parent"] is not None:
        paths += exhibit["parent"]["events"]
    return paths


def _signers(
    path: str, raw: bytes, signature: bytes | None, domain: Domain, subject: Subject
) -> list[Entry] | None:
    """The house's manifest keys that signed these bytes: none did where empty. None: not known."""
    if signature is None:
        subject.ledger.missing(Name.SIGNATURES, "signature-missing", where=f"{path}.sig")
        return None
    if subject.trust is None:
        subject.ledger.cannot(Name.SIGNATURES, "no-keys", where=path)
        return None
    entries = subject.trust.of(Role.MANIFEST)
    found = [entry for entry in entries if _is_signed(entry, domain, raw, signature)]
    if found:
        subject.ledger.passed(Name.SIGNATURES, "signature", where=path)
    else:
        subject.ledger.changed(Name.SIGNATURES, "signature-wrong", where=path)
    return found


def _is_signed(entry: Entry, domain: Domain, raw: bytes, signature: bytes) -> bool:
    try:
        signing.verify(entry.public_key(), domain, raw, signature)
    except EvidenceError:  # another's signature, or a key of another kind in the list
        return False
    return True


def read_manifest(subject: Subject, path: str) -> bytes | None:
    """A manifest's bytes."""
    return subject.read(path, limit=MANIFEST_BYTES)
