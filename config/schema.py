"""One OpenAPI 3.1 document from three sources: our views, allauth's own file, the tus paths."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from allauth.headless import spec as allauth_spec
from allauth.headless.spec.internal import schema as allauth_schema
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator

from .tus_schema import TUS_PATHS

Document = dict[str, Any]
METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
PREFIX = "Allauth"  # before the name of each of its components, so that none meets ours


PROBLEM: Document = {
    "type": "object",
    "description": "RFC 9457; further members are the problem's own values.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "description": "urn:liuzheng:problem:<code>"},
        "title": {"type": "string", "description": "In the caller's language; may change."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable for ever."},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
            },
        },
    },
    "additionalProperties": True,
}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # no types
    """How the API knows its caller, for the document."""

    target_class = "accounts.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> Document:
        """Name the cookie; over https its name begins with `__Host-`."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "session",
            "description": "`__Host-session` over https. Unsafe calls also need X-CSRFToken.",
        }


class SchemaClashError(ValueError):
    """Two sources describe the same path or component."""


def merged(closed: tuple[str, ...]) -> Document:
    """Build the whole document.

    Args:
        closed: paths under `/_allauth/browser/v1/` that we do not serve.

    Raises:
        SchemaClashError: two sources name the same path and method.
    """
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # it ships no types
    document: Document = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    for path in TUS_PATHS:
        # What serializers can say of a protocol of headers gives way to its own description.
        document["paths"].pop(path, None)
    _add_problems(document)
    sources = [_allauth(closed), {"paths": TUS_PATHS}]
    for source in sources:
        _merge_paths(document["paths"], source["paths"])
        for kind, parts in source.get("components", {}).items():
            document.setdefault("components", {}).setdefault(kind, {}).update(parts)
    document["paths"] = dict(sorted(document["paths"].items()))
    return document


def written(document: Document) -> str:
    """Write the document so that the same content always gives the same bytes."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def _add_problems(document: Document) -> None:
    """Say of every call of ours that whatever is not listed is a problem."""
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components.setdefault("responses", {})["Problem"] = {
        "description": "A problem; `code` says which.",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for item in document["paths"].values():
        for method in METHODS & set(item):
            item[method]["responses"]["default"] = {"$ref": "#/components/responses/Problem"}


def _merge_paths(ours: Document, theirs: Document) -> None:
    for path, item in theirs.items():
        twice = METHODS & set(ours.get(path, {})) & set(item)
        if twice:
            raise SchemaClashError(f"{path} is described twice: {', '.join(sorted(twice))}")
        ours.setdefault(path, {}).update(item)


def _allauth(closed: tuple[str, ...]) -> Document:
    """Read allauth's file and keep what this installation serves.

    Its own `get_schema` wants to serve the file as well, which we do not; these are its steps.
    """
    file = Path(allauth_spec.__file__).parent / "doc" / "openapi.yaml"
    document: Document = yaml.safe_load(file.read_text("utf-8"))
    allauth_schema.specify_user(document)
    allauth_schema.pin_client(document)
    allauth_schema.drop_unused_client_parameter(document)
    allauth_schema.drop_unused_paths(document)
    allauth_schema.specify_signup_fields(document)
    allauth_schema.specify_custom_signup_form(document)
    for path in closed:
        document["paths"].pop(f"/_allauth/browser/v1/{path}", None)
    for item in document["paths"].values():
        for method in METHODS & set(item):
            item[method]["tags"] = ["sign-in"]
    renamed: Document = _as_3_1(_renamed(document))
    components = {
        kind: {f"{PREFIX}{name}": part for name, part in parts.items()}
        for kind, parts in renamed["components"].items()
        if kind != "securitySchemes"
    }
    return {"paths": renamed["paths"], "components": components}


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _renamed_reference(part) if key == "$ref" else _renamed(part)
            for key, part in value.items()
            if key != "security"
        }
    return [_renamed(part) for part in value] if isinstance(value, list) else value


def _renamed_reference(reference: str) -> str:
    place, _, name = reference.rpartition("/")
    return f"{place}/{PREFIX}{name}"


def _as_3_1(value: Any) -> Any:
    """Say `nullable` the way OpenAPI 3.1 does: as one more type."""
    if isinstance(value, list):
        return [_as_3_1(part) for part in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _as_3_1(part) for key, part in value.items()}
    if changed.pop("nullable", False) and isinstance(changed.get("type"), str):
        changed["type"] = [changed["type"], "null"]
    return changed
