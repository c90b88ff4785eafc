"""evidence/tsa_http.py: a reply is taken, and no way to answer badly holds us up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evidence import tsa_http
from evidence.integrity.timestamp import build_request
from tests.fakes.tsa_server import TsaServer

QUERY = build_request(bytes(32), 1)


@pytest.fixture
def tsa(tmp_path) -> Iterator[TsaServer]:
    with TsaServer(tmp_path) as server:
        yield server


def test_a_reply_is_handed_over_as_it_came(tsa):
    assert tsa_http.post(tsa.entry["url"], QUERY)[:1] == b"\x30"


def test_one_octet_now_and_then_ends_with_the_time_that_it_may_take(tsa):
    tsa.how = "drips"

    with pytest.raises(tsa_http.AnswerError) as refusal:
        tsa_http.post(tsa.entry["url"], QUERY, whole_s=0.3)

    assert refusal.value.code == "answer_too_slow"


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("absent", "http_404"),
        ("away", "http_503"),
        ("moved", "http_302"),
        ("html", "wrong_content_type"),
        ("huge", "answer_too_long"),
        ("cut", "no_answer"),
    ],
)
def test_what_is_no_reply_is_named(tsa, how, code):
    tsa.how = how

    with pytest.raises(tsa_http.AnswerError) as refusal:
        tsa_http.post(tsa.entry["url"], QUERY)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://[::1/", "http://", "http://256.1.1.1/", "http://tsa.invalid/"],
)
def test_an_address_at_which_nobody_is_is_no_answer(url):
    with pytest.raises(tsa_http.AnswerError) as refusal:
        tsa_http.post(url, QUERY)

    assert refusal.value.code == "no_answer"
