"""Whatever is sent to any operation of the API: no fault of ours, and refusals have a name."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.road import endpoints
from tests.road.endpoints import UNSAFE
from tests.road.fuzzing import fuzz, judge, operations
from tests.road.victim import Victim, make_victim

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "5"))  # of right and of wrong calls each
POISON = ["\0", "a\0b", "\ud800", "\u202e", "9" * 400, "' OR 1=1 --", "../../x", "💥" * 60, "%00"]
JSON = "application/json"
FILES = ("api/schema/", "api/docs/")  # pages that are looked at, not called
CALLS = [one for one in endpoints.all_of("api/") if one.route not in FILES]
# A whole JSON document is sent in place of what is expected.
MISSHAPEN = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"1e999",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"a":' * 3000 + b"1" + b"}" * 3000,
    b"9" * 5000,
]


@pytest.fixture
def victim(db: None, vault: Any, settings: Any) -> Victim:
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": dict.fromkeys(rates, "1000000/hour"),
    }
    return make_victim()


class Caller:
    """The owner, whose session nothing that is tried may end for long."""

    def __init__(self, victim: Victim) -> None:
        self._victim = victim
        self._browser = self._signed_in()

    def __call__(
        self,
        method: str,
        path: str,
        query: dict[str, Any],
        headers: dict[str, str],
        body: bytes,
        content_type: str,
    ) -> Any:
        answer = self._browser.generic(
            method,
            path,
            body,
            content_type=content_type,
            query_params=query or None,
            headers=headers,
        )
        if answer.status_code == 401:
            self._browser = self._signed_in()
        return answer

    def _signed_in(self) -> Client:
        browser = make.signed_in(self._victim.person)
        browser.raise_request_exception = False
        return browser


def test_calls_made_up_from_the_schema(victim):
    call = Caller(victim)
    wrong = []
    for operation in operations():
        wrong += fuzz(operation, call, victim.values, examples=EXAMPLES)

    assert not wrong, "\n".join(map(str, wrong))


def test_poison_in_every_string_of_every_body(victim):
    call = Caller(victim)
    wrong = []
    for endpoint in CALLS:
        body = victim.bodies(endpoint.route) or FURTHER.get(endpoint.route, {})
        path = endpoint.path(victim.values)
        for method in UNSAFE & set(endpoint.methods):
            for poisoned in _poisoned(body):
                answer = call(method.upper(), path, {}, {}, json.dumps(poisoned).encode(), JSON)
                if said := judge(method, path, answer):
                    wrong.append((method, path, poisoned, said))

    assert not wrong, "\n".join(map(str, wrong))


def test_poison_in_every_parameter(victim):
    call = Caller(victim)
    wrong = []
    words = ("from", "to", "number", "kind", "label", "cursor", "lang", "lender_type", "severity")
    for endpoint in CALLS:
        tried = []
        if "get" in endpoint.methods:  # nothing else here reads a query
            queries = [{word: poison} for word in words for poison in ("\0", "x", "9" * 400)]
            tried += [("get", victim.values, query) for query in queries]
        for name in endpoint.parameters:
            poisoned = [{**victim.values, name: poison} for poison in ("%00", "%ff", "x" * 5000)]
            tried += [(method, values, {}) for values in poisoned for method in endpoint.methods]
        for method, values, query in tried:
            path = endpoint.path(values)
            answer = call(method.upper(), path, query, {}, b"", JSON)
            if said := judge(method, path, answer):
                wrong.append((method, path[:120], str(query)[:60], said))

    assert not wrong, "\n".join(map(str, wrong))


def test_documents_of_another_shape(victim):
    call = Caller(victim)
    wrong = []
    for endpoint in CALLS:
        path = endpoint.path(victim.values)
        for method in UNSAFE & set(endpoint.methods):
            for raw in MISSHAPEN:
                answer = call(method.upper(), path, {}, {}, raw, JSON)
                if said := judge(method, path, answer):
                    wrong.append((method, path, raw[:20], said))

    assert not wrong, "\n".join(map(str, wrong))


FURTHER: dict[str, dict[str, Any]] = {
    "api/me/": {"language": "en"},
    "api/cases/": {"title": "x"},
    "api/cases/<uuid:case_id>/": {"title": "x"},
    "api/consents/": {"purposes": ["x"], "version": "x"},
    "api/account/recovery-code/": {"passphrase": "x"},
    "api/recover/": {"username": "x", "code": "x", "passphrase": "x"},
    "api/complaints/<uuid:complaint_id>/": {
        "answers": {
            "background": "x",
            "name": "x",
            "harm": [{"text": "x", "on": "2026-10-15"}],
            "requests": ["x"],
            "contract_amount": "1.00",
        },
        "severity": "2",
    },
}


def _poisoned(body: Any) -> list[Any]:
    """The body with each string in turn, and each key of a level, exchanged for poison."""
    if isinstance(body, str):
        return list(POISON)
    if isinstance(body, list):
        return [
            [*body[:n], bad, *body[n + 1 :]] for n in range(len(body)) for bad in _poisoned(body[n])
        ]
    if isinstance(body, dict):
        inner = [{**body, key: bad} for key, value in body.items() for bad in _poisoned(value)]
        return inner + [{**body, bad: "x"} for bad in POISON]
    return []
