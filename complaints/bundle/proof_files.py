"""The files of 5_PROOF that come ready from the evidence side: bytes exactly as stored."""

from __future__ import annotations

from complaints.bundle import layout, manifest
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit, Form, LogProof, Token

JSON, TOKEN, BYTES = "application/json", "application/timestamp-reply", "application/octet-stream"


def of(content: PackageContent) -> dict[str, tuple[bytes, str]]:
    """Path to (bytes, media type): trust.json, events, receipts, tokens, records, the log."""
    files = {layout.TRUST: (content.trust, JSON)}
    for exhibit in content.exhibits:
        files |= _of_exhibit(exhibit)
    if content.log is not None:
        files[layout.CHECKPOINT] = (content.log.checkpoint, "text/plain")
        for index, token in enumerate(content.log.tokens, 1):
            files |= _of_token(token, layout.log_token_path(index))
        files |= _history(content.log)
    return files


def _history(log: LogProof) -> dict[str, tuple[bytes, str]]:
    files = {layout.LOG_HISTORY: (manifest.write_history(log), JSON)}
    for point in log.earlier:
        files[layout.earlier_checkpoint_path(point.size)] = (point.note, "text/plain")
        for index, token in enumerate(point.tokens, 1):
            files |= _of_token(token, layout.earlier_token_path(point.size, index))
    return files


def _of_exhibit(exhibit: Exhibit) -> dict[str, tuple[bytes, str]]:
    number, files = exhibit.number, {}
    for index, raw in enumerate(exhibit.custody, 1):
        files[layout.event_path(number, index)] = (raw, JSON)
    for index, raw in enumerate(exhibit.parent.events if exhibit.parent else (), 1):
        files[layout.parent_event_path(number, index)] = (raw, JSON)
    if exhibit.receipt is not None:
        files[layout.receipt_path(number)] = (exhibit.receipt.raw, JSON)
        files[layout.receipt_path(number) + ".sig"] = (exhibit.receipt.signature, BYTES)
    for index, token in enumerate(exhibit.tokens, 1):
        files |= _of_token(token, layout.token_path(number, index))
    proved = manifest.records_of(exhibit)
    reading = exhibit.reading
    if proved and exhibit.form is not Form.RECORDS and reading and reading.records_root:
        raw = manifest.write_records(
            reading.records_root, reading.records or 0, exhibit.records_note, exhibit.records
        )
        files[proved] = (raw, JSON)
    return files


def _of_token(token: Token, path: str) -> dict[str, tuple[bytes, str]]:
    """A token and, where it renews older ones, its text beside it (docs/formats/renewal.md)."""
    files = {path: (token.der, TOKEN)}
    if token.renewal is not None:
        files[path + layout.RENEWAL] = (token.renewal, JSON)
    return files
