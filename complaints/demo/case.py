"""Bring the invented case in through the real doors, as its invented borrower would."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from accounts.models import Role, User
from complaints.demo import files, story
from evidence import cases, choosing, consents, decisions, intake
from evidence.choosing import Wanted
from evidence.custody import Actor
from evidence.intake import Declaration
from evidence.integrity.digest import sha256_hex
from evidence.models import Case, EvidenceItem, ItemOrigin, Tag
from evidence.models.tags import NumberRole
from evidence.readers.values.phone_numbers import e164

BORROWER, REVIEWER, APPROVER = "demo", "demo-reviewer", "demo-approver"
TITLE = "样例案件：星河样例借款"
NUMBERS = (
    (story.COLLECTOR, NumberRole.Role.COLLECTOR, f"短信署名“{story.APP}”"),
    (story.SECOND, NumberRole.Role.COLLECTOR, "短信里提到同一笔借款"),
    (story.THIRD, NumberRole.Role.COLLECTOR, f"短信自称受{story.LENDER}委托"),
    (story.AUNT, NumberRole.Role.WITNESS, "小姨"),
    (story.BANK, NumberRole.Role.NOT_COLLECTION, "银行动账短信"),
)


EVERYTHING = Wanted(is_everything=True)  # of an invented export there is nobody to spare


@dataclass(frozen=True)
class SignIn:
    """One invented account and the passphrase made for it just now."""

    username: str
    role: str
    passphrase: str


def make_people() -> list[SignIn]:
    """Make the invented borrower, reviewer and approver, each with a fresh passphrase."""
    made = []
    for username, role in (
        (BORROWER, Role.BORROWER),
        (REVIEWER, Role.REVIEWER),
        (APPROVER, Role.APPROVER),
    ):
        passphrase = "-".join(secrets.token_hex(2) for _ in range(4))
        User.objects.create_user(username, passphrase, role=role, is_sample=True)
        made.append(SignIn(username, str(role), passphrase))
    return made


def bring_in(font_dir: Path) -> Case:
    """Agree to the purposes, begin the case, send each invented file, say whose the numbers are.

    Args:
        font_dir: where the fonts of the complaint lie; the screenshot is drawn with one of them.
    """
    borrower = User.objects.get(username=BORROWER)
    consents.give(borrower, consents.REQUIRED, version=consents.TEXT_VERSION)
    actor = Actor.of(borrower)
    case = cases.begin(borrower, title=TITLE, actor=actor, is_sample=True)
    for sample in files.all_files(font_dir):
        own_call = sample.kind == "call_recording"
        source = ItemOrigin.Source.OWN_CALL if own_call else ItemOrigin.Source.RECEIVED
        received = intake.receive(
            BytesIO(sample.content),
            case=case,
            kind=sample.kind,
            actor=actor,
            declaration=Declaration(
                source=source,
                file_name=sample.name,
                device="样例手机",
                how="样例：由程序生成",
                captured_at=story.EXPORTED_AT,
            ),
            claimed_sha256=sha256_hex(sample.content),
        )
        if sample.kind == EvidenceItem.Kind.MESSAGE_EXPORT:
            choosing.choose(received.item, EVERYTHING, by=borrower, actor=actor)
    # Records hold the international form; the numbers are said before any record is read.
    for number, role, how_known in NUMBERS:
        lender = story.LENDER if role == NumberRole.Role.COLLECTOR else ""
        decisions.name_number(
            case, international(number), role=role, how_known=how_known, lender=lender, by=borrower
        )
    return case


def international(number: str) -> str:
    """The form in which a reading groups a number."""
    return e164(number) or number


def confirm_all(case: Case) -> int:
    """Confirm every suggestion, as the invented borrower; return how many."""
    suggested = Tag.objects.filter(item__case=case, decisions__isnull=True)
    return decisions.decide_all([(tag, "confirmed") for tag in suggested], by=case.borrower)
