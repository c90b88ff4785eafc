"""Check 11: the complaint's own signature, what came after it, and what is embedded in it."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import IO, Any

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from asn1crypto.tsp import TimeStampResp
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from complaints.bundle import layout
from complaints.bundle.verify.archival import OneArchivalUpdate
from complaints.bundle.verify.tokens import say_link
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Ledger, Name
from evidence.errors import EvidenceError
from evidence.integrity import renewal
from evidence.integrity.digest import sha256_hex
from evidence.integrity.renewal import Stamp
from evidence.integrity.trust import Role, Trust

MAX_EMBEDDED = 5000
MAX_EMBEDDED_BYTES = 256 * 1024 * 1024
# Whatever a library raises over a file that somebody made to break it.
UNREADABLE = (
    zlib.error,
    PdfError,
    SignatureValidationError,
    PathError,
    EvidenceError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    OSError,
)

# pyHanko logs what it does not like about a hostile file; the verdict says it instead.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Paper:
    """A complaint PDF, opened; its file must stay open."""

    reader: Any
    file: IO[bytes]

    @cached_property
    def signatures(self) -> Any:
        """PyHanko's view of each but document time-stamps; raises what UNREADABLE lists."""
        return self.reader.embedded_regular_signatures

    @cached_property
    def archived(self) -> Any:
        """PyHanko's view of each document time-stamp; raises what UNREADABLE lists."""
        return self.reader.embedded_timestamp_signatures

    def part(self, first: int, second: int) -> bytes:
        """The bytes between two places of the file."""
        self.file.seek(first)
        return self.file.read(max(0, second - first))


def open_paper(file: IO[bytes]) -> Paper | None:
    """Read a PDF strictly; None when it is none. `file` is seekable and not read whole."""
    try:
        return Paper(PdfFileReader(file), file)
    except UNREADABLE:
        return None


def check_signature(paper: Paper, trust: Trust | None, ledger: Ledger) -> None:
    """One signature, the house's, with a token; after it nothing, or what B-LTA adds.

    That is one update: what the signature is checked with, under a document time-stamp of the
    house's over the whole file. A paper of before 2026-11-29 has none.
    """
    where = layout.COMPLAINT
    try:
        signatures = paper.signatures
        if len(signatures) != 1:
            ledger.changed(Name.PDF, "pdf-unsigned", where=where, count=len(signatures))
            return
        signature = signatures[0]
        if trust is None:
            ledger.cannot(Name.PDF, "no-keys", where=where)
            return
        certificate = signature.signer_cert.dump()
        if certificate not in [_der(c) for c in trust.certificates(Role.PDF_SIGNER)]:
            ledger.changed(Name.PDF, "pdf-other-signer", where=where)
            return
        status = _validate(signature, trust)
        is_plain = _is_filled_plainly(paper, signature, trust)
        is_archived = bool(paper.archived)
        is_whole = _is_archived(paper, trust) if is_archived else _is_whole(status)
    except UNREADABLE:
        ledger.changed(Name.PDF, "pdf-broken", where=where)
        return
    added = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)[: 1 + is_archived]
    is_whole = is_whole and status.modification_level in added
    if not (status.intact and status.valid and is_plain):
        ledger.changed(Name.PDF, "pdf-broken", where=where)
    elif not status.trusted:
        ledger.changed(Name.PDF, "pdf-other-signer", where=where)
    elif not is_whole:
        ledger.changed(Name.PDF, "pdf-updated", where=where)
    else:
        ledger.passed(Name.PDF, "pdf", where=where)


def _is_whole(status: Any) -> bool:
    """Nothing follows in the file."""
    return bool(
        status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and status.modification_level is ModificationLevel.NONE
    )


def _is_archived(paper: Paper, trust: Trust) -> bool:
    """One document time-stamp, of the house's own TSA, over the whole file and all that it holds.

    Beside it stands only what belongs there: certificates of the house and of the signature's
    token, revocation lists of the house's CA.
    """
    if len(paper.archived) != 1:
        return False
    [stamp] = paper.archived
    own = [_der(c) for c in trust.certificates(Role.EMBEDDED_TSA)]
    if stamp.signer_cert.dump() not in own or not _is_filled_plainly(paper, stamp, trust):
        return False
    made = stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    status = validate_pdf_timestamp(stamp, _context(trust, made), diff_policy=OneArchivalUpdate())
    return bool(
        status.intact and status.valid and status.trusted and _is_whole(status)
    ) and _holds_what_belongs_there(paper, trust)


def _holds_what_belongs_there(paper: Paper, trust: Trust) -> bool:
    store = DocumentSecurityStore.read_dss(paper.reader)
    token = _token(paper.signatures[0].signer_info)["content"]
    known = {_der(entry.load_certificate()) for entry in trust.entries if entry.certificate}
    known |= set(_certificates(token))
    held = [_stream(each) for each in store.certs.values()]
    lists = [x509.load_der_x509_crl(_stream(each)) for each in store.crls]
    authorities = trust.certificates(Role.CA)
    return (
        not store.ocsps
        and not store.vri_entries
        and all(each in known for each in held)
        and all(
            any(each.is_signature_valid(ca.public_key()) for ca in authorities)  # type: ignore[arg-type]  # our CAs are RSA
            for each in lists
        )
    )


def _stream(reference: Any) -> bytes:
    return bytes(reference.get_object().data)


