"""A third person tells it themselves: invite, bind to one browser, take the answer in, revoke.

Opening the page asks nothing of us; the first POST binds. docs/witness.md.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.errors import QuotaSpentError
from complaints.bundle import third_person
from complaints.bundle.third_person import Answers, Consent, Written
from complaints.errors import ComplaintError
from complaints.models import LinkState, WitnessItem, WitnessLink, WitnessStatement
from evidence import custody, intake, release
from evidence.custody import Act, Actor, Subject
from evidence.intake import Declaration
from evidence.integrity.event import ActorType
from evidence.integrity.times import write_time
from evidence.models import Case, EvidenceItem, ItemOrigin

LIFETIME = timedelta(days=7)
TOKEN_BYTES = 16  # 128 bits: it stands in an address that a person sends on
SECRET_BYTES = 32
MAX_WAITING = 20  # links of one case that are still to be answered
MAX_PICTURES = 5
Part = WitnessItem.Part


class LinkUnknownError(ComplaintError):
    """No link has this token, no browser this secret."""

    code = "witness_link_unknown"


class LinkExpiredError(ComplaintError):
    """Its seven days are over."""

    code = "witness_link_expired"


class LinkRevokedError(ComplaintError):
    """The borrower took it back."""

    code = "witness_link_revoked"


class LinkBoundError(ComplaintError):
    """Another browser used it first."""

    code = "witness_link_bound"


class StatementErasedError(ComplaintError):
    """What was written here is erased; this link takes nothing more."""

    code = "witness_erased"


class StatedAlreadyError(ComplaintError):
    """One link is one statement."""

    code = "witness_stated_already"


class NotStatedError(ComplaintError):
    """Pictures come after statement and consent."""

    code = "witness_not_stated"


class PicturesFullError(ComplaintError):
    """As many pictures as one statement may have."""

    code = "witness_pictures_full"

    def __init__(self, *, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class LinksFullError(ComplaintError):
    """So many links of this case still wait for an answer."""

    code = "witness_links_full"

    def __init__(self, *, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class NoRoomError(ComplaintError):
    """The borrower's quota is spent; how far, is not the witness's to know."""

    code = "witness_no_room"


class NamedInWordsError(ComplaintError):
    """The person wants to be masked, and their own words name them."""

    code = "witness_named_in_words"


@dataclass(frozen=True)
class Told:
    """A statement and its consent, out of the vault."""

    answers: Answers
    consent: Consent
    written: Written


def invite(case: Case, *, label: str, actor: Actor) -> tuple[WitnessLink, str]:
    """Make a link; return it with the address to send, which is shown this once.

    Raises:
        LinksFullError.
    """
    now, token = timezone.now(), secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        waiting = WitnessLink.objects.filter(
            case=case, expires_at__gt=now, stated_at=None, revoked_at=None, erased_at=None
        )
        if waiting.count() >= MAX_WAITING:
            raise LinksFullError(limit=MAX_WAITING)
        link = WitnessLink.objects.create(
            case=case,
            label=label,
            token_sha256=_hashed(token),
            created_at=now,
            expires_at=now + LIFETIME,
        )
        facts = {"case": str(case.pk), "expires": write_time(link.expires_at)}
        _record(link, Act.WITNESS_INVITED, actor, facts)
    return link, f"{settings.SITE_ORIGIN}/#witness={token}"


def revoke(link: WitnessLink, *, actor: Actor) -> None:
    """Take nothing more through it; done twice it is done once. What was answered stays."""
    with transaction.atomic():
        standing = WitnessLink.objects.filter(pk=link.pk, revoked_at=None, erased_at=None)
        if standing.update(revoked_at=timezone.now()):
            _record(link, Act.WITNESS_REVOKED, actor, {"case": str(link.case_id)})


def bind(token: str) -> tuple[WitnessLink, str]:
    """Bind a link to the browser that comes first; return it with the secret, shown this once.

    Raises:
        LinkUnknownError, LinkBoundError, StatementErasedError, LinkRevokedError, LinkExpiredError.
    """
    link = WitnessLink.objects.filter(token_sha256=_hashed(token)).first()
    if link is None:
        raise LinkUnknownError
    _refuse_closed(link)
    secret, now = secrets.token_urlsafe(SECRET_BYTES), timezone.now()
    with transaction.atomic():
        # By the row itself: of two browsers at the same moment one is first.
        unbound = WitnessLink.objects.filter(pk=link.pk, bound_at=None)
        if not unbound.update(bound_at=now, secret_sha256=_hashed(secret)):
            raise LinkBoundError(str(link.pk))
        _record(link, Act.WITNESS_BOUND, witness(link), {"case": str(link.case_id)})
    link.refresh_from_db()
    return link, secret


def link_of(secret: str) -> WitnessLink:
    """The link that is bound to the browser with this secret.

    Raises:
        LinkUnknownError.
    """
    rows = WitnessLink.objects.select_related("case", "statement__item", "statement__consent")
    link = rows.filter(secret_sha256=_hashed(secret)).first()
    if link is None:
        raise LinkUnknownError
    return link


def state(
    link: WitnessLink, *, answers: Answers, consent: Consent, language: str
) -> WitnessStatement:
    """Take statement and consent in, each an item with digest, stamp, receipt and key of its own.

    Raises:
        StatementErasedError, StatedAlreadyError, LinkRevokedError, LinkExpiredError,
        NamedInWordsError; NoRoomError, evidence errors of intake. Nothing is kept.
    """
    is_masked = any(wish == WitnessStatement.Wish.MASKED for wish in consent.consents.values())
    if is_masked and third_person.names_its_writer(answers, consent):
        raise NamedInWordsError
    now = timezone.now()
    written = Written(link=str(link.pk), language=language, written_at=write_time(now))
    with transaction.atomic():
        current = WitnessLink.objects.select_for_update().get(pk=link.pk)
        if current.stated_at is not None and current.erased_at is None:
            raise StatedAlreadyError(str(link.pk))
        _refuse_closed(current)
    statement = _document(link, third_person.statement_bytes(answers, written), Part.STATEMENT)
    kept = _document(link, third_person.consent_bytes(consent, written), Part.CONSENT)
    with transaction.atomic():
        unstated = WitnessLink.objects.filter(pk=link.pk, stated_at=None, erased_at=None)
        if not unstated.update(stated_at=now):
            raise StatedAlreadyError(str(link.pk))  # a second tap at the same moment
        row = WitnessStatement.objects.create(
            link=link, item=statement, consent=kept, **dict(consent.consents)
        )
        facts = {"statement": str(statement.pk), "consent": str(kept.pk)}
        _record(link, Act.WITNESS_STATED, witness(link), facts)
    return row


def add_picture(link: WitnessLink, file: BinaryIO, *, claimed_sha256: str) -> EvidenceItem:
    """Take one of the witness's own pictures in.

    Raises:
        StatementErasedError, NotStatedError, LinkRevokedError, LinkExpiredError,
        PicturesFullError; NoRoomError, evidence errors of intake. Nothing is kept.
    """
    if link.erased_at is not None:
        raise StatementErasedError(str(link.pk))
    if link.stated_at is None:
        raise NotStatedError(str(link.pk))
    _refuse_late(link)
    kind = EvidenceItem.Kind.CHAT_SCREENSHOT
    return _take_in(link, file, kind, Part.PICTURE, claimed_sha256=claimed_sha256)


def pictures_of(link: WitnessLink) -> models.QuerySet[EvidenceItem]:
    """The pictures that came through a link, in the order of their arrival."""
    rows = link.brought.filter(part=Part.PICTURE)
    return EvidenceItem.objects.kept().filter(pk__in=rows.values("pk"))


def told(statement: WitnessStatement, *, actor: Actor) -> Told:
    """The statement and consent in plain; the opening is recorded."""
    with release.open_item(statement.item, actor=actor) as file:
        answers, written = third_person.read_statement(file.read())
    with release.open_item(statement.consent, actor=actor) as file:
        consent, _ = third_person.read_consent(file.read())
    return Told(answers, consent, written)


def witness(link: WitnessLink) -> Actor:
    """The witness as the custody log names them: by their link, which is all we know."""
    return Actor(ActorType.WITNESS, str(link.pk))


def _document(link: WitnessLink, raw: bytes, part: Part) -> EvidenceItem:
    return _take_in(link, BytesIO(raw), EvidenceItem.Kind.DOCUMENT, part)


def _take_in(
    link: WitnessLink, file: BinaryIO, kind: str, part: Part, *, claimed_sha256: str = ""
) -> EvidenceItem:
    item_id = _write_down(link, part)
    name = part if part is Part.PICTURE else f"{part}.json"  # its own could name its sender
    source = ItemOrigin.Source.THIRD_PARTY_VOLUNTARY
    try:
        return intake.receive(
            file,
            case=link.case,
            kind=kind,
            actor=witness(link),
            declaration=Declaration(source=source, file_name=name),
            claimed_sha256=claimed_sha256,
            origin=EvidenceItem.Origin.WITNESS,
            item_id=item_id,
        ).item
    except Exception as cause:
        WitnessItem.objects.filter(pk=item_id).delete()
        if isinstance(cause, QuotaSpentError):
            raise NoRoomError(str(link.pk)) from cause
        raise


@transaction.atomic
def _write_down(link: WitnessLink, part: Part) -> uuid.UUID:
    WitnessLink.objects.select_for_update().get(pk=link.pk)  # pictures sent at once are counted
    if part is Part.PICTURE and link.brought.filter(part=part).count() >= MAX_PICTURES:
        raise PicturesFullError(limit=MAX_PICTURES)
    return WitnessItem.objects.create(item_id=uuid.uuid4(), link=link, part=part).pk


def _refuse_closed(link: WitnessLink) -> None:
    if link.state(timezone.now()) is LinkState.ERASED:
        raise StatementErasedError(str(link.pk))
    _refuse_late(link)


def _refuse_late(link: WitnessLink) -> None:
    if link.revoked_at is not None:
        raise LinkRevokedError(str(link.pk))
    if timezone.now() >= link.expires_at:
        raise LinkExpiredError(str(link.pk))


def _record(link: WitnessLink, act: Act, actor: Actor, facts: dict[str, str]) -> None:
    custody.record(Subject.WITNESS_LINK, link.pk, act, actor=actor, facts=facts)


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8")).hexdigest()
