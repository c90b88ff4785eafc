"""The two manifests and the file of shown records, as they are written.

docs/formats/exhibit-manifest.md, docs/formats/package.md. RFC 8785; members are never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from complaints.bundle import gaps, layout
from complaints.bundle.codes import check_code
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import (
    Exhibit,
    Form,
    LogProof,
    Parent,
    ShownRecord,
    Since,
    Times,
    Token,
)
from complaints.bundle.formats import (
    EXHIBITS_V1,
    LOG_HISTORY_V1,
    PACKAGE_V1,
    RECORDS_V1,
    SM3_V1,
    VERSION,
    ManifestFormatError,
)
from complaints.bundle.shape import ShapeError, check
from evidence.integrity.digest import canonical, read_canonical
from evidence.integrity.records import RecordProof
from evidence.integrity.times import write_time


def write_exhibits(content: PackageContent, *, house: str) -> bytes:
    """`5_PROOF/exhibits.json`: the same content and house fingerprint give the same bytes."""
    return _write(
        EXHIBITS_V1,
        {
            "v": VERSION,
            "type": "liuzheng/exhibits",
            **_head(content, house),
            "document": {
                "kind": str(content.document),
                "title": content.title,
                "addressee": content.addressee,
            },
            "exhibits": [_exhibit(exhibit) for exhibit in content.exhibits],
            "log": _log(content.log),
        },
    )


def write_package(
    content: PackageContent,
    *,
    house: str,
    exhibits_sha256: str,
    stamps: int,
    files: Sequence[Mapping[str, Any]],
) -> bytes:
    """`5_PROOF/package.json`: every file but those that `layout.is_unlisted` names."""
    review = content.review
    return _write(
        PACKAGE_V1,
        {
            "v": VERSION,
            "type": "liuzheng/package",
            **_head(content, house),
            "review": {
                "state": str(review.state),
                "reviewed_by": review.reviewed_by,
                "approved_by": review.approved_by,
                "approved_at": _time(review.approved_at),
            },
            "exhibits_sha256": exhibits_sha256,
            "stamps": stamps,
            "checker": content.checker is not None,
            "software": content.software,
            "files": sorted((dict(file) for file in files), key=lambda file: str(file["path"])),
        },
    )


def write_sm3(content: PackageContent) -> bytes:
    """`5_PROOF/sm3.json`: the SM3 of each exhibit, null where it could not be computed."""
    return _write(
        SM3_V1,
        {
            "v": VERSION,
            "type": "liuzheng/sm3",
            "exhibits": [
                {"number": exhibit.number, "sm3": exhibit.sm3} for exhibit in content.exhibits
            ],
        },
    )


def write_records(root: str, count: int, note: str, records: Sequence[ShownRecord]) -> bytes:
    """Shown records with salt and proof. For `Form.RECORDS` these bytes are the exhibit itself.

    `root` is the hex root of the reading's salted record tree, `count` how many records it has,
    `note` why the others are not shown.
    """
    return _write(
        RECORDS_V1,
        {
            "v": VERSION,
            "type": "liuzheng/records",
            "root": root,
            "count": count,
            "note": note,
            "records": [
                {
                    "proof": RecordProof(record.index, count, record.salt, record.proof).as_json(),
                    "record": read_canonical(record.canonical),
                }
                for record in records
            ],
        },
    )


def _write(shape: Mapping[str, Any], value: dict[str, Any]) -> bytes:
    """Nothing is written that we would not read."""
    try:
        check(value, shape)
    except ShapeError as cause:
        raise ManifestFormatError(str(cause)) from cause
    return canonical(value)


def _head(content: PackageContent, house: str) -> dict[str, Any]:
    return {
        "case": content.case,
        "built_at": write_time(content.bundle_time),
        "language": content.language,
        "sample": content.sample,
        "house": house,
    }


def _exhibit(exhibit: Exhibit) -> dict[str, Any]:
    number, origin, reading = exhibit.number, exhibit.origin, exhibit.reading
    return {
        "number": number,
        "check_code": check_code(number, exhibit.sha256),
        "name": exhibit.name,
        "form": str(exhibit.form),
        "path": layout.exhibit_path(number, exhibit.extension),
        "sha256": exhibit.sha256,
        "size": exhibit.size,
        "media_type": exhibit.media_type,
        "item": exhibit.item,
        "times": _times(exhibit.times),
        "origin": {
            "source": origin.source,
            "device": origin.device,
            "how": origin.how,
            "file_name": origin.file_name,
            "kept_where": origin.kept_where,
        },
        "reading": None
        if reading is None
        else {
            "format": reading.format,
            "reader": reading.reader,
            "reader_version": reading.reader_version,
            "records": reading.records,
            "records_root": reading.records_root,
        },
        "records": records_of(exhibit),
        "gaps": [gap.as_json(str(exhibit.gap_reason)) for gap in gaps_of(exhibit)],
        "since": None if exhibit.since is None else _since(exhibit.since),
        "custody": [layout.event_path(number, n) for n, _ in enumerate(exhibit.custody, 1)],
        "receipt": None
        if exhibit.receipt is None
        else {
            "path": layout.receipt_path(number),
            "signature": layout.receipt_path(number) + ".sig",
        },
        "tokens": [
            _token(token, layout.token_path(number, n)) for n, token in enumerate(exhibit.tokens, 1)
        ],
        "copies": copies_of(exhibit),
        "parent": None if exhibit.parent is None else _parent(number, exhibit.parent),
        "provenance": dict(exhibit.provenance),
    }


def _parent(number: str, parent: Parent) -> dict[str, Any]:
    return {
        "commitment": parent.commitment,
        "removed": list(parent.removed),
        "events": [layout.parent_event_path(number, n) for n, _ in enumerate(parent.events, 1)],
    }


def records_of(exhibit: Exhibit) -> str | None:
    """Where the exhibit's shown records stand with their proofs; None when it proves none."""
    if exhibit.form is Form.RECORDS:
        return layout.exhibit_path(exhibit.number, exhibit.extension)
    proved = exhibit.reading is not None and exhibit.reading.records_root is not None
    has_salts = any(record.salt for record in exhibit.records)
    return layout.records_path(exhibit.number) if proved and has_salts else None


