"""config/health.py: each part is named, a failing one turns the answer to 503, nothing leaks."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config import health, keys
from evidence.models import Fixity, Job

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("health") / "keys"
    keys.make(folder, at=timezone.now(), origin="test.example/log")
    return folder


@pytest.fixture
def well(settings, key_folder):
    """An installation in good health."""
    settings.KEYS_DIR = key_folder


def asked() -> tuple[int, dict[str, str]]:
    cache.delete("health")
    answer = Client().get("/health/")
    return answer.status_code, {part["name"]: part["says"] for part in answer.json()["checks"]}


def test_a_well_installation_answers_200(well):
    status, says = asked()

    assert (status, set(says.values())) == (200, {""})
    assert list(says) == [
        "database",
        "migrations",
        "proof_guard",
        "keys",
        "storage",
        "work",
        "log",
        "stamps",
        "fixity",
        "certificates",
    ]


def test_certificates_that_end_soon_are_named_while_people_are_served(well, settings):
    settings.TSA_RENEW_DAYS = 10_000  # longer than any certificate of a new house lives

    status, says = asked()

    assert status == 200
    roles = [each.split(" ends ")[0] for each in says["certificates"].split(", ")]
    assert roles == ["ca", "embedded_tsa", "pdf_signer"]


def test_an_open_key_is_named_but_not_shown(well, settings, tmp_path):
    settings.KEYS_DIR = tmp_path

    status, says = asked()

    assert status == 503
    assert says["keys"].startswith(("ca_cert.pem", tmp_path.name))


def test_a_vault_that_cannot_be_written_fails(well, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "file")},
        },
    }

    status, says = asked()

    assert status == 503
    assert says["storage"]
    assert str(tmp_path) not in str(says)


def test_a_probe_leaves_nothing_in_the_vault(well, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "vault": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }

    assert health.storage() == ""
    assert list(tmp_path.iterdir()) == []


def test_work_that_nobody_takes_fails(well):
    now = timezone.now()
    Job.objects.create(
        stage="read", subject_id=uuid4(), created_at=now, next_at=now - timedelta(minutes=6)
    )

    status, says = asked()

    assert status == 503
    assert says["work"] == "1 jobs wait for a worker"


def test_work_that_a_worker_holds_is_not_late(well):
    now = timezone.now()
    Job.objects.create(
        stage="read",
        subject_id=uuid4(),
        created_at=now,
        next_at=now - timedelta(minutes=6),
        lease_until=now + timedelta(minutes=1),
    )

    assert asked()[1]["work"] == ""


def test_a_missing_trigger_fails(well, monkeypatch):
    monkeypatch.setattr(health.guard, "missing", lambda: ["a trigger"])

    assert asked()[1]["proof_guard"] == "1 triggers are missing"


def test_a_part_that_breaks_is_the_finding(well, monkeypatch):
    def broken() -> str:
        raise OSError("/a/secret/path is full")

    monkeypatch.setitem(health.PARTS, "storage", broken)

    status, says = asked()

    assert (status, says["storage"]) == (503, "OSError")


def test_one_look_serves_everyone_for_a_moment(well, monkeypatch):
    looks = []
    monkeypatch.setattr(health, "look", lambda: looks.append(1) or [])

    Client().get("/health/")
    Client().get("/health/")

    assert len(looks) == 1


def test_a_fault_in_the_vault_is_said_and_stops_no_server(well):
    now = timezone.now()
    for name in ("ab/1", "ab/2"):
        Fixity.objects.create(name=name, result="missing", since=now, looked_at=now)
    cache.delete("health")

    answer = Client().get("/health/")

    assert (answer.status_code, answer.json()["status"]) == (200, "faults")
    says = {part["name"]: part["says"] for part in answer.json()["checks"]}
    assert says["fixity"] == "2 missing"
