"""One installation's keys: made once, kept as files, rotated one by one (docs/formats/trust.md).

Pure: file names and contents by argument; `var/keys/` and its modes are the caller's business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from evidence.errors import EvidenceError
from evidence.integrity import certificates, signing
from evidence.integrity.digest import canonical, read_canonical
from evidence.integrity.times import read_time, write_time
from evidence.integrity.trust import Entry, Role, read_entries, write_entries, write_trust
from evidence.integrity.tsa import EmbeddedTsa

VERSION = 1
HOUSE_KEY = "house_key.pem"
KEY_FILES = {
    Role.LOG: "log_key.pem",
    Role.MANIFEST: "manifest_key.pem",
    Role.PDF_SIGNER: "pdf_key.pem",
    Role.EMBEDDED_TSA: "tsa_key.pem",
    Role.CA: "ca_key.pem",
}
CERTIFICATE_FILES = {
    Role.PDF_SIGNER: "pdf_cert.pem",
    Role.EMBEDDED_TSA: "tsa_cert.pem",
    Role.CA: "ca_cert.pem",
}
HOUSE_FILE = "house.json"
FILE_NAMES = frozenset([HOUSE_KEY, HOUSE_FILE, *KEY_FILES.values(), *CERTIFICATE_FILES.values()])

# The policy under which the embedded TSA stamps. An arc from a UUID (ITU-T X.667), so no registry
# is asked and nobody else's policy is claimed.
TSA_POLICY = "2.25.238953307981281000372534753774752825402"
ORIGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_:-]{0,199}")


class HouseIncompleteError(EvidenceError):
    """A file of the house is missing, unreadable, or another's: the start must stop."""

    code = "house_incomplete"


