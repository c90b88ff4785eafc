"""What the person who checks brings along: fingerprints, lists of keys, roots; and on which day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization

from complaints.bundle import layout
from complaints.bundle.exhibits import Exhibit, Token
from complaints.bundle.verify.trusted import MAX_FILE_BYTES
from evidence.integrity import renewal, timestamp
from evidence.integrity.digest import canonical
from evidence.integrity.trust import Entry, Role, read_trust, write_trust
from tests.complaints.bundle import make_package as make
from tests.complaints.bundle.forge import Files
from tests.forgeries import base
from tests.forgeries.corpus import CANNOT, CHANGED, UNCHANGED, Forgery, forgery, sound
from tests.forgeries.handed import Handed, zipped
from tests.forgeries.stamps import EARLY, OURS, THEIRS, authority

ARGUMENT, LAPSED = "signer/trust-argument", "tokens/token-lapsed"
ELSEWHERE = "tokens/token-elsewhere"
LISTED = base.HELD.replace("tokens/token-outside", "tokens/token-outside-listed")
UNLISTED = base.HELD.replace("log/log-outside ", "").replace("tokens/token-outside ", "")
STRANGE = base.OPEN.replace("log-time", "outside-time elsewhere")

RENEWED_HELD = (
    "case/case container/container custody/custody files/files manifests/manifests pdf/pdf "
    "pdf/token-self receipts/receipts signatures/signature signer/signer-known sm3/sm3 sums/sums "
    "tokens/token-outside tokens/token-self"
)
RENEWED_OPEN = "before-arrival content log"


def rows() -> list[Forgery]:
    return [*_arguments(), *_lists(), *_days()]


def _arguments() -> list[Forgery]:
    def wrong(name: str, argument: str | bytes) -> Forgery:
        row = _with(argument)
        return forgery(name, row, UNCHANGED, trusted=CANNOT, reason_trusted=ARGUMENT)

    pem = b"-----BEGIN CERTIFICATE-----\n"
    return [
        wrong("trust-of-no-file", "no-such-file"),
        wrong("trust-of-another-form", b"{}"),
        wrong("trust-without-certificate", pem + b"AAAA\n-----END CERTIFICATE-----\n"),
        wrong("trust-too-large", _pem() + b"\n" * MAX_FILE_BYTES),
    ]


def _with(*brought: str | bytes) -> Callable[[], Handed]:
    return lambda: replace(zipped(base.files()), brought=brought)


def _lists() -> list[Forgery]:
    def roots(name: str, **members: Any) -> Forgery:
        row = _listed(**members)
        return forgery(name, row, UNCHANGED, trusted=CANNOT, reason_trusted=ARGUMENT)

    other = "0" * 64
    return [
        sound("roots-by-a-list", _listed(), LISTED, base.OPEN),
        sound(
            "roots-by-nobody",
            lambda: _with(make.house().fingerprint)(),
            UNLISTED,
            STRANGE,
            ELSEWHERE,
        ),
        roots("roots-of-a-later-version", v=2),
        roots("roots-of-no-day", as_of="yesterday"),
        roots("roots-of-another-certificate", roots=[_root() | {"sha256": other}]),
        roots("roots-until-another-day", roots=[_root() | {"until": "2030-01-01"}]),
        roots("roots-without-source", roots=[_root() | {"source": ""}]),
        roots("roots-with-more", roots=[_root() | {"trusted": True}]),
        roots("roots-list-with-more", signed=True),
        sound(
            "keys-as-they-were", lambda: _with(_keys(ended=False), _pem())(), base.HELD, base.OPEN
        ),
        forgery(
            "keys-ended-since",
            lambda: _with(_keys(ended=True))(),
            UNCHANGED,
            trusted=CHANGED,
            reason_trusted="signatures/key-not-in-use",
        ),
    ]


def _root() -> dict[str, Any]:
    certificate = base.stranger().issuer.certificate
    return {
        "name": "样例",
        "certificate": _pem().decode(),
        "sha256": certificate.fingerprint(hashes.SHA256()).hex(),
        "source": "invented",
        "collected_on": "2026-11-29",
        "until": certificate.not_valid_after_utc.date().isoformat(),
    }


def _pem() -> bytes:
    certificate = base.stranger().issuer.certificate
    return certificate.public_bytes(serialization.Encoding.PEM)


def _listed(**members: Any) -> Callable[[], Handed]:
    def make_it() -> Handed:
        value = {"v": 1, "as_of": "2026-11-29", "note": "invented", "roots": [_root()]} | members
        made = replace(zipped(base.files()), brought=(make.house().fingerprint,))
        return replace(made, roots=json.dumps(value).encode())

    return make_it


def _keys(*, ended: bool) -> bytes:
    """The house's list of keys, written later or earlier than the package's own."""
    house = make.house()
    own = read_trust(base.files()["5_PROOF/trust.json"])
    later = own.issued_at + timedelta(days=1 if ended else -1)

    def end(entry: Entry) -> Entry:
        return replace(entry, not_after=make.ARRIVED) if entry.role is Role.MANIFEST else entry

    # The earlier one says the same untruth: nobody may be judged by it.
    entries = [end(entry) for entry in own.entries]
    return write_trust(house.house_key, origin=own.origin, issued_at=later, entries=entries)


def _days() -> list[Forgery]:
    def on(day: str, files: Callable[[], Files] = base.files) -> Callable[[], Handed]:
        return lambda: replace(zipped(files()), at=day)

    far = "2040-01-01"
    held = " ".join(
        each
        for each in base.HELD.split()
        if each not in ("tokens/token-self", "tokens/token-outside", "pdf/token-self")
        and each != "log/log-outside"
    )
    opened = base.OPEN.replace("log-time", "lapsed outside-time")
    return [
        sound("stamps-lapsed", on(far), held, opened, f"{LAPSED} pdf/token-lapsed"),
        forgery("stamps-lapsed-said", on(far), UNCHANGED, LAPSED),
        forgery("stamp-of-the-paper-lapsed", on(far), UNCHANGED, "pdf/token-lapsed"),
        sound(
            "stamp-renewed-in-time",
            on("2026-12-01", _renewed),
            RENEWED_HELD,
            RENEWED_OPEN,
            "log/log-none",
        ),
        forgery("renewal-of-a-later-version", _later, CANNOT, "tokens/renewal-unknown"),
        forgery("renewal-of-another-subject", _other, CHANGED, "tokens/token-wrong"),
    ]


@cache
def _renewed() -> Files:
    """A stamp of A-1 ended a minute later, renewed within that minute."""
    [exhibit] = [each for each in make.content().exhibits if each.number == "A-1"]
    digest = bytes.fromhex(exhibit.sha256)
    at, ends = make.clock(), make.clock() + timedelta(minutes=1)
    der = authority(begins=EARLY, ends=ends).respond(timestamp.build_request(digest, 7), at=at)
    older = [each.der for each in exhibit.tokens] + [der]
    text = renewal.write("sha512", _subject(exhibit), older)
    request = timestamp.build_request(renewal.imprint(text), 7)
    when = at + timedelta(seconds=30)
    new = base.stranger().tsa.respond(request, at=when)
    source = base.stranger().source
    tokens = (
        *exhibit.tokens,
        Token(der=der, source=source, gen_time=at, self_issued=False),
        Token(der=new, source=source, gen_time=when, self_issued=False, renewal=text),
    )
    renewed = replace(exhibit, tokens=tokens)
    others = (each for each in make.content().exhibits if each.number != "A-1")
    return base.build(make.content(exhibits=(renewed, *others)))


def _subject(exhibit: Exhibit) -> dict[str, str]:
    with exhibit.open() as file:
        sha512 = hashlib.sha512(file.read()).hexdigest()
    return {"sha256": exhibit.sha256, "sha512": sha512}


def _later() -> Handed:
    return zipped(base.signed({OURS + layout.RENEWAL: canonical({"v": 2})}))


def _other() -> Handed:
    text = renewal.write("sha256", {"sha256": "0" * 64}, [base.files()[THEIRS]])
    return zipped(base.signed({OURS + layout.RENEWAL: text}))
