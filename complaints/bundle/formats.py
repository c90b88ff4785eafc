"""The exact shapes of the package's JSON files, and how strictly they are read.

docs/formats/exhibit-manifest.md, docs/formats/package.md. RFC 8785; members are never renamed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from complaints.bundle import layout
from complaints.bundle.exhibits import Form
from complaints.bundle.shape import Claims, Free, Later, Maybe, ShapeError, Time, check
from complaints.errors import ComplaintError
from evidence.integrity.digest import NotCanonicalError, read_canonical

VERSION = 1
DIGEST = re.compile(r"[0-9a-f]{64}")
TIME = Time()
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LANGUAGE = re.compile(r"zh-CN|en")
FORM = re.compile("|".join(Form))

# A code that a later house may add is read and then said to be unknown (verify/records.py).
REASON = re.compile(r"[a-z][a-z_]{0,39}")
GAP = {"from": int, "to": int, "count": int, "reason": REASON}

CODE = re.compile(r"[a-z][a-z0-9_]{0,40}")
# What phone and file say of its making. Codes are open: a new one is no new version.
STATEMENT_V1 = {
    "v": 1,
    "engine": re.compile(r"[0-9a-z.]{1,32}"),
    "facts": [
        {
            "code": CODE,
            "text": re.compile(r"[^\x00-\x1f]{0,120}"),
            "time": Maybe(
                {
                    "written": re.compile(
                        r"(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?)?", re.ASCII
                    ),
                    "zone": re.compile(r"(?:Z|[+-]\d{2}:\d{2})?", re.ASCII),
                    "state": CODE,
                }
            ),
        }
    ],
    "observations": [{"code": CODE, "facts": [CODE], "seconds": Maybe(int)}],
}
TOKEN = {"path": layout.PATH, "source": str, "gen_time": TIME, "self_issued": bool}
EXHIBIT = {
    "number": layout.NUMBER,
    "check_code": str,
    "name": str,
    "form": FORM,
    "path": layout.PATH,
    "sha256": DIGEST,
    "size": int,
    "media_type": str,
    "item": UUID,
    "times": {
        "happened_from": Maybe(TIME),
        "happened_to": Maybe(TIME),
        "captured_at": Maybe(TIME),
        "received_at": Maybe(TIME),
        "sealed_at": Maybe(TIME),
    },
    "origin": {"source": str, "device": str, "how": str, "file_name": str, "kept_where": str},
    "reading": Maybe(
        {
            "format": str,
            "reader": str,
            "reader_version": str,
            "records": Maybe(int),
            "records_root": Maybe(DIGEST),
        }
    ),
    "records": Maybe(layout.PATH),
    "gaps": Later([GAP]),
    "since": Later(Maybe({"stamped_at": Maybe(TIME), "read_at": TIME})),
    "custody": [layout.PATH],
    "receipt": Maybe({"path": layout.PATH, "signature": layout.PATH}),
    "tokens": [TOKEN],
    "copies": [layout.PATH],
    "parent": Maybe({"commitment": DIGEST, "removed": [str], "events": [layout.PATH]}),
    "provenance": Claims({"statement": STATEMENT_V1}),
}
LOG = {
    "checkpoint": layout.PATH,
    "tokens": [TOKEN],
    "entries": [{"event": DIGEST, "index": int, "path": [DIGEST]}],
}
EXHIBITS_V1 = {
    "v": VERSION,
    "type": "liuzheng/exhibits",
    "case": layout.CASE,
    "built_at": TIME,
    "language": LANGUAGE,
    "sample": bool,
    "house": DIGEST,
    "document": {"kind": str, "title": str, "addressee": str},
    "exhibits": [EXHIBIT],
    "log": Maybe(LOG),
}
PACKAGE_V1 = {
    "v": VERSION,
    "type": "liuzheng/package",
    "case": layout.CASE,
    "built_at": TIME,
    "language": LANGUAGE,
    "sample": bool,
    "house": DIGEST,
    "review": {"state": str, "reviewed_by": str, "approved_by": str, "approved_at": Maybe(TIME)},
    "exhibits_sha256": DIGEST,
    "stamps": int,
    "checker": bool,
    "software": str,
    "files": [{"path": layout.PATH, "sha256": DIGEST, "size": int, "media_type": str}],
}
RECORDS_V1 = {
    "v": VERSION,
    "type": "liuzheng/records",
    "root": DIGEST,
    "count": int,
    "note": str,
    "records": [{"proof": Free(), "record": Free()}],
}
SM3_V1 = {
    "v": VERSION,
    "type": "liuzheng/sm3",
    "exhibits": [{"number": layout.NUMBER, "sm3": Maybe(DIGEST)}],
}
LOG_HISTORY_V1 = {
    "v": VERSION,
    "type": "liuzheng/log-history",
    "size": int,
    "checkpoints": [{"path": layout.PATH, "size": int, "tokens": [TOKEN], "consistency": [DIGEST]}],
    "exhibits": [
        {
            "number": layout.NUMBER,
            "event": DIGEST,
            "checkpoint": int,
            "index": int,
            "path": [DIGEST],
        }
    ],
}


class ManifestFormatError(ComplaintError):
    """These bytes are no manifest of this kind."""

    code = "manifest_malformed"


class ManifestVersionError(ComplaintError):
    """A manifest of a version that this program does not know."""

    code = "manifest_version_unknown"


def read(raw: bytes, shape: Mapping[str, Any]) -> dict[str, Any]:
    """Read one of these files, strictly.

    Raises:
        ManifestVersionError: of this type, but a version unknown here.
        ManifestFormatError: anything else that is not exactly the format.
    """
    try:
        value = read_canonical(raw)
        if not isinstance(value, dict) or value.get("type") != shape["type"]:
            raise ManifestFormatError(f"no {shape['type']}")
        if value.get("v") != VERSION:
            raise ManifestVersionError(f"{shape['type']} of another version")
        check(value, shape)
    except NotCanonicalError as cause:
        raise ManifestFormatError("not canonical JSON") from cause
    except ShapeError as cause:
        raise ManifestFormatError(str(cause)) from cause
    return value
