"""complaints/bundle/verify: what somebody did to a package afterwards is found and named."""

from __future__ import annotations

import io
import json

import pytest

from complaints.bundle import bag, layout, package
from complaints.bundle.verify.checking import check_pdf, check_zip
from complaints.bundle.verify.verdict import Word
from evidence.integrity.digest import canonical

from . import forge
from . import make_package as make

PATHS = sorted(forge.files())


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_one_flipped_byte_in_any_file_is_changed_and_named(path, place):
    content = forge.files()
    size = len(content[path])
    content[path] = forge.flip(
        content[path], {"first": 0, "middle": size // 2, "last": size - 1}[place]
    )

    verdict = forge.verdict_of(content)

    assert verdict.verdict == Word.CHANGED
    assert path in forge.blamed(verdict)


@pytest.mark.parametrize("path", ["evil.txt", "3_EXHIBITS/B-9.jpg", "5_PROOF/package.json.2.tsr"])
def test_a_planted_file_is_changed_and_named(path):
    content = forge.resum(forge.files() | {path: b"planted"})

    verdict = forge.verdict_of(content)

    assert verdict.verdict == Word.CHANGED
    assert path in forge.blamed(verdict)


def test_a_planted_file_beside_the_folder_is_changed():
    content = {f"{forge.CASE}/{p}": data for p, data in forge.files().items()}

    verdict = check_zip(forge.zip_of(content | {"beside.txt": b"x"}, root=""))

    assert verdict.verdict == Word.CHANGED
    assert "beside.txt" in forge.blamed(verdict)


@pytest.mark.parametrize("path", [p for p in PATHS if p != layout.PACKAGE])
def test_a_removed_file_is_incomplete_and_named(path):
    content = forge.files()
    del content[path]

    verdict = forge.verdict_of(content)

    assert verdict.exit_code == 1
    assert path in forge.blamed(verdict)


def test_a_renamed_file_is_found_both_ways():
    content = forge.files()
    content["3_EXHIBITS/B-7.jpg"] = content.pop("3_EXHIBITS/B-2.jpg")

    verdict = forge.verdict_of(content)

    assert verdict.verdict == Word.CHANGED
    assert {"3_EXHIBITS/B-7.jpg", "3_EXHIBITS/B-2.jpg"} <= forge.blamed(verdict)


def test_two_exhibits_that_changed_places_are_changed():
    content = forge.files()
    a, b = "3_EXHIBITS/A-1.pdf", "3_EXHIBITS/B-1.xml"
    content[a], content[b] = content[b], content[a]

    assert {a, b} <= forge.blamed(forge.verdict_of(content))


def test_without_manifests_nothing_can_be_checked():
    content = {p: d for p, d in forge.files().items() if "package.json" not in p}
    del content[layout.EXHIBITS]

    verdict = forge.verdict_of(content)

    assert verdict.verdict == Word.CANNOT_CHECK
    assert verdict.exit_code == 2


def test_a_manifest_that_was_indented_anew_is_changed():
    content = forge.files()
    value = json.loads(content[layout.PACKAGE])
    content[layout.PACKAGE] = json.dumps(value, indent=2, ensure_ascii=False).encode()

    verdict = forge.verdict_of(forge.resum(content))

    assert verdict.verdict == Word.CHANGED
    assert layout.PACKAGE in forge.blamed(verdict)


def test_an_edited_manifest_without_a_new_signature_is_changed():
    content = forge.rewrite(forge.files(), layout.EXHIBITS, case="LZ-OTHER")

    assert forge.verdict_of(forge.resum(content)).verdict == Word.CHANGED


def test_a_package_signed_anew_by_a_key_that_the_house_does_not_list_is_changed():
    content = forge.files() | {"3_EXHIBITS/A-1.pdf": b"%PDF other contract"}

    verdict = forge.verdict_of(forge.resign(content, make.house("second")))

    assert verdict.verdict == Word.CHANGED
    assert layout.PACKAGE in forge.blamed(verdict)


def test_a_package_wholly_made_by_another_house_is_whole_but_never_by_the_house_we_trust():
    other = make.house("second")
    forged = package.build(make.content(other), house=other, fonts=make.fonts(), clock=make.clock)
    content = forge.files_of(forged)

    alone = forge.verdict_of(content)
    known = forge.verdict_of(content, trust=make.house().fingerprint)

    assert alone.verdict == Word.UNCHANGED
    assert not alone.signer_known
    assert known.verdict == Word.CHANGED
    assert layout.TRUST in forge.blamed(known)


def test_a_token_of_another_exhibit_is_changed_even_when_all_is_signed_anew():
    content = forge.files()
    content["5_PROOF/tokens/A-1.1.tsr"] = content["5_PROOF/tokens/B-1.1.tsr"]

    verdict = forge.verdict_of(forge.resign(content, make.house()))

    assert verdict.verdict == Word.CHANGED
    assert "5_PROOF/tokens/A-1.1.tsr" in forge.blamed(verdict)


def test_a_token_of_the_other_manifest_is_changed():
    content = forge.files()
    content["5_PROOF/package.json.1.tsr"] = content["5_PROOF/exhibits.json.1.tsr"]

    verdict = forge.verdict_of(forge.resum(content))

    assert "5_PROOF/package.json.1.tsr" in forge.blamed(verdict)


def test_a_self_issued_token_that_poses_as_an_outside_one_is_changed():
    content = forge.files()
    value = json.loads(content[layout.EXHIBITS])
    value["exhibits"][0]["tokens"][0]["self_issued"] = False
    content[layout.EXHIBITS] = canonical(value)

    verdict = forge.verdict_of(forge.resign(content, make.house()))

    assert "5_PROOF/tokens/A-1.1.tsr" in forge.blamed(verdict)


def test_a_time_that_is_not_the_tokens_is_changed():
    content = forge.files()
    value = json.loads(content[layout.EXHIBITS])
    value["exhibits"][0]["times"]["sealed_at"] = "2026-01-01T00:00:00.000000Z"
    content[layout.EXHIBITS] = canonical(value)

    verdict = forge.verdict_of(forge.resign(content, make.house()))

    assert verdict.verdict == Word.CHANGED
    assert "3_EXHIBITS/A-1.pdf" in forge.blamed(verdict)


def test_a_custody_event_taken_out_is_changed_even_when_all_is_signed_anew():
    content = forge.files()
    value = json.loads(content[layout.EXHIBITS])
    del content[value["exhibits"][0]["custody"].pop(1)]
    content[layout.EXHIBITS] = canonical(value)

    verdict = forge.verdict_of(forge.resign(content, make.house()))

    assert "custody" in {check.name for check in forge.failures(verdict)}


def test_an_exhibit_exchanged_and_signed_anew_contradicts_its_custody_and_its_receipt():
    content = forge.files()
    content["3_EXHIBITS/B-1.xml"] = b"<smses/>"
    value = json.loads(content[layout.EXHIBITS])
    entry = next(e for e in value["exhibits"] if e["number"] == "B-1")
    entry |= {"sha256": forge.sha256_hex(b"<smses/>"), "size": 8}
    content[layout.EXHIBITS] = canonical(value)

    verdict = forge.verdict_of(forge.resign(content, make.house()))

    assert {"custody", "receipts", "tokens"} <= {c.name for c in forge.failures(verdict)}


def test_something_added_to_the_pdf_after_its_signature_is_changed():
    content = forge.files()
    content[layout.COMPLAINT] += b"\n% added later\n"

    verdict = forge.verdict_of(forge.resign(content, make.house()))

    assert "pdf" in {check.name for check in forge.failures(verdict)}


def test_a_complaint_of_another_package_is_changed_even_when_all_is_signed_anew():
    other = package.build(
        make.content(case="LZ-SAMPLE-0002"),
        house=make.house(),
        fonts=make.fonts(),
        clock=make.clock,
    )
    content = forge.files() | {layout.COMPLAINT: other.file(layout.COMPLAINT).open().read()}

    verdict = forge.verdict_of(forge.resign(content, make.house()))

    assert layout.COMPLAINT in forge.blamed(verdict)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9, 0.99])
def test_one_flipped_byte_in_the_complaint_alone_is_never_green(place):
    data = forge.files()[layout.COMPLAINT]

    verdict = check_pdf(io.BytesIO(forge.flip(data, int(len(data) * place))))

    assert verdict.verdict != Word.UNCHANGED


def test_one_flipped_byte_in_each_tag_file_of_a_bag_is_changed_and_named():
    out = io.BytesIO()
    bag.write_bag(forge.built(), out)
    whole = forge.zipped(out)
    tags = [name for name in whole if "/data/" not in name]

    for name in tags:
        verdict = check_zip(forge.zip_of(whole | {name: forge.flip(whole[name])}, root=""))

        assert verdict.verdict == Word.CHANGED
        assert name.split("/")[1] in forge.blamed(verdict)
    assert len(tags) == 4
