"""Content Credentials (C2PA): what a signed statement inside a file says of its making.

The library checks whether the statement's signature fits its certificate and whether the file is
still the one that it speaks of. Nobody is asked who signed: no trust list, no network. So even a
statement that fits is somebody's claim (docs/provenance.md, docs/decisions/0004).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO, Final

import c2pa

from . import credential_words, moments
from .bounded import size_of
from .said import SEPARATOR, Fact, clean, unique

FORMATS: Final = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "avif": "image/avif",
    "mp4": "video/mp4",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
}
MAX_BYTES: Final = 512 * 1024 * 1024  # of one file
MAX_TOLD: Final = 4 * 1024 * 1024  # characters of the library's answer
MAX_MANIFESTS: Final = 64
# Either stands in the clear in every file that has credentials: the label of the outermost JUMBF
# box with its type (C2PA 2.2, 11.1.4.2), or the XMP property that names where they lie (11.4).
INSIDE: Final = b"jumdc2pa"
ELSEWHERE: Final = b"dcterms:provenance"
_PIECE: Final = 1 << 20
_SETTINGS: Final = {
    "core": {
        "allowed_network_hosts": [],
        "decode_identity_assertions": False,  # would ask the network for who somebody is
        "max_decompressed_manifest_size_in_mb": 16,
    },
    "verify": {
        "verify_trust": False,
        "verify_timestamp_trust": False,
        "remote_manifest_fetch": False,
        "ocsp_fetch": False,
    },
}
_CHANGED: Final = re.compile(r"assertion\.(data|bmff|boxes|collection)Hash\.mismatch")
_FAILURE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,60}")


def read(file: BinaryIO, format_id: str) -> tuple[Fact, ...]:
    """The facts `c2pa_…` of one file; none where it holds no credentials.

    Call it in the cell only: a native library parses what strangers wrote.

    Args:
        file: seekable, binary.
        format_id: as `readers.sniff` gave it; one that carries no credentials has none.
    """
    if format_id not in FORMATS:
        return ()
    if size_of(file) > MAX_BYTES:
        return () if _find(file, MAX_BYTES) is None else (Fact("c2pa_state", "unread"),)
    match _find(file, MAX_BYTES):
        case None:
            return ()
        case mark if mark == ELSEWHERE:
            return (Fact("c2pa_state", "elsewhere"),)
    file.seek(0)
    try:
        with (
            c2pa.Context(c2pa.Settings.from_dict(_SETTINGS)) as context,
            c2pa.Reader(FORMATS[format_id], file, context=context) as reader,
        ):
            written = reader.json()
        if len(written) > MAX_TOLD:
            raise ValueError("a statement beyond every limit")
        return unique(_facts(json.loads(written)))
    except (c2pa.C2paError, ValueError, TypeError, LookupError, AttributeError):
        # The library's answer is JSON of strangers' making: another shape is a statement unread.
        return (Fact("c2pa_state", "unread"),)


def _find(file: BinaryIO, most: int) -> bytes | None:
    """Which mark stands within the first `most` bytes; the one for inside before the other."""
    file.seek(0)
    found, tail, done = None, b"", 0
    while done < most and (piece := file.read(_PIECE)):
        window = tail + piece
        if INSIDE in window:
            return INSIDE
        if ELSEWHERE in window:
            found = ELSEWHERE
        tail, done = window[-len(ELSEWHERE) :], done + len(piece)
    return found


def _facts(told: Mapping[str, Any]) -> Iterator[Fact]:
    manifests = told["manifests"]
    active = manifests[told["active_manifest"]]
    failures = list(_failures(told.get("validation_results") or {}))
    yield Fact("c2pa_state", _state(told["validation_state"], failures))
    yield Fact("c2pa_maker", _maker(active))
    signature = active.get("signature_info") or {}
    named = (signature.get("common_name"), signature.get("issuer"))
    yield Fact(
        "c2pa_signer", clean(SEPARATOR.join(each for each in named if isinstance(each, str)))
    )
    if (moment := moments.written(str(signature.get("time") or ""))) is not None:
        yield Fact("c2pa_signed", time=moment)
    actions = list(_actions(active))
    yield _worded("c2pa_actions", (credential_words.action(str(a["action"])) for a in actions))
    yield _worded("c2pa_source", _sources(actions))
    parts = [each for each in manifests.values() if each is not active][:MAX_MANIFESTS]
    yield _worded("c2pa_part_source", _sources(a for each in parts for a in _actions(each)))
    yield Fact("c2pa_failures", clean(SEPARATOR.join(dict.fromkeys(failures))))


def _state(state: str, failures: list[str]) -> str:
    if state in ("Valid", "Trusted"):
        return "valid"
    return "changed" if failures and all(map(_CHANGED.fullmatch, failures)) else "invalid"


def _failures(results: Mapping[str, Any]) -> Iterator[str]:
    """The codes of what did not hold, of the statement itself and of its parts."""
    statuses = [results.get("activeManifest") or {}]
    deltas = results.get("ingredientDeltas") or []
    statuses += [delta.get("validationDeltas") or {} for delta in deltas[:MAX_MANIFESTS]]
    for status in statuses:
        for failure in status.get("failure") or []:
            if _FAILURE.fullmatch(code := str(failure["code"])):
                yield code


def _maker(manifest: Mapping[str, Any]) -> str:
    """Name and version of the program that wrote the statement, as it calls itself."""
    infos = manifest.get("claim_generator_info") or []
    names = (f"{info.get('name') or ''} {info.get('version') or ''}" for info in infos[:4])
    return clean(SEPARATOR.join(names)) or clean(str(manifest.get("claim_generator") or ""))


def _actions(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for assertion in manifest.get("assertions") or []:
        if str(assertion["label"]).startswith("c2pa.actions"):
            yield from (assertion["data"].get("actions") or [])


def _sources(actions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for action in actions:
        if address := action.get("digitalSourceType"):
            yield credential_words.source(str(address))


def _worded(code: str, words: Iterable[str]) -> Fact:
    """Each word once, in the order of their coming; ten of them fit a fact."""
    return Fact(code, SEPARATOR.join(islice(dict.fromkeys(words), 10)))
