"""complaints/stages/packaging.py: the same facts, versions and time give the same bytes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from complaints.bundle import layout
from tests.road.databases import own_database
from tests.road.installed import ROOT, installed

PROGRAM = Path(__file__).with_name("same_facts.py")
HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "LANG": "C"}
ELSEWHERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "America/St_Johns",
    "LC_ALL": "C.UTF-8",
    "LANG": "zh_CN.UTF-8",
    "LANGUAGE": "zh_CN",
}
STEADY = ("3_EXHIBITS/", "6_COPIES/")
STEADY_FILES = {layout.EXHIBITS, layout.CASE_UCO, layout.READ_FIRST, layout.CHECKER}


@dataclass(frozen=True)
class Twice:
    """The files of one package, built by two processes."""

    here: Mapping[str, bytes]
    elsewhere: Mapping[str, bytes]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    place = tmp_path_factory.mktemp("same-facts")
    away = place / "away"
    away.mkdir()
    with own_database() as database, installed(place, database) as environment:
        environment |= {"PYTHONPATH": str(ROOT), "FONT_DIR": _fonts(environment)}
        row = _run(environment, "make").strip()
        for name, other, cwd in (("here", HERE, ROOT), ("elsewhere", ELSEWHERE, away)):
            _run(environment | other, "build", row, str(place / name), cwd=cwd)
    return Twice(_files(place / "here"), _files(place / "elsewhere"))


def _fonts(environment: Mapping[str, str]) -> str:
    return environment.get("FONT_DIR", str(ROOT / "var" / "fonts"))


def _run(environment: Mapping[str, str], *words: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *words],
        cwd=cwd,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-6000:]
    return done.stdout


def _files(place: Path) -> dict[str, bytes]:
    [root] = place.iterdir()
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def _unsigned(paper: bytes) -> bytes:
    return paper[: paper.index(b"%%EOF") + 5]  # every signature is an update after this


def test_two_processes_of_other_habits_build_the_same_manifest_exhibits_and_copies(
    twice: Twice,
) -> None:
    steady = {path for path in twice.here if path.startswith(STEADY) or path in STEADY_FILES}

    assert {path.split("/")[0] for path in steady} >= {"3_EXHIBITS", "6_COPIES", "5_PROOF"}
    assert {Path(path).suffix for path in steady} >= {".json", ".png", ".m4a", ".txt"}
    assert [path for path in steady if twice.here[path] != twice.elsewhere.get(path)] == []


def test_they_set_the_same_complaint_before_it_is_signed(twice: Twice) -> None:
    here, elsewhere = twice.here[layout.COMPLAINT], twice.elsewhere[layout.COMPLAINT]

    assert here != elsewhere  # the signature names the moment at which it was made
    assert _unsigned(here) == _unsigned(elsewhere)


def test_nothing_differs_but_what_is_signed_or_stamped_now(twice: Twice) -> None:
    assert twice.here.keys() == twice.elsewhere.keys()
    differ = {path for path in twice.here if twice.here[path] != twice.elsewhere[path]}

    assert differ == {
        layout.COMPLAINT,
        layout.EXHIBITS_TOKEN.format(n=1),
        layout.PACKAGE,
        layout.PACKAGE_SIGNATURE,
        layout.PACKAGE_TOKEN.format(n=1),
        layout.SUMS,
    }
