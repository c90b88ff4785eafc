"""The door of checks: does an item still hold? Bytes, custody log, receipt, tokens, Merkle log.

Each look leaves an event: `checked`, or `fault_found` with the names of what failed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from evidence import custody, digests, erasure, tsa_sources
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError, ItemUnreadableError
from evidence.integrity import event as events
from evidence.integrity import merkle, receipt, renewal, signing
from evidence.integrity.trust import Role
from evidence.log import checkpoints, proofs
from evidence.log.walk import PROMISED
from evidence.models import EvidenceItem, ItemReceipt, TimeStampToken
from evidence.stamping import EMBEDDED
from evidence.vault import keyring, shelf
from evidence.vault.failures import StorageFailedError
from evidence.vault.keys import KeyUnwrapError

CHECKER = Actor.system("verification")
Hold = Callable[[int], None]


class Result(StrEnum):
    """What a check came to."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Check:
    """One line of a verdict. `what` is a code: why it failed or is unknown, "" for a pass."""

    name: str
    result: Result
    what: str = ""


@dataclass(frozen=True)
class Verdict:
    """All lines, and what they come to together."""

    checks: tuple[Check, ...]
    checked_at: datetime

    @property
    def failed(self) -> list[str]:
        """The names of the checks that failed."""
        return [check.name for check in self.checks if check.result == Result.FAIL]

    @property
    def verdict(self) -> str:
        """`changed`, `cannot_check`, `incomplete` or `unchanged`; never green by emptiness."""
        results = {check.result for check in self.checks}
        if Result.FAIL in results:
            return "changed"
        if Result.PASS not in results or _bytes_unknown(self.checks):
            return "cannot_check"
        return "incomplete" if Result.UNKNOWN in results else "unchanged"


def verify_item(
    item: EvidenceItem, *, actor: Actor = CHECKER, at: datetime | None = None
) -> Verdict:
    """Check everything that we hold of one item against everything else, and record the result.

    Args:
        item: what is checked.
        actor: who asked, as the custody log names them.
        at: as of when stamps must stand, aware; now, when None.
    """
    verdict = judge(item, at=at)
    act = Act.FAULT_FOUND if verdict.failed else Act.CHECKED
    record(act, item.pk, verdict, actor=actor)
    return verdict


def judge(item: EvidenceItem, *, at: datetime | None = None, hold: Hold | None = None) -> Verdict:
    """The same without an event: for who looks often and tells what is news.

    Args:
        item: what is checked.
        at: as in `verify_item`.
        hold: told how many bytes were read, after each piece; may wait.
    """
    checks = [run("bytes", lambda: _check_bytes(item, hold))]
    checks.append(run("custody", lambda: _check_custody(item)))
    checks.append(run("receipt", lambda: _check_receipt(item)))
    checks += list(_token_checks(item, at or timezone.now()))
    checks.append(run("log", lambda: _check_log(item)))
    return Verdict(tuple(checks), timezone.now())


def record(
    act: Act,
    item_id: uuid.UUID,
    verdict: Verdict,
    *,
    actor: Actor,
    facts: Mapping[str, Any] = custody.NO_FACTS,
) -> None:
    """Write a verdict into the item's log, as `checked` or `fault_found`."""
    told: dict[str, Any] = {"verdict": verdict.verdict, "checks": len(verdict.checks), **facts}
    if verdict.failed:
        told["failed"] = verdict.failed
    custody.record(Subject.ITEM, item_id, act, actor=actor, facts=told)


class _UnknownError(EvidenceError):
    """A check could not be made; that accuses nobody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _MismatchError(EvidenceError):
    """Two things that should agree do not."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def run(name: str, check: Callable[[], None]) -> Check:
    """One check as a line of a verdict: it passed, failed, or could not be made."""
    try:
        check()
    except (_UnknownError, tsa_sources.StampSourceError, StorageFailedError) as reason:
        return Check(name, Result.UNKNOWN, reason.code)
    except EvidenceError as reason:
        return Check(name, Result.FAIL, reason.code)
    return Check(name, Result.PASS)


def check_envelope(
    name: str,
    *,
    object_id: uuid.UUID,
    find_key: Callable[[], bytes],
    wanted: tuple[str, int],
    hold: Hold | None = None,
) -> None:
    """The bytes in the vault decrypt and have this digest and size; inside `run`.

    Args:
        name: of the envelope.
        object_id: under which it opens.
        find_key: gives its data key, or raises.
        wanted: SHA-256 in lower-case hex, and bytes.
        hold: as in `judge`.
    """
    try:
        data_key = find_key()
    except (ItemUnreadableError, KeyUnwrapError) as cause:
        raise _UnknownError("item_key_missing") from cause  # erased, or another master key
    try:
        found = shelf.digest(name, object_id=object_id, data_key=data_key, hold=hold)
    except shelf.NotInVaultError as cause:
        raise _MismatchError("item_bytes_missing") from cause
    if found != wanted:
        raise _MismatchError("digest_mismatch")


def _check_bytes(item: EvidenceItem, hold: Hold | None) -> None:
    try:
        check_envelope(
            item.vault_name,
            object_id=item.pk,
            find_key=lambda: keyring.item_key(item),
            wanted=(item.sha256, item.size),
            hold=hold,
        )
    except _UnknownError as cause:
        if cause.code == "item_key_missing" and erasure.is_erased(Subject.ITEM, item.pk):
            raise _UnknownError("item_erased") from cause
        raise


