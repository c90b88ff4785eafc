"""docker-compose.yml and Dockerfile: what they name is there (test_compose_starts.py runs it)."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
SETTINGS = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.M))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
IGNORED = (ROOT / ".dockerignore").read_text("utf-8").splitlines()


# --- What is written ---------------------------------------------------------------------------


def test_it_brings_web_worker_and_beat_with_database_queue_and_store():
    assert set(OURS) == {"init", "web", "worker", "beat"}
    assert {"db", "redis", "store"} <= set(SERVICES)


def test_each_variable_of_ours_is_a_setting():
    for service in OURS.values():
        assert set(service["environment"]) <= SETTINGS


def test_no_secret_has_a_default():
    secrets = re.findall(r"\$\{(\w+)([^}]*)\}", COMPOSE)

    assert {name for name, _ in secrets} == {"POSTGRES_PASSWORD", "S3_ACCESS_KEY", "S3_SECRET_KEY"}
    assert all(rest.startswith(":?") for _, rest in secrets)


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_has_a_healthcheck_or_says_why_not(name):
    assert ("healthcheck" in SERVICES[name]) != bool(SERVICES[name].get("x-no-healthcheck"))


@pytest.mark.parametrize("name", sorted(set(SERVICES) - set(OURS)))
def test_each_image_is_pinned_and_names_no_registry(name):
    repository, _, tag = SERVICES[name]["image"].partition(":")

    assert re.search(r"\d+\.\d+", tag)
    assert not re.search(r"[.:]", repository.split("/")[0])


def test_everything_waits_for_what_it_needs():
    healthy = {name for name, service in SERVICES.items() if "healthcheck" in service}
    for service in OURS.values():
        for needed, how in service["depends_on"].items():
            by = how["condition"]
            assert needed in (healthy if by == "service_healthy" else OURS)


def test_only_this_machine_reaches_the_one_open_port():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert ports == ["127.0.0.1:8000:8000"]


def test_each_volume_is_declared():
    used = [each for service in SERVICES.values() for each in service.get("volumes", [])]

    assert {each.split(":")[0] for each in used} == set(yaml.safe_load(COMPOSE)["volumes"])


# --- The image ---------------------------------------------------------------------------------


def copied() -> Iterator[tuple[str, str]]:
    """(what, from where) for each COPY: from this checkout, or from another stage of the build."""
    for line in DOCKERFILE:
        words = shlex.split(line)
        if words[:1] == ["COPY"]:
            stage = [word for word in words if word.startswith("--from=")]
            for source in words[1 + len(stage) : -1]:
                yield source, stage[0] if stage else ""


def test_the_dockerfile_copies_only_what_exists_and_is_let_in():
    let_in = {line[1:] for line in IGNORED if line.startswith("!")}
    for source, stage in copied():
        if not stage:
            assert (ROOT / source).exists(), source
            parts = Path(source).parts
            # `docs` is let in by its parts: what is copied then is what they hold.
            whole = any("/".join(parts[: i + 1]) in let_in for i in range(len(parts)))
            assert whole or any(each.startswith(f"{source}/") for each in let_in), source


def test_nothing_private_is_let_into_the_image():
    let_in = {line[1:] for line in IGNORED if line.startswith("!")}

    assert IGNORED[1] == "*"
    assert not let_in & {".", ".env", "var", ".git", "docs", "requirements", "tests"}
    assert all((ROOT / each).exists() for each in let_in)


def test_the_image_holds_the_fonts_that_set_up_lays():
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from prepare import FONTS
    finally:
        sys.path.pop(0)
    fonts = [source for source, stage in copied() if source.endswith(".ttf")]

    assert sorted(fonts) == sorted(f"/src/pwa/node_modules/@expo-google-fonts/{n}" for n in FONTS)


def imported_from_outside() -> set[str]:
    """What the client's sources import of the rest of the repository."""
    climbs = re.compile(r"(?:from|import|glob(?:<[^>]*>)?\()\s*\(?['\"]((?:\.\./)+[^'\"]+)['\"]")
    outside = set()
    folders = [ROOT / "pwa/src", ROOT / "pwa/check/src"]
    for file in (each for folder in folders for each in folder.rglob("*.ts*")):
        for target in climbs.findall(file.read_text("utf-8")):
            path = Path(os.path.normpath(file.parent / target))
            if not path.is_relative_to(ROOT / "pwa"):
                outside.add(path.relative_to(ROOT).as_posix())

    assert "complaints/interview/steps.json" in outside  # the pattern still finds something
    return outside


def test_the_client_finds_in_the_image_whatever_it_imports_from_outside():
    beside = {source for source, stage in copied() if not stage}
    for path in imported_from_outside():
        assert any(path == each or path.startswith(f"{each}/") for each in beside), path


def test_the_base_images_are_pinned():
    for line in DOCKERFILE:
        if line.startswith("FROM"):
            assert re.fullmatch(r"FROM \w+:\d+\.\d+\.\d+-[\w-]+( AS \w+)?", line)
