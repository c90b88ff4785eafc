"""The web server is killed half way through an upload: nothing acknowledged is lost."""

from __future__ import annotations

import hashlib

import pytest

from tests.evidence.killed.house import House, kill
from tests.processes import until

MARKER = b"THIS-MARKER-NEVER-RESTS-IN-CLEAR"
CONTENT = (MARKER + bytes(range(256))) * 80_000  # 23 MB
HALF = len(CONTENT) // 2
WITHIN_S = 30


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    return House(tmp_path_factory.mktemp("web") / "var")


def test_an_upload_goes_on_where_the_killed_server_was(house):
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    with house.web() as process:
        upload = house.begin(len(CONTENT), sha256=sha256)
        with_marker = CONTENT[:1_000_000]
        assert upload.patch(0, with_marker)[0] == 204
        open_one = upload.patch_half(1_000_000, len(CONTENT) - 1_000_000, CONTENT[1_000_000:HALF])
        part = house.var / "uploads"
        until(lambda: sum(p.stat().st_size for p in part.iterdir()) > HALF // 2, within_s=WITHIN_S)
        kill(process)
        open_one.close()
    assert house.files_with(MARKER) == []

    with house.web():
        at = until(upload.head, within_s=WITHIN_S)
        assert HALF // 2 <= at <= HALF
        assert upload.patch(at, CONTENT[at:])[0] == 204
        receipt = upload.receipt()

    assert (receipt["sha256"], receipt["size"]) == (sha256, len(CONTENT))
    assert house.files_with(MARKER) == []
    house.manage("check_log")


def test_what_arrived_before_a_hang_up_stays(house):
    with house.web():
        upload = house.begin(2_000_000)
        upload.patch_half(0, 2_000_000, CONTENT[:700_000]).close()

        at = until(upload.head, within_s=WITHIN_S)

        assert 0 < at <= 700_000