@dataclass(frozen=True)
class House:
    """The keys of one installation, loaded. `entries` lists them and all that came before."""

    origin: str
    made_at: datetime
    entries: tuple[Entry, ...]
    house_key: Ed25519PrivateKey
    log_key: Ed25519PrivateKey
    manifest_key: Ed25519PrivateKey
    pdf_key: RSAPrivateKey
    tsa_key: RSAPrivateKey
    ca_key: RSAPrivateKey
    pdf_certificate: x509.Certificate
    tsa_certificate: x509.Certificate
    ca_certificate: x509.Certificate

    @classmethod
    def load(cls, files: Mapping[str, bytes]) -> House:
        """Read what `make_house` or `rotate` gave; each key must be the one that is listed.

        Raises:
            HouseIncompleteError: names the file, never its content.
        """
        missing = sorted(FILE_NAMES - set(files))
        if missing:
            raise HouseIncompleteError(f"missing: {', '.join(missing)}")
        value = _read_house_file(files[HOUSE_FILE])
        house = cls(
            origin=value["origin"],
            made_at=value["made_at"],
            entries=value["entries"],
            house_key=_ed25519(files, HOUSE_KEY),
            log_key=_ed25519(files, KEY_FILES[Role.LOG]),
            manifest_key=_ed25519(files, KEY_FILES[Role.MANIFEST]),
            pdf_key=_rsa(files, KEY_FILES[Role.PDF_SIGNER]),
            tsa_key=_rsa(files, KEY_FILES[Role.EMBEDDED_TSA]),
            ca_key=_rsa(files, KEY_FILES[Role.CA]),
            pdf_certificate=_certificate(files, CERTIFICATE_FILES[Role.PDF_SIGNER]),
            tsa_certificate=_certificate(files, CERTIFICATE_FILES[Role.EMBEDDED_TSA]),
            ca_certificate=_certificate(files, CERTIFICATE_FILES[Role.CA]),
        )
        if value["house"] != house.fingerprint:
            raise HouseIncompleteError(f"{HOUSE_KEY} is not the key of {HOUSE_FILE}")
        for role, name in KEY_FILES.items():
            if house.entry(role).key != signing.spki(house._key(role).public_key()):
                raise HouseIncompleteError(f"{name} is not the key that {HOUSE_FILE} lists")
        for role, name in CERTIFICATE_FILES.items():
            listed = house.entry(role).certificate
            if listed != certificates.certificate_der(house._certificate(role)):
                raise HouseIncompleteError(f"{name} is not the certificate that is listed")
        return house

    @property
    def fingerprint(self) -> str:
        """Of the house key: printed on the paper complaint, shown under /trust/."""
        return signing.fingerprint(self.public_key)

    @property
    def public_key(self) -> Ed25519PublicKey:
        """Of the house key."""
        return self.house_key.public_key()

    def entry(self, role: Role) -> Entry:
        """The entry now in use in a role."""
        for entry in reversed(self.entries):
            if entry.role == role and entry.not_after is None:
                return entry
        raise HouseIncompleteError(f"no {role} key in use")

    @property
    def last_change(self) -> datetime:
        """When a key last came into use or went out of it."""
        ends = [entry.not_after for entry in self.entries if entry.not_after is not None]
        return max([*ends, *(entry.not_before for entry in self.entries)])

    def tsa(self) -> EmbeddedTsa:
        """The embedded TSA; everything it stamps is self-issued."""
        chain = (self.ca_certificate,)
        return EmbeddedTsa(self.tsa_certificate, self.tsa_key, chain, TSA_POLICY)

    def roots(self) -> list[x509.Certificate]:
        """Every CA certificate the house ever had: the roots of its own tokens, no others."""
        return [e.load_certificate() for e in self.entries if e.role == Role.CA]

    def trust_json(self, *, at: datetime) -> bytes:
        """The list of all keys, signed by the house key: a file for /trust/ and each package."""
        return write_trust(self.house_key, origin=self.origin, issued_at=at, entries=self.entries)

    def crl(self, *, at: datetime, number: int) -> bytes:
        """The CA's revocation list in DER (none of ours is revoked: they are replaced)."""
        return self._issuer().crl(at=at, number=number)

    def files(self) -> dict[str, bytes]:
        """All files, name to content: what `load` reads."""
        files = {HOUSE_KEY: signing.private_pem(self.house_key), HOUSE_FILE: self._house_file()}
        for role, name in KEY_FILES.items():
            files[name] = signing.private_pem(self._key(role))
        for role, name in CERTIFICATE_FILES.items():
            files[name] = certificates.certificate_pem(self._certificate(role))
        return files

    def rotate(self, role: Role, *, at: datetime) -> House:
        """Replace one lower key from `at` on; its old entry stays listed, so old packages hold.

        A new CA issues new certificates for the PDF signer and the embedded TSA, so all three
        keys change. The house key itself does not rotate: a new one is a new house.
        """
        at = certificates.whole_second(at)
        fresh: dict[str, Any] = {}
        if role in (Role.LOG, Role.MANIFEST):
            fresh[f"{role}_key"] = Ed25519PrivateKey.generate()
        else:
            fresh = self._fresh_certificates(role, at=at)
        changed = replace(self, **fresh)
        roles = (Role.CA, Role.PDF_SIGNER, Role.EMBEDDED_TSA) if role == Role.CA else (role,)
        kept = [
            replace(e, not_after=at) if e.role in roles and e.not_after is None else e
            for e in self.entries
        ]
        return replace(changed, entries=(*kept, *(changed._new_entry(r, at) for r in roles)))

    def _fresh_certificates(self, role: Role, *, at: datetime) -> dict[str, Any]:
        fresh: dict[str, Any] = {}
        issuer = self._issuer()
        if role == Role.CA:
            issuer = certificates.Issuer.make(at=at, origin=self.origin)
            fresh |= {"ca_key": issuer.key, "ca_certificate": issuer.certificate}
        if role in (Role.CA, Role.PDF_SIGNER):
            key = certificates.new_rsa_key()
            certificate = issuer.issue_pdf_signer(key, at=at)
            fresh |= {"pdf_key": key, "pdf_certificate": certificate}
        if role in (Role.CA, Role.EMBEDDED_TSA):
            key = certificates.new_rsa_key()
            fresh |= {"tsa_key": key, "tsa_certificate": issuer.issue_tsa(key, at=at)}
        return fresh

    def _issuer(self) -> certificates.Issuer:
        return certificates.Issuer(self.ca_certificate, self.ca_key, self.origin)

    def _new_entry(self, role: Role, at: datetime) -> Entry:
        der = None
        if role in CERTIFICATE_FILES:
            der = certificates.certificate_der(self._certificate(role))
        return Entry(role, signing.spki(self._key(role).public_key()), der, at, None)

    def _key(self, role: Role) -> Ed25519PrivateKey | RSAPrivateKey:
        keys: dict[Role, Ed25519PrivateKey | RSAPrivateKey] = {
            Role.LOG: self.log_key,
            Role.MANIFEST: self.manifest_key,
            Role.PDF_SIGNER: self.pdf_key,
            Role.EMBEDDED_TSA: self.tsa_key,
            Role.CA: self.ca_key,
        }
        return keys[role]

    def _certificate(self, role: Role) -> x509.Certificate:
        return {
            Role.PDF_SIGNER: self.pdf_certificate,
            Role.EMBEDDED_TSA: self.tsa_certificate,
            Role.CA: self.ca_certificate,
        }[role]

    def _house_file(self) -> bytes:
        return canonical(
            {
                "v": VERSION,
                "house": self.fingerprint,
                "origin": self.origin,
                "made_at": write_time(self.made_at),
                "entries": write_entries(self.entries),
            }
        )


