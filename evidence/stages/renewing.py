"""Renew time-stamps before their strength ends: one more token beside each, no row changed.

docs/formats/renewal.md. A renewal that cannot be had stays asked for: it is a visible state.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from evidence import custody, stamping, tsa_client, tsa_sources, verification
from evidence.custody import Act, Actor, Subject
from evidence.errors import EvidenceError
from evidence.integrity import algorithms, renewal
from evidence.integrity.timestamp import TimeStampError, verify_response
from evidence.models import CheckpointToken, Job, TimeStampToken
from evidence.stamping import EMBEDDED, Seal
from evidence.vault import keyring

RENEWER = Actor.system("renewing")
AT_ONCE = 500  # tokens that one look asks for
WEAK, STRONG = "sha256", "sha512"

Row = TimeStampToken | CheckpointToken


class RenewalImpossibleError(EvidenceError):
    """No stamp could be had that lasts longer. `why` is a code; the operator can heal it."""

    code = "renewal_impossible"
    heals = True

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.code = f"renewal_impossible:{why}"[:64]


@dataclass(frozen=True)
class Renewed:
    """A seal over a renewal's text, and the row that it takes over from."""

    row: Row
    seal: Seal


def due(now: datetime) -> list[uuid.UUID]:
    """Ids of tokens whose strength ends within TSA_RENEW_DAYS and that nothing has renewed."""
    before = now + timedelta(days=settings.TSA_RENEW_DAYS)
    ending = Q(valid_until__isnull=True) | Q(valid_until__lt=before)
    for name, end in algorithms.ends().items():
        if end is not None and end < before:
            ending |= Q(algorithms__contains=name)
    found: list[uuid.UUID] = []
    for model in (TimeStampToken, CheckpointToken):
        rows = model.objects.filter(ending, renewed_by__isnull=True)
        asked = Job.objects.filter(stage="renew").values("subject_id")
        found += (
            rows.exclude(pk__in=asked).order_by("gen_time").values_list("pk", flat=True)[:AT_ONCE]
        )
    return found


def prepare(job: Job, *, now: datetime | None = None) -> Renewed | None:
    """Ask for a token over the text that names all stamps of the subject; None when there is one.

    Raises:
        tsa_client.StampUnavailableError: the TSA gave none; later it may.
        RenewalImpossibleError: no TSA is left to ask, the older stamp no longer holds, or the new
            one would not last longer: its certificate must be replaced first.
    """
    row = _row(job.subject_id)
    if row is None or type(row).objects.filter(renews_id=row.pk).exists():
        return None
    older = list(_all_of(row))
    text = renewal.write(
        algorithm := _algorithm(now or timezone.now()),
        _digests(row, {WEAK, algorithm}),
        [bytes(each.response) for each in older],
    )
    seal = _stamp(row.source, renewal.imprint(text), text)
    if renewal.strong_until(seal.token) <= _strong_until(row):
        raise RenewalImpossibleError("gains_nothing")
    return Renewed(row, seal)


def keep(job: Job, outcome: Renewed | None) -> None:
    """Write the new token beside the old one, and its event."""
    if outcome is None:
        return
    row, seal = outcome.row, outcome.seal
    if isinstance(row, TimeStampToken):
        kept: Row = TimeStampToken.objects.create(item=row.item, renews=row, **seal.columns())
        subject, subject_id = Subject.ITEM, str(row.item_id)
    else:
        kept = CheckpointToken.objects.create(
            checkpoint=row.checkpoint, renews=row, **seal.columns()
        )
        subject, subject_id = Subject.CHECKPOINT, row.checkpoint.root
    facts = {
        **seal.facts(kept.pk),
        "renews": str(row.pk),
        "renewal": hashlib.sha256(seal.renewal or b"").hexdigest(),
    }
    custody.record(subject, subject_id, Act.RESTAMPED, actor=RENEWER, facts=facts)


def _row(token_id: uuid.UUID) -> Row | None:
    return (
        TimeStampToken.objects.filter(pk=token_id).select_related("item").first()
        or CheckpointToken.objects.filter(pk=token_id).select_related("checkpoint").first()
    )


def _all_of(row: Row) -> Iterable[Row]:
    if isinstance(row, TimeStampToken):
        return TimeStampToken.objects.filter(item=row.item).order_by("gen_time", "id")
    return CheckpointToken.objects.filter(checkpoint=row.checkpoint).order_by("gen_time", "id")


def _algorithm(now: datetime) -> str:
    """SHA-256 as ever, until its own end comes near: then the bytes are hashed anew."""
    end = algorithms.first_end([WEAK])
    near = end is not None and end < now + timedelta(days=settings.TSA_RENEW_DAYS)
    return STRONG if near else WEAK


def _digests(row: Row, names: set[str]) -> dict[str, str]:
    if isinstance(row, TimeStampToken):
        return {name: verification.digest_of(row.item, name) for name in names}
    note = bytes(row.checkpoint.note)
    return {name: hashlib.new(name, note).hexdigest() for name in names}


def _stamp(source: str, digest: bytes, text: bytes) -> Seal:
    """By the same TSA; where it is not asked any more, by the first that is."""
    if source == EMBEDDED:
        own = stamping.embedded(digest.hex())
        return Seal(EMBEDDED, own.response, own.token, text)
    names = tsa_sources.names()
    if not names:
        raise RenewalImpossibleError("no_outside_tsa")
    found = tsa_sources.source(source if source in names else names[0])
    response, token = tsa_client.stamp(found, digest, own_roots=keyring.house().roots())
    return Seal(found.name, response, token, text)


def _strong_until(row: Row) -> datetime:
    """Of the older token, which must still hold: nothing is gained by renewing what does not."""
    if row.renewal is not None:
        over = renewal.imprint(bytes(row.renewal))
    else:
        over = bytes.fromhex(_digests(row, {WEAK})[WEAK])
    try:
        token = verify_response(
            bytes(row.response),
            over,
            roots=[] if row.source == EMBEDDED else tsa_sources.roots(),
            own_roots=keyring.house().roots(),
        )
    except TimeStampError as cause:
        raise RenewalImpossibleError(cause.code) from cause
    return renewal.strong_until(token)
