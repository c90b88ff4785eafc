"""config/schema.py: one valid OpenAPI 3.1 file, in step with the code."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openapi_spec_validator import validate

from config import schema
from config.tus_schema import TUS_PATHS
from config.urls import CLOSED


@pytest.fixture(scope="module")
def document():
    return json.loads(schema.written(schema.merged(CLOSED)))


def test_the_document_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_it_holds_all_three_sources(document):
    assert "/api/me/" in document["paths"]
    assert "/_allauth/browser/v1/auth/login" in document["paths"]
    assert "patch" in document["paths"]["/api/uploads/{upload_id}/"]


def test_it_holds_nothing_that_is_closed(document):
    assert not [path for path in CLOSED if f"/_allauth/browser/v1/{path}" in document["paths"]]


def test_every_call_of_ours_says_that_it_may_refuse(document):
    for path, item in document["paths"].items():
        if path.startswith("/api/") and path not in TUS_PATHS:
            for method in schema.METHODS & set(item):
                assert "default" in item[method]["responses"], f"{method} {path}"


def test_two_sources_may_not_describe_one_call():
    with pytest.raises(schema.SchemaClashError):
        schema._merge_paths({"/a": {"get": {}}}, {"/a": {"get": {}}})


def test_check_fails_on_a_file_that_is_out_of_step(settings, tmp_path):
    settings.SCHEMA_FILE = tmp_path / "openapi.json"
    with pytest.raises(CommandError, match="out of step"):
        call_command("make_schema", "--check", stdout=StringIO())

    call_command("make_schema", stdout=StringIO())

    call_command("make_schema", "--check", stdout=StringIO())


def test_the_file_is_served(settings, tmp_path):
    settings.SCHEMA_FILE = tmp_path / "openapi.json"
    settings.SCHEMA_FILE.write_text('{"openapi": "3.1.0"}')

    answer = Client().get("/api/schema/")

    assert answer["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert json.loads(b"".join(answer.streaming_content))["openapi"] == "3.1.0"
