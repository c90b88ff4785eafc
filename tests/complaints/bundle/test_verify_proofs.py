"""complaints/bundle/verify: record and log proofs, outside time stamps, originals read again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from complaints.bundle import folder, layout, package
from complaints.bundle.content import PackageContent
from complaints.bundle.verify.checking import check_path, check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Verdict, Word
from evidence.integrity import certificates
from evidence.integrity.digest import canonical

from . import forge
from . import make_package as make
from .chosen import case, chosen_records, read, with_records
from .stranger import Stranger


def build(content: PackageContent, **values: object) -> forge.Files:
    given = {"house": make.house(), "fonts": make.fonts(), "clock": make.clock, **values}
    return forge.files_of(package.build(content, **given))


def passed(verdict: Verdict) -> set[str]:
    return {str(check.name) for check in verdict.checks if check.result == "pass"}


def test_a_shown_record_is_proved_under_the_root_of_its_reading():
    content = build(case(with_records(read())))

    verdict = forge.verdict_of(content)

    assert verdict.verdict == Word.UNCHANGED
    assert {"records", "original"} <= passed(verdict)
    assert not any("read correctly" in line for line in verdict.not_proved)


def test_a_shown_record_with_other_words_is_changed_even_when_all_is_signed_anew():
    content = build(case(with_records(read())))
    path = layout.records_path("B-1")
    value = json.loads(content[path])
    value["records"][0]["record"]["text"] = "something milder"
    content[path] = canonical(value)

    verdict = forge.verdict_of(forge.resign(content, make.house()))

    assert path in forge.blamed(verdict)


def test_a_root_that_the_custody_log_does_not_name_is_changed():
    content = build(case(with_records(read(), root="ee" * 32)))

    verdict = forge.verdict_of(content)

    assert layout.records_path("B-1") in forge.blamed(verdict)


def test_chosen_records_are_proved_and_their_export_is_named_nowhere():
    content, withheld = chosen_records()

    files = build(content)

    verdict = forge.verdict_of(files)
    assert verdict.verdict == Word.UNCHANGED
    assert {"records", "redactions"} <= passed(verdict)
    assert any("B-1: that the records were read correctly" in line for line in verdict.not_proved)
    assert not any(withheld.encode() in data for data in files.values())
    assert not any(bytes.fromhex(withheld) in data for data in files.values())


def test_the_original_read_again_agrees_with_what_is_shown(tmp_path):
    original = tmp_path / "sms-20261104.xml"
    original.write_bytes(make.SMS_EXPORT)

    verdict = check_zip(forge.zip_of(build(chosen_records()[0])), compare=original)

    assert "original" in passed(verdict)
    assert not any("read correctly" in line for line in verdict.not_proved)


def test_another_original_does_not_agree(tmp_path):
    original = tmp_path / "sms-20261104.xml"
    original.write_bytes(
        make.SMS_EXPORT.replace("你家住哪我们清楚".encode(), "请尽快还款".encode())
    )

    verdict = check_zip(forge.zip_of(build(chosen_records()[0])), compare=original)

    assert "original" in {check.name for check in forge.failures(verdict)}


def test_an_original_of_nothing_here_is_said(tmp_path):
    original = tmp_path / "other.bin"
    original.write_bytes(b"nothing of this case")

    verdict = check_path(_written(tmp_path), compare=original)

    assert [c.result for c in verdict.checks if c.name == "original"] == ["unknown"]


def _written(tmp_path: Path) -> Path:
    return folder.write_folder(forge.built(), tmp_path / "package")


@pytest.fixture(scope="module")
def stranger() -> Stranger:
    return Stranger.make()


@pytest.fixture(scope="module")
def stamped(stranger: Stranger) -> forge.Files:
    """A package whose exhibits, manifests and PDF a stranger stamped too."""
    exhibits = tuple(
        replace(e, tokens=(*e.tokens, stranger.token(e.sha256))) for e in make.content().exhibits
    )
    return build(make.content(exhibits=exhibits), stampers=[stranger])


def test_an_outside_stamp_counts_when_its_root_is_given(stamped, stranger):
    trusted = Trusted(given=(stranger.issuer.certificate,))

    verdict = check_zip(forge.zip_of(stamped), trusted)

    assert verdict.verdict == Word.UNCHANGED
    assert any("outside TSA, root given by you" in check.what for check in verdict.checks)
    assert not any("outside time stamp" in line for line in verdict.not_proved)


def test_an_outside_stamp_counts_as_self_issued_when_its_root_is_not_given(stamped):
    verdict = forge.verdict_of(stamped)

    assert verdict.verdict == Word.UNCHANGED
    assert "counts as self-issued" in " ".join(check.what for check in verdict.checks)
    assert any("outside time stamp" in line for line in verdict.not_proved)


def test_a_pem_of_roots_is_read_from_a_file(stranger, tmp_path):
    file = tmp_path / "roots.pem"
    file.write_bytes(certificates.certificate_pem(stranger.issuer.certificate))

    assert Trusted.of([str(file)]).roots == (stranger.issuer.certificate,)