def make_house(*, at: datetime, origin: str) -> dict[str, bytes]:
    """Every key and certificate of a new installation: file name to content.

    Args:
        at: from when they are valid, aware.
        origin: the log's name (C2SP: a schema-less URL such as `example.org/log`), also shown in
            the certificates.

    Raises:
        ValueError: the origin is none.
    """
    if not ORIGIN.fullmatch(origin):
        raise ValueError("an origin is a schema-less URL without spaces or plus signs")
    at = certificates.whole_second(at)
    issuer = certificates.Issuer.make(at=at, origin=origin)
    pdf_key, tsa_key = certificates.new_rsa_key(), certificates.new_rsa_key()
    house = House(
        origin=origin,
        made_at=at,
        entries=(),
        house_key=Ed25519PrivateKey.generate(),
        log_key=Ed25519PrivateKey.generate(),
        manifest_key=Ed25519PrivateKey.generate(),
        pdf_key=pdf_key,
        tsa_key=tsa_key,
        ca_key=issuer.key,
        pdf_certificate=issuer.issue_pdf_signer(pdf_key, at=at),
        tsa_certificate=issuer.issue_tsa(tsa_key, at=at),
        ca_certificate=issuer.certificate,
    )
    entries = tuple(house._new_entry(role, at) for role in Role)
    return replace(house, entries=entries).files()


def _read_house_file(raw: bytes) -> dict[str, Any]:
    try:
        value = read_canonical(raw)
        if value["v"] != VERSION:
            raise HouseIncompleteError(f"{HOUSE_FILE} is of an unknown version")
        return {
            "house": value["house"],
            "origin": value["origin"],
            "made_at": read_time(value["made_at"]),
            "entries": read_entries(value["entries"]),
        }
    except (EvidenceError, KeyError, TypeError) as cause:
        raise HouseIncompleteError(f"{HOUSE_FILE} cannot be read") from cause


def _ed25519(files: Mapping[str, bytes], name: str) -> Ed25519PrivateKey:
    try:
        return signing.load_ed25519(files[name])
    except signing.KeyUnreadableError as cause:
        raise HouseIncompleteError(f"{name} is no Ed25519 key") from cause


def _rsa(files: Mapping[str, bytes], name: str) -> RSAPrivateKey:
    try:
        key = signing.load_private(files[name])
    except signing.KeyUnreadableError as cause:
        raise HouseIncompleteError(f"{name} is no key") from cause
    if not isinstance(key, RSAPrivateKey):
        raise HouseIncompleteError(f"{name} is no RSA key")
    return key


def _certificate(files: Mapping[str, bytes], name: str) -> x509.Certificate:
    try:
        return certificates.load_certificate(files[name])
    except certificates.CertificateUnreadableError as cause:
        raise HouseIncompleteError(f"{name} is no certificate") from cause
