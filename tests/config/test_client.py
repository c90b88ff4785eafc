"""config/client.py: the built client, its caches, and the headers that keep a browser strict."""

from __future__ import annotations

import pytest
from django.test import Client

from config import client_files

POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.fixture
def built(settings, tmp_path):
    """A client as Vite leaves it."""
    files = {
        "index.html": "<!doctype html><title>留证</title>",
        "serviceWorker.js": "self.skipWaiting()",
        "manifest.webmanifest": "{}",
        "assets/index-Ab12_-cd.js": "main()",
        "assets/digestWorker-Ef34gh56.js": "hash()",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    settings.WHITENOISE_ROOT = tmp_path
    return Client()


def directives(answer) -> set[str]:
    return set(answer["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("path", ["/", "/api/nowhere/", "/health/", "/api/texts/terms/"])
@pytest.mark.django_db
def test_every_answer_carries_the_strict_policy(built, path):
    answer = built.get(path)

    assert directives(answer) >= POLICY
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_built_page_is_served_at_the_root_and_asked_for_anew(built):
    answer = built.get("/")

    assert answer.status_code == 200
    assert "留证" in b"".join(answer.streaming_content).decode()
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["serviceWorker.js", "manifest.webmanifest"])
def test_what_keeps_its_name_is_asked_for_anew(built, name):
    assert built.get(f"/{name}")["Cache-Control"] == "no-cache"


def test_what_carries_its_hash_is_kept_for_good(built):
    answer = built.get("/assets/index-Ab12_-cd.js")

    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "wasm" not in answer["Content-Security-Policy"]


def test_only_the_digest_worker_may_compile(built):
    answer = built.get("/assets/digestWorker-Ef34gh56.js")

    assert answer["Content-Security-Policy"] == client_files.DIGEST_WORKER_POLICY


@pytest.mark.parametrize("path", ["/../manage.py", "/assets/../../manage.py", "/%2e%2e/manage.py"])
@pytest.mark.django_db
def test_nothing_outside_the_built_client_is_served(built, path):
    assert built.get(path).status_code == 404


def test_a_client_that_is_not_built_says_how_to_build_it(settings):
    answer = Client().get("/", headers={"accept-language": "en"})

    assert answer.status_code == 503
    assert "make client" in answer.content.decode()


def test_a_share_that_meets_no_service_worker_is_sent_back_unread():
    answer = Client().post("/share", {"files": b"a recording"})

    assert answer.status_code == 302
    assert answer["Location"] == "/?shared=too-early"


@pytest.mark.django_db
def test_answers_of_the_api_are_kept_nowhere(borrower_browser):
    assert "no-store" in borrower_browser.get("/api/me/")["Cache-Control"]


def test_the_api_page_has_no_inline_script(settings):
    page = Client().get("/api/docs/").content.decode()

    assert "<script src=" in page
    assert "<script>" not in page
    assert "<style" not in page
    assert "http" not in page.replace("<!doctype html>", "")
