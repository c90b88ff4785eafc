"""complaints/bundle/verify: record and log proofs, outside time stamps, originals read again."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from complaints.bundle import folder, layout, manifest, package
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import (
    Exhibit,
    Form,
    Parent,
    ReadingInfo,
    ShownRecord,
)
from complaints.bundle.verify.checking import check_path, check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Verdict, Word
from evidence import readers
from evidence.integrity import certificates
from evidence.integrity.digest import canonical, sha256_hex
from evidence.integrity.event import Act
from evidence.integrity.records import RecordTree, parent_commitment, record_bytes

from . import forge
from . import make_package as make
from .stranger import Stranger

SECRET = bytes(range(32))


def build(content: PackageContent, **values: object) -> forge.Files:
    given = {"house": make.house(), "fonts": make.fonts(), "clock": make.clock, **values}
    return forge.files_of(package.build(content, **given))


def passed(verdict: Verdict) -> set[str]:
    return {str(check.name) for check in verdict.checks if check.result == "pass"}


@dataclass(frozen=True)
class Read:
    """The sample export, really read: its records and their tree."""

    reader: str
    reader_version: str
    records: tuple[bytes, ...]
    tree: RecordTree


def read() -> Read:
    reading = readers.read(io.BytesIO(make.SMS_EXPORT), name="sms-20261104.xml")
    raws = tuple(record_bytes(record.as_json()) for record in reading)
    return Read(reading.reader, reading.reader_version, raws, RecordTree(SECRET, raws))


def shown(of: Read, *indexes: int) -> tuple[ShownRecord, ...]:
    found = []
    for index in indexes:
        proof = of.tree.proof(index)
        text = json.loads(of.records[index])["text"]
        found.append(
            ShownRecord(
                index=index,
                canonical=of.records[index],
                salt=proof.salt,
                proof=proof.path,
                text=text,
                number="10000000101",
                at="2026-11-03 22:47:00",
            )
        )
    return tuple(found)


def with_records(of: Read, root: str | None = None) -> Exhibit:
    """B-1 in the original, its first record shown with its proof."""
    whole = make.message_export(make.house())
    raws = make.chain(
        whole.item,
        whole.sha256,
        whole.size,
        (Act.READ, {"root": root or of.tree.root.hex(), "records": of.tree.count}),
    )
    reading = ReadingInfo(
        format="sms_backup_restore",
        reader=of.reader,
        reader_version=of.reader_version,
        records=of.tree.count,
        records_root=of.tree.root.hex(),
    )
    # The same first event as before, so the receipt still names it.
    return replace(
        whole, custody=raws, reading=reading, records=shown(of, 0), records_total=of.tree.count
    )


def case(exhibit: Exhibit) -> PackageContent:
    exhibits = tuple(exhibit if e.number == "B-1" else e for e in make.content().exhibits)
    return make.content(exhibits=exhibits)


def test_a_shown_record_is_proved_under_the_root_of_its_reading():
    content = build(case(with_records(read())))

    verdict = forge.verdict_of(content)

    assert verdict.verdict == Word.UNCHANGED
    assert "records" in passed(verdict)
    assert any("read correctly" in line for line in verdict.not_proved)


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


def chosen_records() -> tuple[PackageContent, str]:
    """B-1 as one chosen record of an export that is withheld; and the export's digest."""
    of = read()
    whole, withheld = make.message_export(make.house()), sha256_hex(make.SMS_EXPORT)
    raw = manifest.write_records(of.tree.root.hex(), of.tree.count, "sample", shown(of, 1))
    exported = make.chain(
        make.same_id("export"),
        withheld,
        len(make.SMS_EXPORT),
        (Act.READ, {"root": of.tree.root.hex(), "records": of.tree.count}),
    )
    exhibit = make.exhibit(
        "B-1",
        raw,
        of=make.house(),
        name="短信记录节选",
        media_type="application/json",
        extension="json",
        form=Form.RECORDS,
        parent=Parent(commitment=parent_commitment(SECRET, withheld), events=(exported[1],)),
        reading=ReadingInfo(
            format="sms_backup_restore",
            reader=of.reader,
            reader_version=of.reader_version,
            records=of.tree.count,
            records_root=of.tree.root.hex(),
        ),
        records=shown(of, 1),
        records_total=of.tree.count,
    )
    assert whole.number == exhibit.number
    content = replace(case(exhibit), withheld_digests=frozenset([withheld]))
    return content, withheld


def test_chosen_records_are_proved_and_their_export_is_named_nowhere():
    content, withheld = chosen_records()

    files = build(content)

    verdict = forge.verdict_of(files)
    assert verdict.verdict == Word.UNCHANGED
    assert {"records", "redactions"} <= passed(verdict)
    assert not any(withheld.encode() in data for data in files.values())
    assert not any(bytes.fromhex(withheld) in data for data in files.values())


def test_the_original_read_again_agrees_with_what_is_shown(tmp_path):
    original = tmp_path / "sms-20261104.xml"
    original.write_bytes(make.SMS_EXPORT)

    verdict = check_zip(forge.zip_of(build(chosen_records()[0])), compare=original)

    assert "original" in passed(verdict)


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
    trusted = Trusted(roots=(stranger.issuer.certificate,))

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
