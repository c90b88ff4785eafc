"""config/logs.py: what stands in a log line, and what never does."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests import make

PERSONAL = ("王小明", "13000000000", "qinghe-secret", "欠钱", "token-abc", "passphrase", "otters")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that the product's own log set-up writes."""
    written = io.StringIO()
    logging.config.dictConfig(django_settings.LOGGING)
    handlers = logging.getLogger().handlers
    streams = [(h, h.setStream(written)) for h in handlers if isinstance(h, logging.StreamHandler)]
    yield written
    for handler, stream in streams:
        handler.setStream(stream)
        logging.getLogger().removeHandler(handler)


def events(lines: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.django_db
def test_personal_data_from_any_side_reaches_no_log_line(lines, settings):
    settings.ROOT_URLCONF = "tests.config.faulty_urls"
    make.user(username="qinghe-secret")
    browser = Client(raise_request_exception=False)

    browser.get("/api/faulty/13000000000/?name=王小明&token=token-abc")
    browser.get("/api/talkative/", headers={"user-agent": "王小明"})
    browser.get("/api/no/13000000000/?q=欠钱")
    browser.get("/api/me/", headers={"host": "13000000000.example"})
    browser.post("/api/recover/", {"username": "qinghe-secret", "code": "token-abc"})
    browser.post(
        "/_allauth/browser/v1/auth/login",
        {"username": "qinghe-secret", "password": make.PASSPHRASE},
        content_type="application/json",
    )
    careless = f"posted {PERSONAL[0]} %s"
    logging.getLogger("some.library").warning(careless, PERSONAL[1])

    assert len(events(lines)) >= 6
    for word in PERSONAL:
        assert word not in lines.getvalue()


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route_and_status(lines):
    Client().get("/api/texts/privacy/?lang=en")

    [line] = [event for event in events(lines) if event["event"] == "request_finished"]
    assert line["request"] == "GET api/texts/<slug:name>/"
    assert line["code"] == 200
    assert "ip" not in line
    assert "user_agent" not in line


@pytest.mark.django_db
def test_a_fault_is_logged_by_type_and_place_under_the_incident(lines, settings):
    settings.ROOT_URLCONF = "tests.config.faulty_urls"

    answer = Client(raise_request_exception=False).get("/api/faulty/")

    [line] = [event for event in events(lines) if event["event"] == "request_failed"]
    assert line["request_id"] == answer.json()["incident"]
    assert line["error"] == "builtins.ValueError"
    assert line["where"][-1].startswith("faulty_urls.py:faulty:")


@pytest.mark.django_db
def test_a_key_that_is_not_listed_is_dropped_and_its_name_said(lines, settings):
    settings.ROOT_URLCONF = "tests.config.faulty_urls"

    Client().get("/api/talkative/")

    [line] = [event for event in events(lines) if event["event"] == "item_kept"]
    assert line["item"] == "b7f1"
    assert line["count"] == 1
    assert line["dropped"] == ["file_name", "source"]


def test_a_library_says_where_it_stands_but_not_what_it_said(lines):
    logging.getLogger("some.library").error("connection of 王小明 lost")

    [line] = events(lines)
    assert line["event"] == "library_event"
    assert line["logger"] == "some.library"
    assert line["where"].startswith("test_logs:")


def test_a_library_that_fails_names_the_error_but_not_what_it_said(lines):
    try:
        int("王小明")
    except ValueError:
        logging.getLogger("some.library").critical("Unrecoverable error", exc_info=True)

    [line] = events(lines)
    assert line["logger"] == "some.library"
    assert line["error"] == "builtins.ValueError"
    assert line["where"][-1].startswith("test_logs.py:")
    assert "王小明" not in json.dumps(line, ensure_ascii=False)
