"""complaints/bundle/xray.py: each kind of planted leak is found, and a sound package is clean."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from functools import partial

import pikepdf
import pytest

from complaints.bundle import layout, package, xray
from complaints.bundle.package_files import PackageFile
from complaints.bundle.withheld import Withheld
from complaints.bundle.xray import Kind, Leak
from evidence.integrity.digest import sha256_hex
from tests.complaints.bundle import forge
from tests.complaints.bundle import make_package as make

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
    return set(xray.Look(withheld).leaks([file(path, data)]))


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


def test_a_string_of_western_letters_in_a_packed_object_is_read() -> None:
    said = "Überfällige Zahlung"
    pdf = in_pdf(
        lambda pdf: pdf.docinfo.__setitem__("/Subject", pikepdf.String(said.encode("latin-1")))
    )

    assert said.encode("latin-1") not in pdf
    assert look(pdf, withheld=Withheld(texts=frozenset([said])))


def test_a_picture_of_a_pdf_is_looked_through_though_its_bytes_are_passed_over() -> None:
    picture = os.urandom(20_000) + TEXT.encode() + os.urandom(20_000)

    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Picture = pikepdf.Stream(pdf, picture, Filter=pikepdf.Name.DCTDecode)

    found = look(in_pdf(plant))

    assert found
    assert all("!stream-" in leak.path for leak in found)


def test_a_leak_among_thousands_of_small_files_is_named_by_its_own_path() -> None:
    files = [file(f"5_PROOF/{number}.json", b'{"a": "%d"}' % number) for number in range(1000)]
    files[500] = file("5_PROOF/500.json", json.dumps({"a": TEXT}, ensure_ascii=False).encode())
    files[700] = file("5_PROOF/700.gz", gzip.compress(DIGEST.encode()))

    found = {(leak.path.split("!")[0], leak.kind) for leak in xray.Look(WITHHELD).leaks(files)}

    assert found == {("5_PROOF/500.json", Kind.TEXT), ("5_PROOF/700.gz", Kind.DIGEST)}


def test_a_secret_on_the_border_of_two_pieces_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xray, "CHUNK_BYTES", 4096)

    for at in (4095, 4090, 4064, 8180):
        assert kinds(b"." * at + DIGEST.encode() + b"." * 9000) == {Kind.DIGEST}


def test_a_sound_package_is_clean() -> None:
    files = [file(path, data) for path, data in forge.files().items()]

    assert list(xray.Look(WITHHELD).leaks(files)) == []


def test_what_stands_in_an_exhibit_handed_over_whole_is_not_withheld() -> None:
    shown = [file("3_EXHIBITS/A-1.txt", f"……{TEXT}……".encode("gb18030"))]

    left, leaks = xray.in_whole(WITHHELD, shown)

    assert leaks == []
    assert left.texts == frozenset()
    assert left.digests == WITHHELD.digests
    assert left.names == WITHHELD.names


def test_a_sentence_of_the_offline_page_is_no_leak() -> None:
    content = make.content(
        checker="<p>本页不联网，不上传</p>".encode(),
        withheld=Withheld(texts=frozenset(["本页不联网，不上传"])),
    )

    made = package.build(content, house=make.house(), fonts=make.fonts(), clock=make.clock)

    assert made.file("4_CHECK.html").size == len(content.checker or b"")


@pytest.mark.parametrize("secret", [DIGEST.encode(), RAW, SALT, ITEM.encode()])
def test_a_digest_salt_or_id_in_an_exhibit_handed_over_whole_is_a_leak(secret: bytes) -> None:
    shown = [file("3_EXHIBITS/A-1.txt", b"....." + secret)]

    _, leaks = xray.in_whole(WITHHELD, shown)

    assert {leak.path for leak in leaks} == {"3_EXHIBITS/A-1.txt"}


def test_what_is_wrapped_in_an_exhibit_that_was_searched_is_looked_at() -> None:
    shown = file("3_EXHIBITS/A-1.zip", in_zip(TEXT.encode() * 9))

    look = xray.Look(WITHHELD)

    assert list(look.whole([shown])) == []
    assert {leak.kind for leak in look.leaks([shown])} == {Kind.TEXT}


def test_the_same_bytes_are_named_wherever_they_leak() -> None:
    leaking = base64.b64encode(b"." * 40 + TEXT.encode())

    found = xray.Look(WITHHELD).leaks([file("a", leaking), file("b", leaking)])

    assert {leak.path.split("!")[0] for leak in found} == {"a", "b"}


@pytest.mark.parametrize("length", range(17, 24))
def test_one_leak_among_thousands_of_small_parts_is_named(length: int) -> None:
    spelled = [sha256_hex(str(number).encode()) for number in range(3000)]
    spelled[1234] = base64.b64encode(b"." * length + TEXT.encode("utf-16-le")).decode()

    found = look("\n\n;".join(spelled).encode())

    assert {leak.kind for leak in found} == {Kind.TEXT}
    assert all("!base64" in leak.path for leak in found)


def test_a_leak_wrapped_five_times_among_small_parts_is_found() -> None:
    data = TEXT.encode("gb18030")
    for _ in range(5):
        data = base64.b64encode(b"-" + data)

    assert Kind.TEXT in kinds(b";".join([sha256_hex(b"1").encode(), data, b"x" * 9]))


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
    assert xray.in_whole(many, [file("a", said)])[0].texts == frozenset(texts[20_000:])
