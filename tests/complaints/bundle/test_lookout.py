"""complaints/bundle/lookout.py: a process of its own looks through, and nothing leaves before."""

from __future__ import annotations

import io
import json
import os
import sys
from functools import partial
from pathlib import Path

import pytest

from complaints.bundle import looking, lookout, package, xray
from complaints.bundle.errors import LookFailedError, WithheldShownError
from complaints.bundle.package_files import PackageFile
from complaints.bundle.withheld import Withheld
from evidence.cell import frames, parent
from evidence.integrity.digest import sha256_hex
from tests.complaints.bundle import make_package as make

TEXT = "你儿子在哪个学校我们都知道"
WITHHELD = Withheld(
    digests=frozenset([sha256_hex(b"parent")]),
    salts=frozenset([b"\x01\xfe" * 16]),
    names=frozenset(["王经理-13700000001.png"]),
    texts=frozenset([TEXT]),
    ids=frozenset(["5d2c1a58-8f1e-4f9b-9c1a-0d9f5f0a7b11"]),
)


def file(path: str, data: bytes) -> PackageFile:
    opened = partial(io.BytesIO, data)
    return PackageFile(path, sha256_hex(data), len(data), "application/octet-stream", opened)


def looked(*files: PackageFile, shown: tuple[PackageFile, ...] = ()) -> None:
    with lookout.over(WITHHELD) as look:
        for whole in shown:
            look.show(whole)
        look.look(files)
        look.require_clear()


def test_clean_files_are_clear() -> None:
    large = os.urandom(1024) * 2048

    looked(file("a.txt", b"nothing"), file("b.bin", large), file("c.bin", b""))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TEXT.encode("gb18030"), "text"),
        (b"\x01\xfe" * 16, "salt"),
        (b"5d2c1a588f1e4f9b9c1a0d9f5f0a7b11", "id"),
        ("王经理-13700000001.png".encode(), "name"),
        (sha256_hex(b"parent").encode(), "digest"),
        (b"parent", "bytes"),
    ],
)
def test_each_kind_of_leak_is_told(data: bytes, kind: str) -> None:
    with pytest.raises(WithheldShownError) as refused:
        looked(file("a.bin", b"clean"), file("b.bin", data))

    assert (refused.value.path, refused.value.what) == ("b.bin", kind)


def test_what_stands_in_an_exhibit_handed_over_whole_is_no_leak() -> None:
    whole = file("3_EXHIBITS/A-1.txt", TEXT.encode())

    looked(whole, file("2.txt", TEXT.encode()), shown=(whole,))


def test_files_come_in_several_batches_each_once() -> None:
    opened: list[str] = []

    def noted(path: str) -> PackageFile:
        def opener() -> io.BytesIO:
            opened.append(path)
            return io.BytesIO(b"clean")

        return PackageFile(path, sha256_hex(b"clean"), 5, "text/plain", opener)

    files = [noted("a"), noted("b"), noted("c")]
    with lookout.over(WITHHELD) as look:
        look.look(files[:2])
        look.look(files)
        look.require_clear()

    assert opened == ["a", "b", "c"]


def test_a_file_too_large_to_be_opened_is_looked_through_in_pieces() -> None:
    size = xray.WHOLE_BYTES + 1
    data = b"." * (size - 100) + TEXT.encode("utf-16-le") + b"." * 99

    with pytest.raises(WithheldShownError):
        looked(file("large.bin", data))


def test_a_child_that_dies_lets_nothing_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookout, "BOOT", "import sys; sys.stdin.buffer.read(40)")

    with pytest.raises(LookFailedError):
        looked(file("a.bin", b"x" * 10_000_000))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems confine nothing")
def test_the_child_gives_up_what_a_child_of_the_cell_gives_up() -> None:
    with parent.child_of(lookout.BOOT, 60) as (child, to_child, back):
        frames.write(to_child, frames.OPTIONS, json.dumps({"salts": []}).encode())
        frames.write(to_child, looking.WHOLE)
        frames.write(to_child, looking.ASK)
        answer = frames.read(back)
        told = Path(f"/proc/{child.pid}/status").read_text("ascii")

    assert answer == (looking.FOUND, b"[]")
    assert "Seccomp:\t2\n" in told
    assert "CapBnd:\t0000000000000000\n" in told


def test_a_file_that_is_shorter_than_told_lets_nothing_leave() -> None:
    short = PackageFile("a", sha256_hex(b"ab"), 2, "text/plain", partial(io.BytesIO, b"a"))

    with pytest.raises(LookFailedError):
        looked(short)


def test_where_nothing_is_withheld_no_child_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookout, "BOOT", "raise SystemExit(1)")

    with lookout.over(Withheld()) as look:
        look.look([file("a", TEXT.encode())])
        look.require_clear()


def test_a_package_is_built_first_and_refused_at_the_end_of_its_block() -> None:
    said = f"{make.content().title} {make.content().case}"  # the head of every page
    content = make.content(withheld=Withheld(texts=frozenset([said])))
    within = False

    with (
        pytest.raises(WithheldShownError),
        package.building(
            content, house=make.house(), fonts=make.fonts(), clock=make.clock
        ) as built,
    ):
        within = built.exhibits_digest != ""

    assert within
