"""The tus 1.0 paths in OpenAPI: a protocol of headers, which no serializer describes."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_OFFSET = {"type": "integer", "minimum": 0}


def _header(name: str, says: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": says, "required": required} | {
        "schema": schema
    }


def _answer(says: str, **headers: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    shown = {
        name.replace("_", "-"): {"description": text, "schema": schema}
        for name, (text, schema) in headers.items()
    }
    return {"description": says} | ({"headers": shown} if shown else {})


_PROBLEM = {"$ref": "#/components/responses/Problem"}
_VERSION = _header("Tus-Resumable", "The protocol's version.", {"const": "1.0.0"}, required=True)
_CAPABILITY = _header(
    "Authorization", "`Upload <token>`, the capability given at creation.", _TEXT, required=True
)
_PATH_ID = {
    "name": "upload_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
_BYTES = {"application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_EXPIRES = ("RFC 9110 date after which the upload is gone.", _TEXT)

TUS_PATHS: dict[str, Any] = {
    "/api/uploads/": {
        "options": {
            "operationId": "uploads_options",
            "tags": ["uploads"],
            "summary": "Say version, extensions, checksum algorithms and the largest size.",
            "responses": {
                "204": _answer(
                    "What this server speaks.",
                    Tus_Version=("1.0.0", _TEXT),
                    Tus_Extension=("The extensions, by commas.", _TEXT),
                    Tus_Max_Size=("Bytes.", _OFFSET),
                    Tus_Checksum_Algorithm=("sha256", _TEXT),
                )
            },
        },
        "post": {
            "operationId": "uploads_create",
            "tags": ["uploads"],
            "summary": "Create an upload; needs the session. A body is taken as its first bytes.",
            "parameters": [
                _VERSION,
                _header("Upload-Length", "The file's size in bytes.", _OFFSET, required=True),
                _header(
                    "Upload-Metadata",
                    "tus key-value list: filename, kind, case, sha256?, source, device, how, "
                    "captured_at, taken_at, batch; values in base64.",
                    _TEXT,
                    required=True,
                ),
                _header("X-CSRFToken", "The CSRF cookie's value.", _TEXT, required=True),
            ],
            "requestBody": {"required": False, "content": _BYTES},
            "responses": {
                "201": _answer(
                    "The upload is open.",
                    Location=("Where to send its bytes.", _TEXT),
                    Upload_Capability=("The token for this upload only; 14 days.", _TEXT),
                    Upload_Offset=("Bytes held so far.", _OFFSET),
                    Upload_Expires=_EXPIRES,
                ),
                "4XX": _PROBLEM,
            },
        },
    },
    "/api/uploads/{upload_id}/": {
        "parameters": [_PATH_ID],
        "head": {
            "operationId": "uploads_offset",
            "tags": ["uploads"],
            "summary": "Ask how many bytes are held.",
            "parameters": [_VERSION, _CAPABILITY],
            "responses": {
                "200": _answer(
                    "The state of the upload.",
                    Upload_Offset=("Bytes held so far.", _OFFSET),
                    Upload_Length=("Bytes in all.", _OFFSET),
                    Upload_Expires=_EXPIRES,
                ),
                "4XX": _answer("Unknown, gone, or another's."),
            },
        },
        "patch": {
            "operationId": "uploads_append",
            "tags": ["uploads"],
            "summary": "Send the next bytes; any number of them is kept.",
            "parameters": [
                _VERSION,
                _CAPABILITY,
                _header("Upload-Offset", "Must equal the bytes held.", _OFFSET, required=True),
                _header(
                    "Upload-Checksum", "`sha256 <base64>` of this body.", _TEXT, required=False
                ),
            ],
            "requestBody": {"required": True, "content": _BYTES},
            "responses": {
                "204": _answer(
                    "Kept.",
                    Upload_Offset=("Bytes held now.", _OFFSET),
                    Upload_Expires=_EXPIRES,
                    Upload_Receipt=("Where the receipt is, once all bytes are here.", _TEXT),
                ),
                "4XX": _PROBLEM,
            },
        },
        "delete": {
            "operationId": "uploads_terminate",
            "tags": ["uploads"],
            "summary": "Give the upload up; its bytes are forgotten.",
            "parameters": [_VERSION, _CAPABILITY],
            "responses": {"204": _answer("Gone."), "4XX": _PROBLEM},
        },
    },
}