def gaps_of(exhibit: Exhibit) -> list[gaps.Gap]:
    """What is withheld between the shown records; nothing is where the whole file goes along."""
    if exhibit.form is not Form.RECORDS or exhibit.records_total is None:
        return []
    return gaps.between([record.index for record in exhibit.records], exhibit.records_total)


def copies_of(exhibit: Exhibit) -> list[str]:
    """The paths of its copies; a transcript is one that we write ourselves."""
    paths = [layout.copy_path(exhibit.number, c.name, c.extension) for c in exhibit.copies]
    if exhibit.recording is not None and exhibit.recording.transcript:
        paths.append(layout.copy_path(exhibit.number, "transcript", "txt"))
    return paths


def _token(token: Token, path: str) -> dict[str, Any]:
    return {
        "path": path,
        "source": token.source,
        "gen_time": write_time(token.gen_time),
        "self_issued": token.self_issued,
    }


def _log(log: LogProof | None) -> dict[str, Any] | None:
    if log is None:
        return None
    return {
        "checkpoint": layout.CHECKPOINT,
        "tokens": [_token(t, layout.log_token_path(n)) for n, t in enumerate(log.tokens, 1)],
        "entries": [
            {"event": e.event, "index": e.index, "path": [node.hex() for node in e.path]}
            for e in log.entries
        ],
    }


def write_history(log: LogProof) -> bytes:
    """`5_PROOF/log/history.json`: docs/formats/log.md, "Log files of a package"."""
    return _write(
        LOG_HISTORY_V1,
        {
            "v": VERSION,
            "type": "liuzheng/log-history",
            "size": log.size,
            "checkpoints": [
                {
                    "path": layout.earlier_checkpoint_path(point.size),
                    "size": point.size,
                    "tokens": [
                        _token(token, layout.earlier_token_path(point.size, n))
                        for n, token in enumerate(point.tokens, 1)
                    ],
                    "consistency": [node.hex() for node in point.consistency],
                }
                for point in log.earlier
            ],
            "exhibits": [
                {
                    "number": place.number,
                    "event": place.entry.event,
                    "checkpoint": place.size,
                    "index": place.entry.index,
                    "path": [node.hex() for node in place.entry.path],
                }
                for place in log.outside
            ],
        },
    )


def _since(since: Since) -> dict[str, str | None]:
    return {"stamped_at": _time(since.stamped_at), "read_at": _time(since.read_at)}


def _times(times: Times) -> dict[str, str | None]:
    return {
        "happened_from": _time(times.happened_from),
        "happened_to": _time(times.happened_to),
        "captured_at": _time(times.captured_at),
        "received_at": _time(times.received_at),
        "sealed_at": _time(times.sealed_at),
    }


def _time(at: datetime | None) -> str | None:
    return None if at is None else write_time(at)
