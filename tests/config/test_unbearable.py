"""config/unbearable.py: what breaks whoever handles it is refused before any view."""

from __future__ import annotations

import pytest
from django.test import Client

from config.unbearable import is_bearable

UNBEARABLE = [
    b'"\\ud800"',
    b'{"a": ["x\\udfff"]}',
    b'{"\\ud800": 1}',
    b"[" * 100_000,
    b"[" * 900 + b"]" * 900,  # Python's parser takes it, code behind it may not
    b'{"a":' * 3000 + b"1" + b"}" * 3000,
]


@pytest.mark.parametrize("raw", UNBEARABLE)
def test_it_names_what_breaks_others(raw):
    assert not is_bearable(raw)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"null", b"\xff", b'"\\ud83d\\ude00 \\u0000"', b"[" * 30 + b"]" * 30]
)
def test_it_lets_pass_what_a_view_can_judge(raw):
    assert is_bearable(raw)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/recover/", "/_allauth/browser/v1/auth/login"])
@pytest.mark.parametrize("raw", UNBEARABLE)
def test_no_view_meets_it(path, raw):
    answer = Client().post(path, raw, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "body_unreadable")


def test_a_body_of_another_kind_is_left_to_its_view(db):
    answer = Client().patch(
        "/api/uploads/00000000-0000-4000-8000-000000000000/",
        UNBEARABLE[0],
        content_type="application/offset+octet-stream",
        headers={"Tus-Resumable": "1.0.0"},
    )

    assert answer.status_code == 404


def test_a_path_with_a_nul_leads_nowhere(borrower_browser):
    answer = borrower_browser.get("/api/texts/%00/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
