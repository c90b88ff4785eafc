"""Calls made up from our own OpenAPI file, right and wrong ones, for every operation of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import schemathesis
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core import NotSet

SEED = 20261123
OURS = "/api/"
BY_HEADERS = "/api/uploads/"  # tus: a protocol of headers over bytes, tried by its own tests
ENDS_SESSION = ("/auth/session", "/auth/signup", "/account/password/change", "/api/recover/")

Call = Callable[[str, str, dict[str, Any], dict[str, str], bytes, str], Any]


def operations() -> Iterator[Any]:
    """Each operation of docs/openapi.json that leaves the caller signed in."""
    document = json.loads(django_settings.SCHEMA_FILE.read_text("utf-8"))
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()
        ends = any(operation.path.endswith(end) for end in ENDS_SESSION)
        if not ends and not operation.path.startswith(BY_HEADERS):
            yield operation


def fuzz(operation: Any, call: Call, values: dict[str, Any], *, examples: int) -> list[str]:
    """Make up calls of one operation; return what was wrong with the answers.

    Args:
        operation: one of `operations()`.
        call: method, path, query, headers, body, content type -> a Django answer.
        values: ids that exist; of three calls two use them, or nothing but 404 is ever met.
        examples: how many of either kind, right and wrong.
    """
    wrong: list[str] = []
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        try:
            strategy = operation.as_strategy(generation_mode=mode)
            _run(strategy, operation, call, values, examples, wrong)
        except (Unsatisfiable, schemathesis.errors.InvalidSchema) as nothing:
            if mode is GenerationMode.POSITIVE:
                wrong.append(f"{operation.label}: no call can be made up: {nothing}")
    return wrong


def _run(
    strategy: Any, operation: Any, call: Call, values: dict[str, Any], examples: int, wrong: Any
) -> None:
    count = 0

    @seed(SEED)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def try_one(case: Any) -> None:
        nonlocal count
        count += 1
        told = dict(case.path_parameters or {})
        if count % 3:
            told |= {name: values[name] for name in told if name in values}
        path = operation.path
        for name, value in told.items():
            path = path.replace(f"{{{name}}}", quote(str(value), safe="%+"))
        headers = {k: str(v) for k, v in (case.headers or {}).items() if _is_sendable(str(v))}
        query = {k: v for k, v in (case.query or {}).items() if v is not None}
        body, kind = _encoded(case)
        answer = call(operation.method.upper(), path, query, headers, body, kind)
        if said := judge(operation.method, path, answer):
            wrong.append(f"{operation.label} {path} {query} {body[:200]!r}: {said}")

    try_one()


def judge(method: str, path: str, answer: Any) -> str:
    """What is wrong with an answer: a fault of ours, or a refusal without a name."""
    if answer.status_code >= 500:
        return str(answer.status_code)
    if answer.status_code < 400 or method == "head" or not path.startswith(OURS):
        return ""
    if not answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return f"{answer.status_code} as {answer.headers.get('Content-Type')}"
    return "" if answer.json().get("code") else "a problem without a code"


def _is_sendable(value: str) -> bool:
    return value.isascii() and value.isprintable()


def _encoded(case: Any) -> tuple[bytes, str]:
    if isinstance(case.body, NotSet):
        return b"", "application/json"
    if isinstance(case.body, bytes):
        return case.body, case.media_type or "application/json"
    if case.media_type and "multipart" in case.media_type:
        return _form(case.body), "multipart/form-data; boundary=b"
    return json.dumps(case.body).encode(), case.media_type or "application/json"


def _form(body: Any) -> bytes:
    if not isinstance(body, dict):
        return str(body).encode("utf-8", "surrogatepass")
    parts = b""
    for name, value in body.items():
        file = '; filename="f"' if name == "file" else ""
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts += head.encode("utf-8", "surrogatepass") + raw + b"\r\n"
    return parts + b"--b--\r\n"
