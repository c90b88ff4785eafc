"""complaints/bundle/verify: containers made to harm. Never a traceback, never green."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from complaints.bundle import folder, layout
from complaints.bundle.verify.checking import check_folder, check_path, check_pdf, check_zip
from complaints.bundle.verify.verdict import Word

from . import forge
from . import make_package as make

ROOT = Path(__file__).resolve().parents[3]


def cannot(archive: io.BytesIO) -> str:
    """Check a ZIP that must not be judged; what its container check said."""
    archive.seek(0)
    verdict = check_zip(archive)
    assert verdict.verdict == Word.CANNOT_CHECK
    assert verdict.exit_code == 2
    assert not forge.failures(verdict)
    return verdict.checks[0].what


def with_entry(name: str, data: bytes = b"x", **attributes: int) -> io.BytesIO:
    """The sample package with one more entry of any name."""
    out = forge.zip_of(forge.files())
    entry = zipfile.ZipInfo("placeholder")
    entry.filename = name
    for attribute, value in attributes.items():
        setattr(entry, attribute, value)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, data)
    return out


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        f"{forge.CASE}/../../outside.txt",
        "/etc/outside",
        "C:/outside",
        f"{forge.CASE}//double",
        f"{forge.CASE}/./dot",
        f"{forge.CASE}/line\nfeed",
        f"{forge.CASE}/right\u202eleft",
        f"{forge.CASE}/cafe\u0301.txt",
    ],
)
def test_an_unsafe_or_ambiguous_name_is_not_judged(name):
    assert "unsafe or ambiguous" in cannot(with_entry(name))


def test_a_name_twice_is_not_judged():
    with pytest.warns(UserWarning, match="Duplicate"):
        archive = with_entry(f"{forge.CASE}/{layout.COMPLAINT}", b"%PDF other")

    assert "two files of one name" in cannot(archive)


def test_a_link_in_a_zip_is_not_judged():
    archive = with_entry(
        f"{forge.CASE}/link", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16
    )

    assert "link" in cannot(archive)


def test_a_link_in_a_folder_is_not_judged(tmp_path):
    root = folder.write_folder(forge.built(), tmp_path)
    (root / "link").symlink_to("/etc/passwd")

    verdict = check_folder(root)

    assert verdict.verdict == Word.CANNOT_CHECK


def test_an_archive_bomb_is_not_unpacked():
    out = forge.zip_of(forge.files())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{forge.CASE}/bomb.bin", bytes(50 * 1024 * 1024))

    assert "bomb" in cannot(out)


def test_entries_that_share_their_bytes_are_not_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a", bytes(100_000))
    data = bytearray(out.getvalue())
    end = data.rindex(b"PK\x05\x06")
    begin = struct.unpack("<L", data[end + 16 : end + 20])[0]
    entry = bytes(data[begin:end])
    twice = data[:end] + entry.replace(b"a", b"b", 1)[: len(entry)] + data[end:]
    end = twice.rindex(b"PK\x05\x06")
    twice[end + 8 : end + 20] = struct.pack("<HHLL", 2, 2, len(entry) * 2, begin)

    assert cannot(io.BytesIO(bytes(twice)))


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + bytes(100), os.urandom(5000)])
def test_what_is_no_archive_is_not_judged(data):
    cannot(io.BytesIO(data))


def test_an_archive_without_a_package_is_not_judged():
    cannot(forge.zip_of({"holiday.jpg": b"x"}, root=""))


def test_a_pdf_that_is_none_of_ours_is_not_judged():
    verdict = check_pdf(forge.built().file(layout.READ_FIRST).open())

    assert verdict.verdict == Word.CANNOT_CHECK


def test_a_manifest_nested_beyond_measure_is_never_green():
    content = forge.files() | {layout.PACKAGE: b"[" * 200_000 + b"]" * 200_000}

    assert forge.verdict_of(content).verdict != Word.UNCHANGED


def test_a_manifest_beyond_the_limit_is_never_green():
    content = forge.files() | {layout.PACKAGE: b" " * (17 * 1024 * 1024)}

    assert forge.verdict_of(content).verdict != Word.UNCHANGED


def test_a_later_version_signed_by_the_house_cannot_be_checked_here():
    verdict = forge.verdict_of(forge.resign(forge.files(), make.house(), v=2))

    assert verdict.verdict == Word.CANNOT_CHECK
    assert not forge.failures(verdict)


def test_a_member_too_many_signed_by_the_house_cannot_be_checked_here():
    verdict = forge.verdict_of(forge.resign(forge.files(), make.house(), surprise="x"))

    assert verdict.verdict == Word.CANNOT_CHECK


def test_a_path_that_is_not_there_cannot_be_checked(tmp_path):
    assert check_path(tmp_path / "nothing").verdict == Word.CANNOT_CHECK


def run(*arguments: str, python: tuple[str, ...] = (), **environment: str) -> tuple[int, str]:
    """The command as a recipient starts it."""
    done = subprocess.run(
        [sys.executable, *python, "-m", "complaints.bundle.verify", *arguments],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode("utf-8")


@pytest.fixture
def handed_over(tmp_path) -> Path:
    path = tmp_path / "package.zip"
    with path.open("wb+") as out:
        folder.write_zip(forge.built(), out)
    return path


def test_the_command_answers_0_for_a_whole_package_of_the_house_we_trust(handed_over):
    code, out = run(str(handed_over), "--json", "--trust", make.house().fingerprint)

    assert code == 0
    assert json.loads(out)["verdict"] == "unchanged"


def test_the_command_answers_1_for_a_foreign_house(handed_over):
    code, out = run(str(handed_over), "--json", "--trust", "ab" * 32)

    assert code == 1
    assert json.loads(out)["verdict"] == "changed"


@pytest.mark.parametrize("trust", ["nonsense", "ab" * 31])
def test_the_command_answers_2_for_a_trust_that_is_none(handed_over, trust):
    assert run(str(handed_over), "--trust", trust)[0] == 2


def test_the_command_reads_trust_from_the_house_s_own_file(handed_over, tmp_path):
    file = tmp_path / "trust.json"
    file.write_bytes(make.house().trust_json(at=make.BUNDLE_TIME))

    code, out = run(str(handed_over), "--trust", str(file))

    assert code == 0
    assert "agrees with the fingerprint" in out.splitlines()[0]


def test_the_command_answers_2_when_it_breaks_down(handed_over, tmp_path):
    broken = tmp_path / "locale"
    broken.mkdir()
    (tmp_path / "sitecustomize.py").write_text(
        "import complaints.bundle.verify.files as files\n"
        "def broken(subject): raise RuntimeError('broken on purpose')\n"
        "files.Hashing.finish = broken\n"
    )

    code, out = run(str(handed_over), "--json", PYTHONPATH=f"{tmp_path}:{ROOT}")

    assert code == 2
    assert json.loads(out)["verdict"] == "cannot_check"


@pytest.mark.parametrize("part", ["rfc3161_client", "rfc8785", "pyhanko", "asn1crypto"])
def test_the_command_answers_2_when_a_part_of_it_is_missing(handed_over, tmp_path, part):
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules['{part}'] = None\n")

    code, out = run(str(handed_over), "--json", PYTHONPATH=str(tmp_path))

    assert code == 2
    assert json.loads(out)["verdict"] == "cannot_check"


def test_the_command_needs_no_framework_and_no_typesetter(handed_over, tmp_path):
    absent = (
        "django rest_framework celery typst segno fontTools PIL av cv2 onnxruntime rapidocr"
        " pikepdf fluent numpy"
    )
    (tmp_path / "sitecustomize.py").write_text(
        f"import sys\nfor name in '{absent}'.split(): sys.modules[name] = None\n"
    )

    code, _ = run(str(handed_over), PYTHONPATH=str(tmp_path))

    assert code == 0


def test_no_arguments_at_all_is_not_green():
    assert run()[0] == 2
