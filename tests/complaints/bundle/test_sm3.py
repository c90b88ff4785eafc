"""SM3 beside SHA-256 in a package: computed or taken over, printed, compared by its recipient."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from complaints.bundle import layout, package
from complaints.bundle.content import PackageContent
from complaints.bundle.errors import ContentError, WithheldShownError
from complaints.bundle.exhibits import Form, Parent
from complaints.bundle.package import Package
from complaints.bundle.verify import subject
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.verdict import Check, Verdict
from complaints.bundle.withheld import Withheld
from evidence.integrity.event import Act

from . import forge
from . import make_package as make

ROOT = Path(__file__).resolve().parents[3]
OTHER = hashlib.new("sm3", b"another").hexdigest()


def build(content: PackageContent) -> Package:
    return package.build(content, house=make.house(), fonts=make.fonts(), clock=make.clock)


def listed(files: forge.Files) -> dict[str, str | None]:
    return {e["number"]: e["sm3"] for e in json.loads(files[layout.SM3])["exhibits"]}


def sm3_checks(verdict: Verdict) -> list[Check]:
    return [check for check in verdict.checks if check.name == "sm3"]


def codes(verdict: Verdict) -> list[tuple[str, str]]:
    return [(str(check.result), check.code) for check in sm3_checks(verdict)]


def with_sm3(*digests: str | None) -> PackageContent:
    """The sample content with these, as the house knows them, in the exhibits' order."""
    content = make.content()
    known = zip(content.exhibits, digests, strict=True)
    return replace(content, exhibits=tuple(replace(one, sm3=sm3) for one, sm3 in known))


def test_each_exhibit_is_listed_with_the_sm3_of_its_file():
    files = forge.files()
    paths = {e["number"]: e["path"] for e in json.loads(files[layout.EXHIBITS])["exhibits"]}

    assert listed(files) == {
        number: hashlib.new("sm3", files[path]).hexdigest() for number, path in paths.items()
    }


def test_the_verifier_compares_every_one():
    verdict = forge.verdict_of(forge.files())

    assert codes(verdict) == [("pass", "sm3")]
    assert "4" in sm3_checks(verdict)[0].what
    assert str(verdict.verdict) == "unchanged"


def test_one_that_is_known_is_taken_over_and_a_wrong_one_is_found_by_the_verifier():
    files = forge.files_of(build(with_sm3(OTHER, None, None, None)))

    assert listed(files)["A-1"] == OTHER
    verdict = forge.verdict_of(files)
    assert (str(verdict.verdict), codes(verdict)) == ("changed", [("fail", "sm3-wrong")])


def test_one_of_another_form_is_refused():
    with pytest.raises(ContentError):
        build(with_sm3(OTHER.upper(), None, None, None))


@pytest.mark.tool("pdftotext")
def test_index_and_complaint_print_it_after_sha256():
    files = forge.files()
    known = listed(files)
    sha256 = {e["number"]: e["sha256"] for e in json.loads(files[layout.EXHIBITS])["exhibits"]}
    index = files[layout.INDEX].decode("utf-8-sig")
    said = text_of(files[layout.COMPLAINT])

    for number, sm3 in known.items():
        assert sm3 is not None
        assert 0 < index.index(sha256[number]) < index.index(f"SM3 {sm3}")
        # Whole on the exhibit's page and in the source statement; its beginning in the list.
        assert said.count(sm3) == 2
        assert said.count(sm3[:16]) == 3
        assert said.index(sha256[number][:16]) < said.index(sm3[:16])


def test_what_is_withheld_is_shown_by_no_sm3_either():
    whole = make.content()
    parent = make.chain(make.same_id("p"), "ab" * 32, 9, (Act.DIGESTED, {"digest": OTHER}))
    copy = replace(
        whole.exhibits[2],
        form=Form.REDACTED,
        parent=Parent(commitment="cd" * 32, events=(parent[1],)),
    )
    exhibits = (*whole.exhibits[:2], copy, *whole.exhibits[3:])

    with pytest.raises(WithheldShownError):
        build(replace(whole, exhibits=exhibits, withheld=Withheld(digests=frozenset([OTHER]))))


