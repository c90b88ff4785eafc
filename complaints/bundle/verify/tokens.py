"""Check 7: every time-stamp token in full, as of the time it states; and what is left of it now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from complaints.bundle import layout
from complaints.bundle.verify.subject import Subject
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Ledger, Name
from evidence.integrity import renewal
from evidence.integrity.renewal import Link, Stamp, State
from evidence.integrity.times import read_time
from evidence.integrity.timestamp import Anchor, Token
from evidence.integrity.trust import Role

STANDING = (State.CURRENT, State.RENEWED)


def check_tokens(subject: Subject) -> None:
    """Tokens over the manifests, over each exhibit, over the log's checkpoints."""
    ledger = subject.ledger
    outside = _check_manifests(subject)
    for exhibit in subject.each_exhibit():
        if not exhibit["tokens"]:
            ledger.unknown(Name.TOKENS, "token-none", where=exhibit["path"])
            ledger.not_proved("time", exhibit=exhibit["number"])
        links = _check_stated(subject, exhibit["tokens"], exhibit["path"], exhibit["sha256"])
        outside += len(_of_strangers(links))
        _check_sealed_at(subject, exhibit, links)
    for path, stated in _checkpoints(subject):
        links = _check_stated(subject, stated, path, subject.digests.get(path, (None, 0))[0])
        subject.stamped[path] = _of_strangers(links)
        outside += len(subject.stamped[path])
    if not outside:
        ledger.not_proved("outside-time")


def _check_manifests(subject: Subject) -> int:
    """Of the tokens over both manifests; how many are strangers'."""
    package, outside = subject.package, 0
    if package is None:
        return outside
    for name, of in (
        (layout.EXHIBITS_TOKEN, layout.EXHIBITS),
        (layout.PACKAGE_TOKEN, layout.PACKAGE),
    ):
        paths = [name.format(n=number) for number in range(1, package["stamps"] + 1)]
        links = _judge(subject, paths, of, subject.digests.get(of, (None, 0))[0])
        outside += len(_of_strangers(links))
    for path in subject.digests:
        if layout.PACKAGE_TOKENS.fullmatch(path) and not _is_announced(path, package):
            subject.ledger.changed(Name.FILES, "file-planted", where=path)
    return outside


def _of_strangers(links: Sequence[Link | None]) -> list[Token]:
    """The outside tokens that still count as such."""
    return [
        link.token
        for link in links
        if link is not None
        and link.token is not None
        and not link.token.is_self_issued
        and link.outside in STANDING
    ]


def _checkpoints(subject: Subject) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every checkpoint of the log in the package, with what is stated of its tokens."""
    if subject.exhibits is not None and subject.exhibits["log"] is not None:
        yield subject.exhibits["log"]["checkpoint"], subject.exhibits["log"]["tokens"]
    for point in subject.history["checkpoints"] if subject.history is not None else ():
        yield point["path"], point["tokens"]


def _check_stated(
    subject: Subject, stated: Sequence[dict[str, Any]], of: str, digest: str | None
) -> list[Link | None]:
    """Tokens that a manifest describes: the description must be the token's own."""
    links = _judge(subject, [said["path"] for said in stated], of, digest)
    for said, link in zip(stated, links, strict=True):
        if link is not None and link.token is not None:
            _check_description(subject, said, link.token)
    return links


def _check_description(subject: Subject, said: dict[str, Any], token: Token) -> None:
    ledger, path = subject.ledger, said["path"]
    if _second(said["gen_time"]) != token.gen_time.replace(microsecond=0):
        ledger.changed(Name.TOKENS, "token-other-time", where=path)
    if not said["self_issued"]:
        if token.anchor is Anchor.OWN:
            ledger.changed(Name.TOKENS, "token-posing", where=path)
        elif token.anchor is Anchor.ELSEWHERE:
            ledger.unknown(Name.TOKENS, "token-elsewhere", where=path)
            ledger.not_proved("elsewhere", path=path)


