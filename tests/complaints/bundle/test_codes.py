"""complaints/bundle/codes.py, qr.py: what lets a person match paper to file."""

from __future__ import annotations

import base64
import hashlib
import subprocess

import cv2
import pytest

from complaints.bundle import layout
from complaints.bundle.codes import check_code, grouped, short_digest

from . import forge

DIGEST = hashlib.sha256(b"sample").hexdigest()


def test_a_check_code_is_the_number_and_100_bits_of_the_digest():
    code = check_code("A-1", DIGEST)

    number, *groups = code.split(" ")
    assert number == "A-1"
    assert [len(group) for group in groups] == [5, 5, 5, 5]
    assert base64.b32encode(bytes.fromhex(DIGEST)).decode().startswith("".join(groups))


def test_digests_are_grouped_by_four():
    assert grouped(DIGEST).replace(" ", "") == DIGEST
    assert short_digest(DIGEST) == grouped(DIGEST)[:19]


@pytest.mark.tool("pdftoppm")
def test_the_qr_code_on_an_exhibit_page_is_read_as_number_and_whole_digest(tmp_path):
    data = forge.files()[layout.COMPLAINT]
    subprocess.run(
        ["pdftoppm", "-r", "300", "-png", "-", str(tmp_path / "page")],
        input=data, check=True, timeout=120, capture_output=True,
    )  # fmt: skip

    read = set()
    for page in sorted(tmp_path.glob("*.png")):
        picture = cv2.imread(str(page))
        corner = picture[-520:, -640:]
        read.add(cv2.QRCodeDetector().detectAndDecode(corner)[0])

    exhibits = {f"{e.number} sha256:{e.sha256}" for e in forge.make.content().exhibits}
    assert exhibits <= read
