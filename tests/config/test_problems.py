"""config/problems.py: whatever refuses, refuses as a problem with a stable code."""

from __future__ import annotations

import json
import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.test import Client, RequestFactory
from rest_framework import exceptions

from accounts.errors import QuotaSpentError
from config import problems
from config.problem_codes import STATUS, status_of
from evidence.errors import EvidenceError


def handled(error: Exception, **headers: str):
    request = RequestFactory().get("/api/items/", headers=headers)
    return problems.exception_handler(error, {"request": request})


def test_an_error_of_ours_keeps_its_code_and_shows_its_values():
    answer = handled(QuotaSpentError(which="bytes", used=9, limit=8))

    assert answer.status_code == 403
    assert answer.content_type == "application/problem+json"
    assert answer.data["type"] == "urn:liuzheng:problem:quota_spent"
    assert answer.data["code"] == "quota_spent"
    assert (answer.data["which"], answer.data["used"], answer.data["limit"]) == ("bytes", 9, 8)
    assert "9" in answer.data["detail"]


def test_the_words_are_chinese_unless_english_is_asked_for():
    chinese = handled(QuotaSpentError(which="bytes", used=9, limit=8))
    english = handled(
        QuotaSpentError(which="bytes", used=9, limit=8), accept_language="en-GB,zh;q=0.5"
    )

    assert chinese.data["title"] == "额度已用完"
    assert english.data["title"] == "The quota is spent"


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (exceptions.NotAuthenticated(), "not_signed_in", 401),
        (exceptions.PermissionDenied(), "not_allowed", 403),
        (exceptions.NotFound(), "not_found", 404),
        (exceptions.MethodNotAllowed("PUT"), "method_not_allowed", 405),
        (exceptions.UnsupportedMediaType("text/csv"), "media_type_unsupported", 415),
        (exceptions.ParseError(), "body_unreadable", 400),
        (RequestDataTooBig(), "body_too_large", 413),
        (OperationalError("database is locked"), "try_again", 503),
        (EvidenceError("an error without a line in the table"), "evidence_error", 400),
    ],
)
def test_each_foreign_error_has_a_code(error, code, status):
    answer = handled(error)

    assert (answer.data["code"], answer.status_code) == (code, status)


def test_a_text_never_shows_what_the_error_said():
    answer = handled(exceptions.ParseError("JSON parse error at 'my secret words'"))

    assert "secret" not in json.dumps(answer.data)


def test_field_errors_are_one_flat_list():
    answer = handled(
        exceptions.ValidationError(
            {"a": ["wrong"], "b": {"c": [exceptions.ErrorDetail("bad", code="odd")]}}
        )
    )

    assert answer.data["errors"] == [
        {"field": "a", "code": "invalid", "message": "wrong"},
        {"field": "b.c", "code": "odd", "message": "bad"},
    ]


def test_a_throttled_caller_is_told_when_to_come_back():
    answer = handled(exceptions.Throttled(wait=30.2))

    assert answer.data["retry_after_s"] == 31
    assert answer["Retry-After"] == "31"


def test_a_fault_of_our_own_is_not_handled_here():
    assert handled(ZeroDivisionError()) is None


def test_a_value_cannot_take_the_place_of_a_member():
    body = problems.problem("not_found", "en", {"status": 200, "code": "fine"})

    assert (body["status"], body["code"]) == (404, "not_found")


@pytest.mark.django_db
def test_an_unknown_path_of_the_api_answers_a_problem():
    answer = Client().get("/api/nowhere/")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


@pytest.mark.django_db
def test_a_person_who_loses_the_way_gets_a_page():
    answer = Client().get("/nowhere", headers={"accept": "text/html"})

    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()


@pytest.mark.django_db
def test_a_host_we_do_not_serve_is_refused():
    answer = Client().get("/api/me/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_request"


@pytest.mark.django_db
def test_an_unhandled_error_names_an_incident_and_nothing_else(monkeypatch, settings):
    settings.ROOT_URLCONF = "tests.config.faulty_urls"
    browser = Client(raise_request_exception=False)

    answer = browser.get("/api/faulty/")

    body = answer.json()
    assert answer.status_code == 500
    assert body["code"] == "internal_error"
    assert len(body["incident"]) == 36
    assert "Traceback" not in answer.content.decode()
    assert "13000000000" not in answer.content.decode()


def test_every_status_of_the_table_is_a_refusal():
    assert all(400 <= status <= 599 for status in STATUS.values())
    assert status_of("a code of another room") == 400


def test_the_table_and_its_document_are_in_step(settings):
    text = (settings.BASE_DIR / "docs/formats/problems.md").read_text()
    documented = {
        code: int(status) for code, status in re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.M)
    }

    assert documented == STATUS
