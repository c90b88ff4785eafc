"""Inside the complaint PDF: what its signature cannot cover, and what is embedded in it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pikepdf
from asn1crypto import cms, tsp
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import ocsp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore

from complaints.bundle import layout
from complaints.bundle.signature import ARCHIVE_FIELD, InProcess
from complaints.bundle.stamping import EmbeddedStamper, Stamper
from evidence.integrity import timestamp
from evidence.integrity.trust import Role, read_trust, write_trust
from tests.complaints.bundle import make_package as make
from tests.forgeries import base
from tests.forgeries.corpus import CANNOT, CHANGED, Forgery, forgery
from tests.forgeries.handed import Handed, zipped
from tests.forgeries.stamps import too_late

PDF = layout.COMPLAINT
BROKEN = "pdf/pdf-broken"
Bytes = Callable[[bytes], bytes]


def rows() -> list[Forgery]:
    return [*_in_the_gap(), *_embedded(), *_archived()]


def _in_the_gap() -> list[Forgery]:
    def row(name: str, change: Bytes, reason: str = BROKEN) -> Forgery:
        return forgery(name, lambda: zipped(base.signed({PDF: change(_data())})), CHANGED, reason)

    return [
        row("pdf-gap-in-small-letters", _gap(lambda held: held.hex().encode())),
        row(
            "pdf-gap-not-empty",
            _gap(lambda held: (held[:-9] + b"A message").hex().upper().encode()),
        ),
        row("pdf-gap-another-version", _cms(_version)),
        row("pdf-gap-another-digest", _cms(_digests)),
        row("pdf-gap-more-certificates", _cms(_certificates)),
        row("pdf-without-token", _cms(_no_token), "pdf/pdf-no-token"),
        row("pdf-token-of-something-else", _cms(_other_token), "pdf/token-wrong"),
        row("pdf-token-of-an-ended-algorithm", _cms(_late_token), "pdf/token-wrong"),
        forgery("pdf-signer-under-no-root", _no_root, CHANGED, "pdf/pdf-other-signer"),
        row("pdf-signed-attributes-changed", _cms(_signature)),
    ]


def _embedded() -> list[Forgery]:
    def alone(name: str, change: Bytes, verdict: str = CHANGED, reason: str = BROKEN) -> Forgery:
        return forgery(name, lambda: Handed(change(_data()), name="c.pdf"), verdict, reason)

    none = (CANNOT, "manifests/no-manifest")
    return [
        alone("pdf-alone-without-manifest", _edited(_without("exhibits.json")), *none),
        alone("pdf-alone-without-keys", _edited(_without("trust.json")), *none),
        alone("pdf-alone-names-without-files", _edited(_no_files), *none),
        # Nothing else is said of a PDF whose embedded files cannot be read.
        replace(alone("pdf-alone-attached-twice", _edited(_twice)), held=frozenset()),
        replace(alone("pdf-alone-unknown-filter", _edited(_filtered)), held=frozenset()),
        replace(alone("pdf-alone-tree-without-end", _edited(_endless)), held=frozenset()),
        alone("pdf-alone-signature-of-another", _edited(_other_signature), reason=SIGNATURE),
    ]


def _archived() -> list[Forgery]:
    """What B-LTA adds after the signature, made by others or with more in it."""
    house, stranger = make.house(), base.stranger()
    own = [_asn1(each) for each in (house.ca_certificate, house.pdf_certificate)]
    foreign = _asn1(stranger.issuer.certificate)
    ours, theirs = EmbeddedStamper(house, make.clock), stranger
    lists = [house.crl(at=make.clock(), number=1)]
    strange_lists = [stranger.issuer.crl(at=make.clock(), number=1)]

    def row(name: str, change: Bytes, reason: str = "pdf/pdf-updated") -> Forgery:
        return forgery(name, lambda: Handed(change(_data()), name="c.pdf"), CHANGED, reason)

    return [
        row("pdf-archive-by-a-stranger", _again(own, lists, theirs)),
        row("pdf-archive-with-a-strange-certificate", _again([*own, foreign], lists, ours)),
        row("pdf-archive-with-a-strange-list", _again(own, strange_lists, ours)),
        row("pdf-archive-with-an-answer", _again(own, lists, ours, ocsps=[_answer()])),
        row("pdf-archive-with-an-entry", _again(own, lists, ours, sig_contents=b"another")),
        row("pdf-archive-twice", lambda data: _stamped(data, own, lists, ours, "Second")),
        row("pdf-archive-gap-not-empty", _noted),
        row("pdf-archive-broken", _broken),
        row("pdf-archive-over-something-else", _moved),
        row("pdf-archive-appended", lambda data: data + b"\n% more\n"),
    ]


def _again(certs: Sequence[Any], crls: Sequence[bytes], stamper: Stamper, **more: Any) -> Bytes:
    """The update after the signature taken off, and another one made, with more in its store."""

    def change(data: bytes) -> bytes:
        return _stamped(_before_archive(data), certs, crls, stamper, ARCHIVE_FIELD, **more)

    return change


def _answer() -> asn1_ocsp.OCSPResponse:
    """What a responder says of a certificate: here, that it says nothing."""
    made = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    return asn1_ocsp.OCSPResponse.load(made.public_bytes(serialization.Encoding.DER))


def _before_archive(data: bytes) -> bytes:
    [signature] = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures
    _, _, third, fourth = (int(number) for number in signature.byte_range)
    return data[: third + fourth]


def _stamped(
    data: bytes,
    certs: Sequence[Any],
    crls: Sequence[bytes],
    stamper: Stamper,
    field: str,
    **more: Any,
) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    lists = [asn1_crl.CertificateList.load(each) for each in crls]
    held = {"sig_contents": None, "certs": certs, "crls": lists, **more}
    DocumentSecurityStore.supply_dss_in_writer(writer, **held)
    out = io.BytesIO()
    stamping = PdfTimeStamper(InProcess(stamper), field_name=field)
    stamping.timestamp_pdf(writer, "sha256", output=out)
    return out.getvalue()


def _noted(data: bytes) -> bytes:
    """A message in the place of the last stamp, which nothing covers."""
    [stamp] = PdfFileReader(io.BytesIO(data)).embedded_timestamp_signatures
    _, _, second, _ = (int(number) for number in stamp.byte_range)
    message = b"A message".hex().upper().encode()
    return data[: second - 1 - len(message)] + message + data[second - 1 :]


def _broken(data: bytes) -> bytes:
    """Another last byte of the last stamp's own signature."""
    [stamp] = PdfFileReader(io.BytesIO(data)).embedded_timestamp_signatures
    _, first, _, _ = (int(number) for number in stamp.byte_range)
    last = first + 2 * len(cms.ContentInfo.load(bytes(stamp.pkcs7_content)).dump())
    return data[:last] + (b"0" if data[last : last + 1] != b"0" else b"1") + data[last + 1 :]


