"""Renewal of time-stamps before their strength ends: the text, and what a chain of them comes to.

Format: docs/formats/renewal.md. Pure: the moment, the roots and the algorithms' ends are given.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from cryptography import x509

from evidence.errors import EvidenceError
from evidence.integrity import algorithms
from evidence.integrity.digest import NotCanonicalError, canonical, read_canonical
from evidence.integrity.timestamp import TimeStampError, Token, verify_response

VERSION = 1
DOMAIN = b"liuzheng/renewal/v1\n"
HEX_DIGITS = {"sha256": 64, "sha384": 96, "sha512": 128}
MAX_RENEWED = 400
MEMBERS = ["algorithm", "renews", "subject", "v"]

DigestOf = Callable[[str], str | None]  # algorithm to the subject's digest in hex; None: not known


class RenewalFormatError(EvidenceError):
    """These bytes are no renewal text v1."""

    code = "renewal_malformed"


class RenewalVersionError(EvidenceError):
    """A renewal text of a later version: it cannot be checked here."""

    code = "renewal_version_unknown"


class State(StrEnum):
    """What a stamp comes to at a moment (docs/formats/renewal.md, "What it comes to")."""

    CURRENT = "current"
    RENEWED = "renewed"
    LAPSED = "lapsed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Stamp:
    """A whole response in DER and, where it renews others, the text that it is over."""

    response: bytes
    renewal: bytes | None = None


@dataclass(frozen=True)
class Renewal:
    """A renewal text as read. Digests are lower-case hex."""

    algorithm: str
    subject: Mapping[str, str]
    renews: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """One stamp as judged. `state` counts every renewal, `outside` those by outside TSAs only."""

    stamp: Stamp
    token: Token | None
    code: str  # why it failed or is unknown, "" otherwise
    strong_until: datetime | None
    state: State
    outside: State


def write(algorithm: str, subject: Mapping[str, str], older: Sequence[bytes]) -> bytes:
    """The text over which a new token is asked for.

    Args:
        algorithm: sha256, sha384 or sha512.
        subject: algorithm to digest in hex; `sha256` and `algorithm` must be there.
        older: every older response in DER, oldest first.

    Raises:
        RenewalFormatError: the values make no text.
    """
    renews = [hashlib.new(algorithm, each).hexdigest() for each in older]
    value = {"v": VERSION, "algorithm": algorithm, "subject": dict(subject), "renews": renews}
    raw = canonical(value)
    read(raw)
    return raw


def read(raw: bytes) -> Renewal:
    """Take a text apart, strictly.

    Raises:
        RenewalFormatError, RenewalVersionError: it is none, or a later one.
    """
    try:
        value: Any = read_canonical(raw)
        version = value.get("v")
        if type(version) is int and version > VERSION:
            raise RenewalVersionError(f"version {version}")
        if type(version) is not int or version != VERSION or sorted(value) != MEMBERS:
            raise RenewalFormatError("its members are not those of v1")
        algorithm, renews = value["algorithm"], value["renews"]
        subject = dict(value["subject"])
        if set(subject) != {"sha256", algorithm} or not 1 <= len(renews) <= MAX_RENEWED:
            raise RenewalFormatError("it names no subject, or renews nothing or too much")
        named = [*subject.items(), *((algorithm, digest) for digest in renews)]
        if len(set(renews)) != len(renews) or not all(_is_digest(*each) for each in named):
            raise RenewalFormatError("a digest is none, or stands twice")
    except (NotCanonicalError, AttributeError, KeyError, TypeError, ValueError) as cause:
        raise RenewalFormatError("no renewal text") from cause
    return Renewal(algorithm, subject, tuple(renews))


def imprint(raw: bytes) -> bytes:
    """What the new token is over: the digest of the domain and the text."""
    return hashlib.new(read(raw).algorithm, DOMAIN + raw).digest()


def strong_until(token: Token, *, ends: Mapping[str, datetime | None] | None = None) -> datetime:
    """The first end of a certificate in its chain or of an algorithm that it stands on."""
    end = algorithms.first_end(token.algorithms, of=ends)
    return token.valid_until if end is None else min(end, token.valid_until)


def judge(
    stamps: Sequence[Stamp],
    digest_of: DigestOf,
    *,
    at: datetime,
    roots: Sequence[x509.Certificate],
    own_roots: Sequence[x509.Certificate] = (),
    elsewhere: bool = False,
    ends: Mapping[str, datetime | None] | None = None,
) -> list[Link]:
    """Judge all stamps of one subject together, in the order given.

    Args:
        stamps: originals over the subject's SHA-256 and renewals, in any order.
        digest_of: the subject's digest by an algorithm; None where its bytes are not at hand.
        at: as of when, aware.
        roots: of outside TSAs, as `timestamp.verify_response` takes them.
        own_roots: the same, of the house.
        elsewhere: the same.
        ends: of algorithms; None: those of algorithms.json.
    """
    alone = [
        _judge_alone(stamp, digest_of, roots, own_roots, elsewhere=elsewhere, ends=ends)
        for stamp in stamps
    ]
    by_any = _states(alone, at, outside_only=False)
    by_strangers = _states(alone, at, outside_only=True)
    return [
        Link(one.stamp, one.token, one.code, one.strong_until, state, outside)
        for one, state, outside in zip(alone, by_any, by_strangers, strict=True)
    ]


@dataclass(frozen=True)
class _Alone:
    """A stamp judged without the others."""

    stamp: Stamp
    token: Token | None
    code: str
    is_unknown: bool
    strong_until: datetime | None
    text: Renewal | None

    @property
    def order(self) -> tuple[datetime, int]:
        """Sorts a renewal behind what it can have renewed."""
        at = datetime.min.replace(tzinfo=UTC) if self.token is None else self.token.gen_time
        return at, 0 if self.text is None else len(self.text.renews)

    def digests(self) -> set[str]:
        """The names by which a renewal text may call this response."""
        return {hashlib.new(name, self.stamp.response).hexdigest() for name in HEX_DIGITS}


def _judge_alone(
    stamp: Stamp,
    digest_of: DigestOf,
    roots: Sequence[x509.Certificate],
    own_roots: Sequence[x509.Certificate],
    *,
    elsewhere: bool,
    ends: Mapping[str, datetime | None] | None,
) -> _Alone:
    try:
        text = None if stamp.renewal is None else read(stamp.renewal)
        over, problem = _what_it_is_over(stamp, text, digest_of)
        if over is None:
            is_unknown = problem == "renewal_subject_unknown"
            return _Alone(stamp, None, problem, is_unknown, None, text)
        token = verify_response(
            stamp.response, over, roots=roots, own_roots=own_roots, elsewhere=elsewhere
        )
    except RenewalVersionError as reason:
        return _Alone(stamp, None, reason.code, True, None, None)
    except (RenewalFormatError, TimeStampError) as reason:
        return _Alone(stamp, None, reason.code, False, None, None)
    end = algorithms.first_end(token.algorithms, of=ends)
    if end is not None and end <= token.gen_time:
        return _Alone(stamp, token, "stamp_algorithm_ended", False, end, text)
    return _Alone(stamp, token, "", False, strong_until(token, ends=ends), text)


def _what_it_is_over(
    stamp: Stamp, text: Renewal | None, digest_of: DigestOf
) -> tuple[bytes | None, str]:
    """The digest that the token must be over, or the code why there is none to compare."""
    if text is None or stamp.renewal is None:
        digest = digest_of("sha256")
        return (None, "renewal_subject_unknown") if digest is None else (bytes.fromhex(digest), "")
    for algorithm, named in text.subject.items():
        digest = digest_of(algorithm)
        if digest is None:
            return None, "renewal_subject_unknown"
        if digest != named:
            return None, "renewal_other_subject"
    return imprint(stamp.renewal), ""


def _states(all_of: list[_Alone], at: datetime, *, outside_only: bool) -> list[State]:
    """Latest first: what renews a stamp is known before the stamp itself is asked."""
    states: dict[int, State] = {}
    standing: dict[str, list[_Alone]] = {}  # name of a response to what renews it and stands
    for place in sorted(range(len(all_of)), key=lambda n: all_of[n].order, reverse=True):
        link = all_of[place]
        state = states[place] = _state(link, standing, at)
        stands = state in (State.CURRENT, State.RENEWED) and link.text is not None
        if stands and link.token and not (outside_only and link.token.is_self_issued):
            for name in link.text.renews if link.text else ():
                standing.setdefault(name, []).append(link)
    return [states[place] for place in range(len(all_of))]


def _state(link: _Alone, standing: Mapping[str, list[_Alone]], at: datetime) -> State:
    if link.is_unknown:
        return State.UNKNOWN
    if link.code or link.token is None or link.strong_until is None:
        return State.FAILED
    if at < link.strong_until:
        return State.CURRENT
    begin, end = link.token.gen_time, link.strong_until
    renewals = [each for name in link.digests() for each in standing.get(name, ())]
    in_time = any(each.token and begin <= each.token.gen_time < end for each in renewals)
    return State.RENEWED if in_time else State.LAPSED


def _is_digest(algorithm: str, digest: Any) -> bool:
    return isinstance(digest, str) and bool(
        re.fullmatch(rf"[0-9a-f]{{{HEX_DIGITS[algorithm]}}}", digest)
    )