def check_token(paper: Paper, trust: Trust | None, trusted: Trusted, ledger: Ledger) -> None:
    """The token inside the signature is over the signature's value."""
    try:
        signer = paper.signatures[0].signer_info
        token = {"status": {"status": "granted"}, "time_stamp_token": _token(signer)}
        stamp = Stamp(bytes(TimeStampResp(token).dump()))
        digest = sha256_hex(signer["signature"].native)
        own = trust.certificates(Role.CA) if trust is not None else []
    except UNREADABLE:
        ledger.missing(Name.PDF, "pdf-no-token", where=layout.COMPLAINT)
        return
    [link] = renewal.judge(
        [stamp],
        lambda _: digest,
        at=trusted.moment,
        roots=trusted.roots,
        own_roots=own,
        elsewhere=True,
    )
    say_link(Name.PDF, layout.COMPLAINT, link, trusted, ledger)


def embedded(paper: Paper) -> dict[str, bytes]:
    """The files embedded in the PDF, by name. Raises ValueError when they are not to be read."""
    found: dict[str, bytes] = {}
    total = 0
    try:
        root = paper.reader.root
        if "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]:
            return found
        for name, specification in _leaves(root["/Names"]["/EmbeddedFiles"], 0):
            data = _decoded(specification["/EF"]["/F"], MAX_EMBEDDED_BYTES - total)
            total += len(data)
            if name in found or len(found) >= MAX_EMBEDDED:
                raise ValueError("embedded files that are double or too many")
            found[name] = data
    except UNREADABLE as cause:
        raise ValueError("embedded files that cannot be read") from cause
    return found


def _decoded(stream: Any, room: int) -> bytes:
    """An embedded file's bytes, never more than there is room for: it may be a bomb."""
    encoded = bytes(stream.encoded_data)
    filters = stream.get("/Filter")
    names = filters if isinstance(filters, generic.ArrayObject) else [filters] if filters else []
    if not names:
        data = encoded[: room + 1]
    elif [str(name) for name in names] == ["/FlateDecode"]:
        data = zlib.decompressobj().decompress(encoded, room + 1)
    else:
        raise ValueError("an embedded file under a filter that we do not write")
    if len(data) > room:
        raise ValueError("embedded files that are too large")
    return data


def _leaves(node: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """A name tree (ISO 32000-1 §7.9.6)."""
    if depth > 16:
        raise ValueError("a name tree without end")
    if "/Names" in node:
        names = node["/Names"]
        for index in range(0, len(names) - 1, 2):
            yield str(names[index]), names[index + 1]
    for kid in node.get("/Kids", generic.ArrayObject()):
        yield from _leaves(kid.get_object() if hasattr(kid, "get_object") else kid, depth + 1)


def _validate(signature: Any, trust: Trust) -> Any:
    """PyHanko's own judgement, with the house's CA as the only root and the time of the token."""
    stamped = _token(signature.signer_info)["content"]["encap_content_info"]["content"]
    context = _context(trust, stamped.parsed["gen_time"].native)
    return validate_pdf_signature(
        signature, signer_validation_context=context, diff_policy=OneArchivalUpdate()
    )


def _context(trust: Trust, moment: datetime) -> Any:
    """Under the house's CA as the only root, at that moment, without a network."""
    roots = [_asn1(certificate) for certificate in trust.certificates(Role.CA)]
    return ValidationContext(
        trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=moment
    )


def _is_filled_plainly(paper: Paper, signature: Any, trust: Trust) -> bool:
    """The place of the signature, which it cannot cover, holds the signature and only that.

    It is upper-case hex of one DER value and zeros, as written, with certificates of the house.
    """
    _, first, second, _ = (int(number) for number in signature.byte_range)
    held = bytes(signature.pkcs7_content)
    length = len(cms.ContentInfo.load(held).dump())
    outer = signature.signed_data
    own = [_der(c) for c in trust.certificates(Role.EMBEDDED_TSA)]
    is_stamp = signature.sig_object["/Type"] == "/DocTimeStamp"
    sets, versions = [outer], ["v3" if is_stamp else "v1"]
    token = None if is_stamp else _token(signature.signer_info)["content"]
    if token is not None and any(certificate in own for certificate in _certificates(token)):
        sets.append(token)
        versions.append("v3")
    listed = [_der(entry.load_certificate()) for entry in trust.entries if entry.certificate]
    return (
        all(certificate in listed for each in sets for certificate in _certificates(each))
        and all(_is_usual(each, version) for each, version in zip(sets, versions, strict=True))
        and paper.part(first, second) == b"<" + held.hex().upper().encode("ascii") + b">"
        and not any(held[length:])
    )


def _certificates(signed_data: Any) -> list[bytes]:
    return [entry.chosen.dump() for entry in signed_data["certificates"]]


def _is_usual(signed_data: Any, version: str) -> bool:
    """What no signature covers in a CMS has the one value that we and the embedded TSA write."""
    algorithms = [each["algorithm"].native for each in signed_data["digest_algorithms"]]
    return bool(signed_data["version"].native == version) and algorithms == ["sha256"]


def _token(signer: Any) -> Any:
    """The signature's time-stamp token (CAdES: an unsigned attribute); LookupError without one."""
    for attribute in signer["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]
    raise LookupError("no time-stamp token")


def _der(certificate: Any) -> bytes:
    return bytes(certificate.public_bytes(serialization.Encoding.DER))


def _asn1(certificate: Any) -> Any:
    return asn1_x509.Certificate.load(_der(certificate))