def _moved(data: bytes) -> bytes:
    """One byte of the last update, which the last stamp alone covers; no object changes by it."""
    signed = len(_before_archive(data))
    return data[:signed] + data[signed:].replace(b"\nendobj", b" endobj", 1)


def _asn1(certificate: Any) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


SIGNATURE = "signatures/signature-wrong"


def _data() -> bytes:
    return base.files()[PDF]


def _gap(written: Bytes) -> Bytes:
    """The place of the signature, whose bytes no signature covers, filled otherwise."""

    def change(data: bytes) -> bytes:
        [signature] = PdfFileReader(io.BytesIO(data)).embedded_regular_signatures
        _, first, second, _ = (int(number) for number in signature.byte_range)
        filled = written(bytes.fromhex(data[first + 1 : second - 1].decode("ascii")))
        assert len(filled) == second - first - 2
        return data[: first + 1] + filled + data[second - 1 :]

    return change


def _cms(edit: Callable[[Any], None]) -> Bytes:
    """The signature's CMS edited, in the room that there is."""

    def written(held: bytes) -> bytes:
        info = cms.ContentInfo.load(held)
        edit(info["content"])
        return bytes(info.dump()).ljust(len(held), b"\0").hex().upper().encode("ascii")

    return _gap(written)


def _version(signed: Any) -> None:
    signed["version"] = "v3"


def _digests(signed: Any) -> None:
    signed["digest_algorithms"] = [{"algorithm": "sha256"}, {"algorithm": "sha512"}]


def _certificates(signed: Any) -> None:
    der = base.stranger().issuer.certificate.public_bytes(serialization.Encoding.DER)
    more = asn1_x509.Certificate.load(der)
    signed["certificates"] = [*signed["certificates"], cms.CertificateChoices("certificate", more)]


def _no_token(signed: Any) -> None:
    signed["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([])


def _other_token(signed: Any) -> None:
    request = timestamp.build_request(b"\0" * 32, 7)
    _exchange_token(signed, make.house().tsa().respond(request, at=make.clock()))


def _exchange_token(signed: Any, der: bytes) -> None:
    token = tsp.TimeStampResp.load(der)["time_stamp_token"]
    attribute = {"type": "signature_time_stamp_token", "values": [token]}
    signed["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(attribute)])


def _late_token(signed: Any) -> None:
    digest = hashlib.sha256(signed["signer_infos"][0]["signature"].native).digest()
    _exchange_token(signed, too_late(digest))


def _signature(signed: Any) -> None:
    value = signed["signer_infos"][0]["signature"].native
    signed["signer_infos"][0]["signature"] = value[:-1] + bytes([value[-1] ^ 1])


def _no_root() -> Handed:
    """The house lists its signer, and its own authority as something else."""
    house = make.house()
    own = read_trust(base.files()[layout.TRUST])
    entries = [replace(e, role=Role.EMBEDDED_TSA) if e.role is Role.CA else e for e in own.entries]
    raw = write_trust(house.house_key, origin=own.origin, issued_at=own.issued_at, entries=entries)
    return zipped(base.signed({layout.TRUST: raw}))


def _edited(edit: Callable[[Any], None]) -> Bytes:
    def change(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            edit(pdf)
            out = io.BytesIO()
            untouched = pikepdf.StreamDecodeLevel.none
            pdf.save(out, compress_streams=False, stream_decode_level=untouched)
        return out.getvalue()

    return change


def _without(name: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        del pdf.attachments[name]

    return edit


def _no_files(pdf: Any) -> None:
    del pdf.Root.Names["/EmbeddedFiles"]


def _twice(pdf: Any) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    names.extend([names[0], names[1]])


def _filtered(pdf: Any) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    stream = pdf.make_stream(b"00>", Filter=pikepdf.Name.ASCIIHexDecode)
    names.extend([pikepdf.String("z.txt"), pikepdf.Dictionary(EF=pikepdf.Dictionary(F=stream))])


def _endless(pdf: Any) -> None:
    tree = pdf.make_indirect(pikepdf.Dictionary())
    tree["/Kids"] = pikepdf.Array([tree])
    pdf.Root.Names.EmbeddedFiles = tree


def _other_signature(pdf: Any) -> None:
    del pdf.attachments["exhibits.json.sig"]
    name = "exhibits.json.sig"
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, bytes(64), filename=name)
