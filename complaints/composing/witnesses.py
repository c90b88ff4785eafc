"""What witnesses brought, beside one complaint: how far each agreed, what goes along, what is gone.

The consent is the most that may leave; within it the borrower chose. Without a choice: masked.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.language import DEFAULT, text
from complaints.bundle import exhibits as said
from complaints.bundle import third_person
from complaints.composing import words
from complaints.errors import ComplaintError
from complaints.law import agencies
from complaints.models import Complaint, Exhibit, WitnessForm, WitnessItem, WitnessStatement
from evidence import custody, release
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event, times
from evidence.models.items import EvidenceItem

Form, Part = WitnessForm.Form, WitnessItem.Part
POLICE, REGULATOR, LENDER = third_person.DESKS
DESK_OF = {  # by kind of agency; whoever is not here looks on as a regulator does
    "public_security": POLICE,
    "procuratorate": POLICE,
    "court": POLICE,
    "institution": LENDER,
}
QUESTIONS = (
    "relation",
    "guarantor",
    "channel",
    "when",
    "number",
    "who",
    "said",
    "told_of_debt",
    "asked_to_stop",
    "after",
)
CODED = ("relation", "guarantor", "channel", "told_of_debt", "asked_to_stop")


@dataclass(frozen=True)
class Beside:
    """One statement beside one complaint."""

    statement: WitnessStatement
    consent: str  # what the witness agreed to for this kind of desk: none, masked, named
    form: str  # how it goes along: left_out, masked, named
    pictures: frozenset[uuid.UUID]  # items

    def goes_along(self) -> tuple[EvidenceItem, ...]:
        """What goes along by itself: the statement; of who is named, consent and pictures too."""
        if self.form == Form.LEFT_OUT:
            return ()
        if self.form == Form.MASKED:
            return (self.statement.item,)
        pictures = EvidenceItem.objects.filter(pk__in=self.pictures)
        return (self.statement.item, self.statement.consent, *pictures)

    def items(self) -> frozenset[uuid.UUID]:
        """Everything that the witness brought."""
        return self.pictures | {self.statement.item_id, self.statement.consent_id}


@dataclass(frozen=True)
class Gone:
    """An exhibit of this complaint whose item was erased."""

    code: str
    at: datetime


class WitnessNotAgreedError(ComplaintError):
    """The witness did not agree that this goes to this desk, or not with their name."""

    code = "witness_not_agreed"


def require_agreed(complaint: Complaint, statement: WitnessStatement, form: str) -> None:
    """Let nothing leave beyond the consent.

    Raises:
        WitnessNotAgreedError.
    """
    consent, wish = getattr(statement, desk_of(complaint)), WitnessStatement.Wish
    if (consent == wish.NONE and form != Form.LEFT_OUT) or (
        form == Form.NAMED and consent != wish.NAMED
    ):
        raise WitnessNotAgreedError(str(statement.pk))


def desk_of(complaint: Complaint) -> str:
    """Which of the three kinds of desk the complaint goes to."""
    return DESK_OF.get(agencies.agency(complaint.agency).kind, REGULATOR)


def beside(complaint: Complaint) -> list[Beside]:
    """Every statement of the case, oldest first, as it stands beside this complaint."""
    chosen = dict(complaint.witness_forms.values_list("statement", "form"))
    rows = WitnessStatement.objects.filter(link__case=complaint.case_id)
    rows = rows.select_related("link", "item", "consent").order_by("link__stated_at", "pk")
    desk = desk_of(complaint)
    return [_beside(row, getattr(row, desk), chosen.get(row.pk, Form.MASKED)) for row in rows]


def allowed(complaint: Complaint) -> frozenset[uuid.UUID]:
    """The items of witnesses that may stand in this complaint at all; pictures in some form."""
    found: set[uuid.UUID] = set()
    for one in beside(complaint):
        if one.form != Form.LEFT_OUT:
            found |= {item.pk for item in one.goes_along()} | one.pictures
    return frozenset(found)


def masked_pictures(complaint: Complaint) -> frozenset[uuid.UUID]:
    """The pictures that go along as redacted copies only: their witness is not to be named."""
    masked = (one.pictures for one in beside(complaint) if one.form == Form.MASKED)
    return frozenset[uuid.UUID]().union(*masked)


def withheld(complaint: Complaint) -> list[WitnessStatement]:
    """The statements whose consent, with name and number, stays with us."""
    return [one.statement for one in beside(complaint) if one.form != Form.NAMED]


def gone(complaint: Complaint) -> list[Gone]:
    """What was numbered here and then erased: from the custody log, which stays."""
    items = EvidenceItem.objects.filter(
        case=complaint.case_id, origin=EvidenceItem.Origin.WITNESS, key__isnull=True
    )
    found = []
    for item_id in items.values_list("pk", flat=True):
        log = custody.log_of(Subject.ITEM, item_id)
        end = log.filter(act=Act.ERASED).first()
        numbered = [event.decode(bytes(row.raw)).facts for row in log.filter(act=Act.EXHIBITED)]
        codes = [str(told["exhibit"]) for told in numbered if _is_of(told, complaint)]
        if end is not None and codes:
            found.append(Gone(codes[-1], end.at))
    return sorted(found, key=lambda one: (one.at, one.code))


def part_of(item: EvidenceItem) -> WitnessItem | None:
    """What a witness brought it as; None for everybody else's items."""
    if item.origin != EvidenceItem.Origin.WITNESS:
        return None
    return WitnessItem.objects.filter(pk=item.pk).first()