def test_an_exhibit_that_has_the_sm3_of_what_is_withheld_is_refused():
    content = replace(
        with_sm3(OTHER, None, None, None), withheld=Withheld(digests=frozenset([OTHER]))
    )

    with pytest.raises(WithheldShownError):
        build(content)


@pytest.mark.tool("pdftotext")
def test_a_house_without_sm3_builds_all_the_same_and_says_so(without_sm3):
    files = forge.files_of(build(with_sm3(OTHER, None, None, None)))

    assert listed(files) == {"A-1": OTHER, "B-1": None, "B-2": None, "B-3": None}
    assert "SM3 未计算" in files[layout.INDEX].decode("utf-8-sig")
    assert "SM3未计算" in text_of(files[layout.COMPLAINT])


def test_without_sm3_the_recipient_s_verdict_is_neither_red_nor_silent(without_sm3):
    verdict = forge.verdict_of(forge.files())

    assert str(verdict.verdict) == "unchanged"
    assert codes(verdict) == [("unknown", "sm3-unavailable")]
    assert any("SM3" in line for line in verdict.not_proved)


def test_without_sm3_a_list_that_does_not_fit_is_still_named(without_sm3):
    files = forge.rewrite(forge.files(), layout.SM3, exhibits=[])

    verdict = forge.verdict_of(forge.resign(files, make.house()))

    assert str(verdict.verdict) == "incomplete"
    assert ("fail", "sm3-missing") in codes(verdict)


def test_an_older_package_is_whole_and_its_gap_is_said():
    files = forge.files()
    del files[layout.SM3]

    verdict = forge.verdict_of(forge.resign(files, make.house()))

    assert str(verdict.verdict) == "unchanged"
    assert codes(verdict) == [("unknown", "sm3-none")]


def test_it_can_be_left_out_and_that_is_said():
    verdict = check_zip(forge.zip_of(forge.files()), with_sm3=False)

    assert (str(verdict.verdict), codes(verdict)) == ("unchanged", [("unknown", "sm3-skipped")])


def test_of_a_large_package_it_is_compared_only_when_asked_for(monkeypatch):
    monkeypatch.setattr(subject, "SM3_BYTES", 1000)
    package = forge.files()

    assert codes(check_zip(forge.zip_of(package))) == [("unknown", "sm3-skipped")]
    assert codes(check_zip(forge.zip_of(package), with_sm3=True)) == [("pass", "sm3")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "SM3 of 4 exhibits is as stated"),
        (("--without-sm3",), "SM3 was not compared"),
    ],
)
def test_the_command_says_it_in_both_languages(tmp_path, arguments: Sequence[str], said: str):
    path = tmp_path / "package.zip"
    path.write_bytes(forge.zip_of(forge.files()).getvalue())

    run = subprocess.run(
        [sys.executable, "-m", "complaints.bundle.verify", str(path), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0
    [line] = [line for line in run.stdout.splitlines() if line[2:].startswith("sm3")]
    assert said in line
    assert "校验值" in line or "未核对" in line


@pytest.mark.tool("openssl")
def test_openssl_says_the_same(tmp_path):
    files = forge.files()
    path = tmp_path / "exhibit"
    path.write_bytes(files["3_EXHIBITS/B-1.xml"])

    said = subprocess.run(
        ["openssl", "dgst", "-sm3", "-r", str(path)], capture_output=True, text=True, check=True
    )

    assert said.stdout.split()[0] == listed(files)["B-1"]


def text_of(pdf: bytes) -> str:
    """The words of a PDF in the order in which they were set, without spaces and line breaks."""
    run = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60
    )
    return "".join(run.stdout.decode().split())
