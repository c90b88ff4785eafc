"""complaints/bundle/verify: a whole package, in every shape in which it is handed over."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from complaints.bundle import bag, folder, layout
from complaints.bundle.verify import command
from complaints.bundle.verify.checking import check_folder, check_pdf, check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Result, Word

from . import forge
from . import make_package as make


@pytest.fixture
def trusted() -> Trusted:
    return Trusted(houses=frozenset([make.house().fingerprint]))


def test_it_finds_the_zip_complete_and_unchanged(trusted):
    out = io.BytesIO()
    folder.write_zip(forge.built(), out)

    verdict = check_zip(out, trusted)

    assert verdict.verdict == Word.UNCHANGED
    assert verdict.signer_known
    assert not forge.failures(verdict)


def test_it_finds_the_folder_complete_and_unchanged(trusted, tmp_path):
    root = folder.write_folder(forge.built(), tmp_path)

    assert check_folder(root, trusted).verdict == Word.UNCHANGED
    assert check_folder(tmp_path, trusted).verdict == Word.UNCHANGED


def test_it_finds_the_bag_complete_and_unchanged(trusted):
    out = io.BytesIO()
    bag.write_bag(forge.built(), out)

    verdict = check_zip(out, trusted)

    assert verdict.verdict == Word.UNCHANGED
    assert "bag" in {check.name for check in verdict.checks}


def test_it_finds_the_complaint_alone_unchanged_and_says_what_is_not_attached(trusted):
    pdf = forge.built().file(layout.COMPLAINT).open()

    verdict = check_pdf(pdf, trusted)

    assert verdict.verdict == Word.UNCHANGED
    assert verdict.not_proved


def test_without_a_fingerprint_the_signer_stays_unknown():
    verdict = forge.verdict_of(forge.files())

    assert verdict.verdict == Word.UNCHANGED
    assert not verdict.signer_known
    assert [c.result for c in verdict.checks if c.name == "signer"] == [Result.UNKNOWN]


def test_the_first_line_says_by_whom_not_checked():
    out = io.StringIO()

    command.show(forge.verdict_of(forge.files()), out, as_json=False)

    first = out.getvalue().splitlines()[0]
    assert "by whom: not checked" in first
    assert "由谁制作：未核对" in first


def test_it_says_in_words_that_the_embedded_stamp_is_self_issued():
    verdict = forge.verdict_of(forge.files())

    said = " ".join(c.what for c in verdict.checks if c.name == "tokens")
    assert "self-issued" in said
    assert "自签发" in said
    assert any("outside time stamp" in line for line in verdict.not_proved)


def test_the_json_face_has_the_fixed_members():
    out = io.StringIO()

    command.show(forge.verdict_of(forge.files()), out, as_json=True)

    value = json.loads(out.getvalue())
    assert value.keys() == {"verdict", "signer_known", "checks", "not_proved"}
    assert value["signer_known"] is False
    assert all({"name", "result", "code", "what"} <= check.keys() for check in value["checks"])
    assert {check["result"] for check in value["checks"]} <= {"pass", "fail", "unknown"}


def test_a_zip_written_anew_by_another_program_is_unchanged(trusted):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("renamed by hand")
        archive.mkdir("renamed by hand/3_EXHIBITS")
        for path, data in forge.files().items():
            archive.writestr(f"renamed by hand/{path}", data)

    assert check_zip(out, trusted).verdict == Word.UNCHANGED