def page_of(row: Exhibit, part: WitnessItem, openings: release.Openings) -> said.Told | None:
    """What the page of a statement or consent prints; None of a picture.

    Who is masked has no line to sign: a hand would name them.
    """
    if part.part == Part.PICTURE:
        return None
    with openings.open_item(row.item) as file:
        raw = file.read()
    if part.part == Part.CONSENT:
        return _consent(raw)
    consents = WitnessItem.objects.filter(link=part.link_id, part=Part.CONSENT)
    is_named = row.complaint.exhibits.filter(item__in=consents.values("pk")).exists()
    return _statement(raw, is_named=is_named)


def read_out(item: EvidenceItem, *, actor: Actor, language: str) -> said.Told | None:
    """A statement or consent for the screen, in the reader's language; the look is recorded."""
    part = part_of(item)
    if part is None or part.part == Part.PICTURE:
        return None
    with release.open_item(item, actor=actor) as file:
        raw = file.read()
    if part.part == Part.CONSENT:
        return _consent(raw, language)
    return _statement(raw, is_named=False, language=language)


def _beside(row: WitnessStatement, consent: str, wanted: str) -> Beside:
    form = wanted
    if consent == WitnessStatement.Wish.NONE:
        form = Form.LEFT_OUT
    elif wanted == Form.NAMED and consent != WitnessStatement.Wish.NAMED:
        form = Form.MASKED
    brought = WitnessItem.objects.filter(link=row.link_id, part=Part.PICTURE)
    kept = EvidenceItem.objects.kept().filter(pk__in=brought.values("pk"))
    return Beside(row, consent, str(form), frozenset(kept.values_list("pk", flat=True)))


def _is_of(facts: Mapping[str, object], complaint: Complaint) -> bool:
    return facts.get("complaint") == str(complaint.pk)


def _statement(raw: bytes, *, is_named: bool, language: str = DEFAULT) -> said.Told:
    answers, written = third_person.read_statement(raw)
    lines = []
    for name in QUESTIONS:
        value = getattr(answers, name)
        shown = text(f"witness-{name}-{value}", language) if name in CODED else value
        if shown:
            lines.append(said.ToldLine(question=text(f"witness-q-{name}", language), words=shown))
    lines.append(_written(written.written_at, language))
    title = text("draft-told-statement", language)
    return said.Told(title=title, lines=tuple(lines), to_sign=is_named)


def _consent(raw: bytes, language: str = DEFAULT) -> said.Told:
    consent, written = third_person.read_consent(raw)
    asked = f"witness-may_be_asked-{consent.may_be_asked}"
    lines = [
        said.ToldLine(question=text("witness-q-name", language), name=consent.name),
        said.ToldLine(question=text("witness-q-phone", language), name=consent.phone),
        *(
            said.ToldLine(
                question=text(f"witness-desk-{desk}", language),
                words=text(f"witness-wish-{consent.consents[desk]}", language),
            )
            for desk in third_person.DESKS
        ),
        said.ToldLine(
            question=text("witness-q-may_be_asked", language), words=text(asked, language)
        ),
        said.ToldLine(
            question=text("draft-told-terms", language),
            words=text(f"witness-terms-{third_person.TERMS}", language),
        ),
        _written(written.written_at, language),
    ]
    filled = tuple(line for line in lines if line.name or line.words)
    return said.Told(title=text("draft-told-consent", language), lines=filled, to_sign=True)


def _written(at: str, language: str) -> said.ToldLine:
    question = text("draft-told-written", language)
    return said.ToldLine(question=question, words=words.moment(times.read_time(at)))