def _check_custody(item: EvidenceItem) -> None:
    """The chain is whole, its rows are its bytes, and its first event names this digest.

    Other digests of the item stand in rows and in the chain alike.
    """
    rows = list(custody.log_of(Subject.ITEM, item.pk))
    events.verify_chain([bytes(row.raw) for row in rows])
    decoded = [events.decode(bytes(row.raw)) for row in rows]
    for place, (row, event) in enumerate(zip(rows, decoded, strict=True), start=1):
        told = (row.sequence, row.act, str(row.pk), row.sha256)
        if told != (place, event.act, event.id, events.digest(bytes(row.raw))):
            raise _MismatchError("custody_row_differs")
    first = decoded[0]
    named = (first.act, first.facts.get("sha256"), first.facts.get("size"))
    if named != (Act.RECEIVED, item.sha256, item.size):
        raise _MismatchError("custody_names_other_bytes")
    if not digests.agree(item, decoded):
        raise _MismatchError("digest_row_differs")


def _check_receipt(item: EvidenceItem) -> None:
    """The receipt is signed by a log key of this house and promises the `received` event."""
    try:
        kept = item.receipt
    except ItemReceipt.DoesNotExist:
        raise _MismatchError("receipt_missing") from None
    for entry in keyring.house().entries:
        if entry.role == Role.LOG:
            key = signing.load_spki(entry.key)
            if signing.fingerprint(key) == kept.key_fingerprint:
                break
    else:
        raise _UnknownError("receipt_key_unknown")
    raw, signature = bytes(kept.raw), bytes(kept.signature)
    promise = receipt.verify(raw, signature, key)  # type: ignore[arg-type]  # a log key is Ed25519
    first = custody.log_of(Subject.ITEM, item.pk).first()
    leaf = events.leaf_data(bytes(first.raw)).hex() if first else ""
    promised = (promise.item, promise.sha256, promise.size, promise.event)
    if promised != (str(item.pk), item.sha256, item.size, leaf):
        raise _MismatchError("receipt_differs")


def digest_of(item: EvidenceItem, algorithm: str) -> str:
    """The digest of the item's bytes in hex; another than SHA-256 is computed from the vault.

    Raises:
        ItemUnreadableError: its key was destroyed. KeyUnwrapError: another master key's.
    """
    if algorithm == "sha256":
        return item.sha256
    found, _ = shelf.digest(
        item.vault_name,
        object_id=item.pk,
        data_key=keyring.item_key(item),
        algorithm=algorithm,
    )
    return found


def _token_checks(item: EvidenceItem, at: datetime) -> Iterator[Check]:
    """Every token in full at its own time, and whether renewals carry it to this day."""
    tokens = list(TimeStampToken.objects.filter(item=item).order_by("gen_time", "id"))
    if not tokens:
        yield Check("token", Result.UNKNOWN, "token_missing")
    roots = tsa_sources.roots() if any(token.source != EMBEDDED for token in tokens) else []
    links = renewal.judge(
        [_stamp(token) for token in tokens],
        lambda algorithm: _known_digest(item, algorithm),
        at=at,
        roots=roots,
        own_roots=keyring.house().roots(),
    )
    for token, link in zip(tokens, links, strict=True):
        name = f"{'token' if token.renewal is None else 'renewal'}:{token.source}"
        yield run(name, lambda token=token, link=link: _check_token(token, link))  # type: ignore[misc]  # the defaults bind


def _stamp(token: TimeStampToken) -> renewal.Stamp:
    text = None if token.renewal is None else bytes(token.renewal)
    return renewal.Stamp(bytes(token.response), text)


def _known_digest(item: EvidenceItem, algorithm: str) -> str | None:
    try:
        return digest_of(item, algorithm)
    except EvidenceError:
        return None  # `bytes` says what is wrong with them; of the digest nothing is known


def _check_token(token: TimeStampToken, link: renewal.Link) -> None:
    """The response holds over what it should, the row tells what it says, and it still stands."""
    if token.source not in {EMBEDDED, *tsa_sources.all_names()}:
        raise _UnknownError("stamp_source_unknown")
    if link.state is renewal.State.UNKNOWN:
        raise _UnknownError(link.code)
    held = link.token
    if link.state is renewal.State.FAILED or held is None:
        raise _MismatchError(link.code)
    told = (token.gen_time, token.serial, token.is_self_issued)
    if told != (held.gen_time, str(held.serial), held.is_self_issued):
        raise _MismatchError("token_row_differs")
    if link.state is renewal.State.LAPSED:
        raise _UnknownError("token_lapsed")


def _check_log(item: EvidenceItem) -> None:
    """The arrival stands in the log, under the newest checkpoint, as the receipt promised."""
    first = custody.log_of(Subject.ITEM, item.pk).first()
    newest = checkpoints.latest()
    place = None
    if first is not None and newest is not None:
        place = proofs.places([first.sha256], newest).get(first.sha256)
    if first is None or newest is None or place is None:
        if timezone.now() - item.received_at > PROMISED:
            raise _MismatchError("log_overdue")
        raise _UnknownError("log_waiting")
    merkle.verify_inclusion(
        merkle.leaf_hash(events.leaf_data(bytes(first.raw))),
        index=place.index,
        size=newest.size,
        proof=place.path,
        root_hash=bytes.fromhex(newest.root),
    )


def _bytes_unknown(checks: tuple[Check, ...]) -> bool:
    return any(check.name == "bytes" and check.result == Result.UNKNOWN for check in checks)