def _judge(
    subject: Subject, paths: Sequence[str], of: str, digest: str | None
) -> list[Link | None]:
    """Every stamp over one subject, together: one may renew another. None where one is missing.

    `of` is the path of what they are over, `digest` its SHA-256, None where that is missing.
    """
    found = {path: _stamp(subject, path) for path in paths} if digest is not None else {}
    there = {path: stamp for path, stamp in found.items() if stamp is not None}
    for path in paths:
        if path not in there:
            subject.ledger.missing(Name.TOKENS, "file-missing", where=path)
    trust, brought = subject.trust, subject.trusted
    links = renewal.judge(
        list(there.values()),
        _digests(subject, of, digest),
        at=brought.moment,
        roots=brought.roots,
        own_roots=trust.certificates(Role.CA) if trust is not None else [],
        elsewhere=True,
    )
    judged = dict(zip(there, links, strict=True))
    for path, link in judged.items():
        if link.state is State.UNKNOWN:
            subject.ledger.cannot(Name.TOKENS, "renewal-unknown", where=path, code=link.code)
        else:
            say_link(Name.TOKENS, path, link, brought, subject.ledger)
    return [judged.get(path) for path in paths]


def _stamp(subject: Subject, path: str) -> Stamp | None:
    """A response, with the renewal text beside it where it is over one."""
    der, text_path = subject.read(path), path + layout.RENEWAL
    text = subject.read(text_path) if text_path in subject.digests else None
    return None if der is None else Stamp(der, text)


def _digests(subject: Subject, of: str, digest: str | None) -> Callable[[str], str | None]:
    """The subject's digest by an algorithm; a longer one is taken anew from its bytes."""
    return lambda name: digest if name == "sha256" else subject.hash_anew(of, name)


def say_link(name: Name, path: str, link: Link, trusted: Trusted, ledger: Ledger) -> None:
    """A stamp that does not hold and why; one that holds: by whose root, or that its strength ended
    and nothing renewed it.
    """
    token = link.token
    if link.state is State.FAILED or token is None:
        ledger.changed(name, "token-wrong", where=path, code=link.code)
    elif link.state is State.LAPSED:
        day = renewal.strong_until(token).strftime("%Y-%m-%d")
        ledger.unknown(name, "token-lapsed", where=path, until=day, **told(token))
        ledger.not_proved("lapsed", path=path, until=day)
    else:
        outside = "token-outside" if trusted.was_given(token) else "token-outside-listed"
        key = "token-self" if token.is_self_issued else outside
        ledger.passed(name, key, where=path, list=trusted.as_of, **told(token))


def told(token: Token) -> dict[str, str]:
    """Time and TSA for a line of the verdict; of a whole directory name, the common name."""
    name = re.search(r"(?:Common Name: |CN=)([^,]+)", token.tsa_name)
    at = token.gen_time.strftime("%Y-%m-%d %H:%M:%S UTC")
    return {"at": at, "tsa": name[1] if name else token.tsa_name}


def _check_sealed_at(
    subject: Subject, exhibit: dict[str, Any], links: Sequence[Link | None]
) -> None:
    """The sealed time that is printed is one that a token states."""
    sealed = _second(exhibit["times"]["sealed_at"])
    tokens = [link.token for link in links if link is not None and link.token is not None]
    if sealed is None or len(tokens) < len(exhibit["tokens"]):
        return  # a token that is missing or does not hold is named already
    if all(token.gen_time.replace(microsecond=0) != sealed for token in tokens):
        subject.ledger.changed(Name.TOKENS, "token-other-time", where=exhibit["path"])


def _is_announced(path: str, package: dict[str, Any]) -> bool:
    return any(path == layout.PACKAGE_TOKEN.format(n=n) for n in range(1, package["stamps"] + 1))


def _second(text: str | None) -> datetime | None:
    return None if text is None else read_time(text).replace(microsecond=0)
