"""complaints/bundle/xray.py: each kind of planted leak is found, and a sound package is clean."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from functools import partial

import pikepdf
import pytest

from complaints.bundle import layout, xray
from complaints.bundle.package_files import PackageFile
from complaints.bundle.withheld import Withheld
from complaints.bundle.xray import Kind, Leak
from evidence.integrity.digest import sha256_hex
from tests.complaints.bundle import forge

PARENT = b"the picture before redaction"
DIGEST = sha256_hex(PARENT)
RAW = bytes.fromhex(DIGEST)
SALT = bytes.fromhex(sha256_hex(b"a salt"))
NAME, TEXT = "王经理-13700000001.png", "你儿子在哪个学校我们都知道"
ITEM = "5d2c1a58-8f1e-4f9b-9c1a-0d9f5f0a7b11"
WITHHELD = Withheld(
    digests=frozenset([DIGEST]),
    salts=frozenset([SALT]),
    names=frozenset([NAME]),
    texts=frozenset([TEXT]),
    ids=frozenset([ITEM]),
)


def file(path: str, data: bytes) -> PackageFile:
    opened = partial(io.BytesIO, data)
    return PackageFile(path, sha256_hex(data), len(data), "application/octet-stream", opened)


def look(data: bytes, path: str = "x.bin", withheld: Withheld = WITHHELD) -> set[Leak]:
    return set(xray.look([file(path, data)], withheld))


def kinds(data: bytes) -> set[Kind]:
    return {leak.kind for leak in look(data)}


def in_zip(data: bytes, **entry: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo("inner/file.txt")
        info.comment = entry.get("comment", b"")
        archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def in_pdf(plant: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    plant(pdf)
    pdf.save(out, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def attached(data: bytes) -> bytes:
    return in_pdf(lambda pdf: pdf.attachments.__setitem__("a.json", data))


def titled(title: str) -> bytes:
    return in_pdf(lambda pdf: pdf.docinfo.__setitem__("/Subject", title))


def grouped(digits: str) -> bytes:
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)).encode()


@pytest.mark.parametrize("part", [RAW, RAW[:8]])
@pytest.mark.parametrize(
    "spell",
    [
        bytes,
        lambda raw: raw.hex().encode(),
        lambda raw: raw.hex().upper().encode(),
        lambda raw: raw.hex().encode("utf-16-le"),
        lambda raw: raw.hex().encode("utf-16-be"),
        lambda raw: grouped(raw.hex()),
        lambda raw: raw.hex(":").encode(),
        lambda raw: raw.hex()[:9].encode() + b"\r\n   " + raw.hex()[9:].encode(),
        lambda raw: json.dumps({"sha256": raw.hex()}).encode(),
    ],
)
def test_a_digest_is_found_in_every_spelling_whole_or_begun(
    spell: Callable[[bytes], bytes], part: bytes
) -> None:
    assert kinds(b"before " + spell(part) + b" after") == {Kind.DIGEST}


@pytest.mark.parametrize("lead", [b"", b"a", b"ab", b"abc"])
@pytest.mark.parametrize(
    "spell",
    [
        base64.b64encode,
        base64.urlsafe_b64encode,
        base64.b32encode,
        lambda raw: base64.b32encode(raw).lower(),
        lambda raw: base64.a85encode(raw, adobe=True),
        lambda raw: base64.b64encode(base64.b64encode(raw)),
        lambda raw: base64.b64encode(raw.hex().encode()),
        lambda raw: base64.encodebytes(bytes(70) + raw),
        lambda raw: base64.b64encode(raw).decode().encode("utf-16-le"),
    ],
)
def test_a_digest_is_found_in_every_encoding(spell: Callable[[bytes], bytes], lead: bytes) -> None:
    assert kinds(b"<" + spell(lead + RAW) + b">") == {Kind.DIGEST}


@pytest.mark.parametrize(
    "wrap",
    [
        bytes,
        in_zip,
        lambda data: in_zip(in_zip(data)),
        lambda data: in_zip(b"", comment=data),
        gzip.compress,
        lambda data: b"front" + in_zip(data),
        attached,
        lambda data: attached(in_zip(data)),
        lambda data: base64.b64encode(attached(data)),
    ],
)
@pytest.mark.parametrize(
    ("secret", "kind"),
    [
        (PARENT, Kind.BYTES),
        (SALT, Kind.SALT),
        (base64.b64encode(SALT), Kind.SALT),
        (SALT.hex().encode(), Kind.SALT),
        (ITEM.encode(), Kind.ID),
        (ITEM.replace("-", "").upper().encode(), Kind.ID),
        (TEXT.encode(), Kind.TEXT),
        (TEXT.encode("utf-16-le"), Kind.TEXT),
        (TEXT.encode("utf-16-be"), Kind.TEXT),
        (TEXT.encode("gb18030"), Kind.TEXT),
        ("\n".join(TEXT).encode(), Kind.TEXT),
        ("\u200b".join(TEXT).encode(), Kind.TEXT),
        (NAME.encode(), Kind.NAME),
        (NAME.upper().encode("gb18030"), Kind.NAME),
    ],
)
def test_every_secret_is_found_through_every_wrapping(
    wrap: Callable[[bytes], bytes], secret: bytes, kind: Kind
) -> None:
    assert kind in kinds(wrap(secret))


def test_a_withheld_file_itself_is_found_under_any_name() -> None:
    assert {leak.kind for leak in look(PARENT, "6_COPIES/B-1_whole.bin")} == {Kind.BYTES}


@pytest.mark.parametrize("path", [f"3_EXHIBITS/{NAME}", f"3_EXHIBITS/{DIGEST[:16]}.png"])
def test_the_name_of_a_file_is_looked_at_too(path: str) -> None:
    assert look(b"", path)


@pytest.mark.parametrize("title", [TEXT, NAME, DIGEST, ITEM])
def test_the_strings_of_a_pdf_are_read(title: str) -> None:
    assert look(titled(title))


def test_the_text_of_a_pages_own_font_is_read_back() -> None:
    """`2_COMPLAINT.pdf` writes in codes of a font: the words stand nowhere as they are."""
    paper = forge.files()[layout.COMPLAINT]
    said = "每次都被转到催收"  # the sample's background
    assert said.encode() not in paper

    found = look(paper, layout.COMPLAINT, Withheld(texts=frozenset([said])))

    assert any("!page-" in leak.path for leak in found)


def test_a_secret_on_the_border_of_two_pieces_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xray, "CHUNK_BYTES", 4096)

    for at in (4095, 4090, 4064, 8180):
        assert kinds(b"." * at + DIGEST.encode() + b"." * 9000) == {Kind.DIGEST}


def test_a_sound_package_is_clean() -> None:
    files = [file(path, data) for path, data in forge.files().items()]

    assert list(xray.look(files, WITHHELD)) == []


def test_what_stands_in_an_exhibit_handed_over_whole_is_not_withheld() -> None:
    shown = [file("3_EXHIBITS/A-1.txt", f"……{TEXT}……".encode("gb18030"))]

    left = xray.still_withheld(WITHHELD, shown)

    assert left.texts == frozenset()
    assert left.digests == WITHHELD.digests
    assert left.names == WITHHELD.names


def test_nothing_withheld_is_nothing_looked_for() -> None:
    assert not Withheld()
    assert look(PARENT, withheld=Withheld()) == set()


def test_a_short_word_is_no_leak() -> None:
    assert not look("好的，收到".encode(), withheld=Withheld(texts=frozenset(["好的"])))


def test_tens_of_thousands_of_texts_are_looked_for_at_once() -> None:
    texts = [f"第{number}条消息：请尽快联系我们处理" for number in range(30_000)]
    many = Withheld(texts=frozenset(texts))
    said = "".join(texts[:20_000]).encode()

    assert {
        leak.kind for leak in look("…第29999条消息：请尽快联系我们处理".encode(), withheld=many)
    }
    assert not look("第30000条消息：请尽快联系我们处理".encode(), withheld=many)
    assert xray.still_withheld(many, [file("a", said)]).texts == frozenset(texts[20_000:])
