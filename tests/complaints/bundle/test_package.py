"""complaints/bundle/package.py: what is built, the same each time, and what is refused."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from dataclasses import replace

import bagit
import pikepdf
import pytest

from complaints.bundle import bag, folder, layout, package
from complaints.bundle.content import PackageContent, Respondent
from complaints.bundle.errors import (
    ContentError,
    ExhibitChangedError,
    StampRefusedError,
    UnprintableError,
    WithheldShownError,
)
from complaints.bundle.package import Package
from complaints.bundle.withheld import Withheld

from . import copies, forge
from . import make_package as make


def build(content: PackageContent, **values: object) -> Package:
    given = {"house": make.house(), "fonts": make.fonts(), "clock": make.clock, **values}
    return package.build(content, **given)


def test_it_has_the_layout_of_the_format():
    paths = set(forge.files())

    assert {
        layout.READ_FIRST, layout.COMPLAINT, layout.INDEX, layout.EXHIBITS, layout.PACKAGE,
        layout.TRUST, layout.SUMS, "3_EXHIBITS/B-1.xml", "6_COPIES/B-3_transcript.txt",
    } <= paths  # fmt: skip
    assert all(path.isascii() for path in paths)


def test_the_package_manifest_lists_every_file_but_the_five_that_it_cannot():
    content = forge.files()

    listed = {file["path"] for file in json.loads(content[layout.PACKAGE])["files"]}

    assert content.keys() - listed == {
        layout.PACKAGE, layout.PACKAGE_SIGNATURE, "5_PROOF/package.json.1.tsr", layout.SUMS,
    }  # fmt: skip


def test_the_same_facts_and_time_give_the_same_bytes():
    first, second = forge.files(), forge.files_of(build(make.content()))
    steady = [
        path
        for path in first
        if path.startswith(("3_EXHIBITS/", "6_COPIES/")) or path in (
            layout.READ_FIRST, layout.EXHIBITS, layout.EXHIBITS_SIGNATURE, layout.INDEX
        )
    ]  # fmt: skip

    assert len(steady) > 8
    assert {p: first[p] for p in steady} == {p: second[p] for p in steady}


def test_the_complaint_before_its_signature_is_the_same_each_time():
    def unsigned(data: bytes) -> bytes:
        return data[: data.index(b"%%EOF") + 5]  # the signature is an update after this

    first = forge.files()[layout.COMPLAINT]
    second = build(make.content()).file(layout.COMPLAINT).open().read()

    assert unsigned(first) == unsigned(second)


def test_one_package_gives_one_zip():
    outs = [io.BytesIO(), io.BytesIO()]
    for out in outs:
        folder.write_zip(forge.built(), out)

    assert outs[0].getvalue() == outs[1].getvalue()
    with zipfile.ZipFile(outs[0]) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in archive.infolist()} == {folder.FIXED_TIME}


def test_bagit_itself_finds_the_bag_valid(tmp_path):
    out = io.BytesIO()
    bag.write_bag(forge.built(), out)
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path)

    assert bagit.Bag(str(tmp_path / f"{forge.CASE}_bag")).is_valid()


def test_the_papers_name_the_manifest_and_embed_it(tmp_path):
    content = forge.files()
    with pikepdf.open(io.BytesIO(content[layout.COMPLAINT])) as pdf:
        inside = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}

    assert inside["exhibits.json"] == content[layout.EXHIBITS]
    assert inside["B-1.xml"] == content["3_EXHIBITS/B-1.xml"]


@pytest.mark.parametrize(
    "read_for",
    [
        {"sm3": None},  # its second digest
        {"sm3": "0" * 64},  # the complaint, in which small ones are embedded
        {"sm3": "0" * 64, "size": package.ATTACH_EACH_BYTES + 1},  # 3_EXHIBITS
    ],
    ids=str,
)
def test_it_refuses_an_exhibit_whose_bytes_are_not_those_of_its_digest(read_for):
    exhibits = make.content().exhibits
    wrong = replace(exhibits[1], open=lambda: io.BytesIO(b"other bytes"), **read_for)

    with pytest.raises(ExhibitChangedError) as refusal:
        build(make.content(exhibits=(exhibits[0], wrong, *exhibits[2:])))

    assert refusal.value.number == "B-1"


def test_it_refuses_a_name_that_no_font_can_print():
    named = Respondent(name="样例\U0001f600公司", role="贷款人")

    with pytest.raises(UnprintableError) as refusal:
        build(make.content(respondents=(named,)))

    assert refusal.value.fields == ("respondents.0.name",)
    assert refusal.value.characters == ("U+1F600",)


def test_it_refuses_a_fact_that_names_an_exhibit_that_is_not_there():
    facts = (replace(make.facts()[0], exhibit="C-9"),)

    with pytest.raises(ContentError) as refusal:
        build(make.content(facts=facts))

    assert refusal.value.field == "facts.0.exhibit"


def test_it_refuses_another_house_s_trust_list():
    with pytest.raises(ContentError) as refusal:
        build(make.content(make.house("second")))

    assert refusal.value.field == "trust"


def test_it_refuses_two_exhibits_of_one_number():
    exhibits = make.content().exhibits

    with pytest.raises(ContentError):
        build(make.content(exhibits=(*exhibits, exhibits[0])))


def test_a_redacted_copy_names_its_parent_by_commitment_only():
    content, withheld = copies.redacted()

    files = forge.files_of(
        build(replace(content, withheld=Withheld(digests=frozenset([withheld]))))
    )

    entry = json.loads(files[layout.EXHIBITS])["exhibits"][2]
    assert entry["parent"]["commitment"] == copies.COMMITMENT
    verdict = forge.verdict_of(files)
    assert verdict.verdict == "unchanged"
    assert "redactions" in {c.name for c in verdict.checks if c.result == "pass"}


def test_it_refuses_to_show_the_digest_of_what_is_withheld():
    content, withheld = copies.redacted()
    parent = replace(content.exhibits[2], custody=make.chain(make.same_id("p"), withheld, 9))
    exhibits = (*content.exhibits[:2], parent, *content.exhibits[3:])

    with pytest.raises(WithheldShownError):
        build(replace(content, exhibits=exhibits, withheld=Withheld(digests=frozenset([withheld]))))


class _Refuses:
    source = "a TSA that answers nonsense"

    def respond(self, request_der: bytes) -> bytes:
        return b"no token"


def test_it_refuses_a_stamp_that_does_not_verify():
    with pytest.raises(StampRefusedError):
        build(make.content(), stampers=[_Refuses()])


def test_it_reports_its_progress():
    steps: list[tuple[str, int, int]] = []

    build(make.content(), progress=lambda *step: steps.append(step))

    assert {step for step, _, _ in steps} == {"exhibits", "pages", "signature"}


def command(*arguments: str, cwd: object = None) -> str:
    done = subprocess.run(arguments, capture_output=True, cwd=cwd, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8", errors="replace")


@pytest.mark.tool("pdfsig")
def test_pdfsig_finds_the_signature_valid(tmp_path):
    root = folder.write_folder(forge.built(), tmp_path)

    done = subprocess.run(
        ["pdfsig", str(root / layout.COMPLAINT)], capture_output=True, check=False, timeout=60
    )

    assert b"Signature is Valid" in done.stdout
    assert b"Total document signed" in done.stdout


@pytest.mark.tool("qpdf")
def test_qpdf_finds_both_papers_sound(tmp_path):
    root = folder.write_folder(forge.built(), tmp_path)

    for name in (layout.READ_FIRST, layout.COMPLAINT):
        assert "No syntax or stream encoding errors" in command("qpdf", "--check", str(root / name))


@pytest.mark.tool("sha256sum")
def test_sha256sum_agrees_with_the_sums(tmp_path):
    root = folder.write_folder(forge.built(), tmp_path)

    assert "FAILED" not in command("sha256sum", "-c", layout.SUMS, cwd=root)


@pytest.mark.openssl
def test_openssl_verifies_the_tokens_over_exhibit_and_manifest(tmp_path):
    root = folder.write_folder(forge.built(), tmp_path)
    (tmp_path / "ca.pem").write_bytes(make.house().files()["ca_cert.pem"])

    for token, data in (
        ("5_PROOF/tokens/B-1.1.tsr", "3_EXHIBITS/B-1.xml"),
        ("5_PROOF/package.json.1.tsr", layout.PACKAGE),
    ):
        command(
            "openssl", "ts", "-verify", "-in", str(root / token), "-data", str(root / data),
            "-CAfile", str(tmp_path / "ca.pem"),
        )  # fmt: skip
