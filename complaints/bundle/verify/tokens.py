"""Check 7: every time-stamp token in full, as of the time it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from complaints.bundle import layout
from complaints.bundle.verify.subject import Subject
from complaints.bundle.verify.verdict import Name
from evidence.errors import EvidenceError
from evidence.integrity import renewal
from evidence.integrity.times import read_time
from evidence.integrity.timestamp import Anchor, TimeStampError, Token, verify_response
from evidence.integrity.trust import Role


def check_tokens(subject: Subject) -> None:
    """Tokens over the manifests, over each exhibit, over the log's checkpoint."""
    ledger, package = subject.ledger, subject.package
    outside = 0
    if package is not None:
        for number in range(1, package["stamps"] + 1):
            for name, of in (
                (layout.EXHIBITS_TOKEN, layout.EXHIBITS),
                (layout.PACKAGE_TOKEN, layout.PACKAGE),
            ):
                digest = subject.digests.get(of, (None, 0))[0]
                token = _check(subject, name.format(n=number), digest)
                outside += token is not None and not token.is_self_issued
        for path in subject.digests:
            if layout.PACKAGE_TOKENS.fullmatch(path) and not _is_announced(path, package):
                ledger.changed(Name.FILES, "file-planted", where=path)
    for exhibit in subject.each_exhibit():
        if not exhibit["tokens"]:
            ledger.unknown(Name.TOKENS, "token-none", where=exhibit["path"])
            ledger.not_proved("time", exhibit=exhibit["number"])
        found = [_check_stated(subject, said, exhibit["sha256"]) for said in exhibit["tokens"]]
        outside += sum(token is not None and not token.is_self_issued for token in found)
        _check_sealed_at(subject, exhibit, [token for token in found if token is not None])
    for path, stated in _checkpoints(subject):
        digest = subject.digests.get(path, (None, 0))[0]
        found = [_check_stated(subject, said, digest) for said in stated]
        strangers = [token for token in found if token is not None and not token.is_self_issued]
        subject.stamped[path] = strangers
        outside += len(strangers)
    if not outside:
        ledger.not_proved("outside-time")


def _checkpoints(subject: Subject) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every checkpoint of the log in the package, with what is stated of its tokens."""
    if subject.exhibits is not None and subject.exhibits["log"] is not None:
        yield subject.exhibits["log"]["checkpoint"], subject.exhibits["log"]["tokens"]
    for point in subject.history["checkpoints"] if subject.history is not None else ():
        yield point["path"], point["tokens"]


def _check_stated(subject: Subject, said: dict[str, Any], digest: str | None) -> Token | None:
    """A token that a manifest describes: the description must be the token's own."""
    token = _check(subject, said["path"], digest)
    if token is None:
        return None
    ledger, path = subject.ledger, said["path"]
    if _second(said["gen_time"]) != token.gen_time.replace(microsecond=0):
        ledger.changed(Name.TOKENS, "token-other-time", where=path)
    if not said["self_issued"]:
        if token.anchor is Anchor.OWN:
            ledger.changed(Name.TOKENS, "token-posing", where=path)
        elif token.anchor is Anchor.ELSEWHERE:
            ledger.unknown(Name.TOKENS, "token-elsewhere", where=path)
            ledger.not_proved("elsewhere", path=path)
    return token


def _check(subject: Subject, path: str, digest: str | None) -> Token | None:
    """One response in full; None when it does not hold or is not there."""
    ledger = subject.ledger
    der = subject.read(path)
    if der is None or digest is None:
        ledger.missing(Name.TOKENS, "file-missing", where=path)
        return None
    own = subject.trust.certificates(Role.CA) if subject.trust is not None else []
    try:
        token = verify_response(
            der,
            _what_it_is_over(subject, path, digest),
            roots=subject.trusted.roots,
            own_roots=own,
            elsewhere=True,
        )
    except (TimeStampError, renewal.RenewalFormatError) as problem:
        ledger.changed(Name.TOKENS, "token-wrong", where=path, code=problem.code)
        return None
    key = "token-outside" if token.anchor is Anchor.GIVEN else "token-self"
    ledger.passed(Name.TOKENS, key, where=path, **told(token))
    return token


def _what_it_is_over(subject: Subject, path: str, digest: str) -> bytes:
    """The digest itself, or the imprint of the renewal text beside the token, if it is about it.

    Raises:
        RenewalFormatError: no renewal text, or one about something else.
    """
    text_path = path + layout.RENEWAL
    text = subject.read(text_path) if text_path in subject.digests else None
    if text is None:
        return bytes.fromhex(digest)
    if renewal.read(text).subject["sha256"] != digest:
        raise renewal.RenewalFormatError("the renewal is about something else")
    return renewal.imprint(text)


def told(token: Token) -> dict[str, str]:
    """Time and TSA for a line of the verdict; of a whole directory name, the common name."""
    name = re.search(r"(?:Common Name: |CN=)([^,]+)", token.tsa_name)
    at = token.gen_time.strftime("%Y-%m-%d %H:%M:%S UTC")
    return {"at": at, "tsa": name[1] if name else token.tsa_name}


def _check_sealed_at(subject: Subject, exhibit: dict[str, Any], tokens: list[Token]) -> None:
    """The sealed time that is printed is one that a token states."""
    sealed = _second(exhibit["times"]["sealed_at"])
    if sealed is None or len(tokens) < len(exhibit["tokens"]):
        return  # a token that is missing or does not hold is named already
    if all(token.gen_time.replace(microsecond=0) != sealed for token in tokens):
        subject.ledger.changed(Name.TOKENS, "token-other-time", where=exhibit["path"])


def _is_announced(path: str, package: dict[str, Any]) -> bool:
    return any(path == layout.PACKAGE_TOKEN.format(n=n) for n in range(1, package["stamps"] + 1))


def _second(text: str | None) -> datetime | None:
    try:
        return None if text is None else read_time(text).replace(microsecond=0)
    except EvidenceError:
        return None
