"""complaints/stages/leaving.py: what a witness brought goes alone, and with the case."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.utils import timezone

from accounts.models import User
from complaints.models import WitnessItem, WitnessLink, WitnessStatement
from complaints.stages import leaving
from evidence import custody, holds, release
from evidence.custody import Act, Actor, Subject
from evidence.errors import ItemUnreadableError
from evidence.models import Case, EvidenceItem, ItemKey
from evidence.vault import erasure_list, shelf
from tests import dump, make
from tests.complaints import witnessed
from tests.complaints.witnessed import NAME, PHONE, SAID

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]
PICTURE = b"\x89PNG\r\n\x1a\n-the-witness-picture"
MINE = b"the borrower's own document"


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path, house: object) -> Path:
    """A folder of keys of this test's own: the list of erasures lies in it."""
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def case(borrower: User) -> Case:
    return make.case(borrower)


def traces() -> list[str]:
    places = (house_settings.VAULT_DIR, house_settings.KEYS_DIR)
    everywhere = [*dump.rows(), *dump.files(*places)]
    return list(dump.traces(everywhere, [SAID, NAME, PHONE, "小姨"]))


def test_the_witness_erases_all_of_theirs_and_the_borrowers_items_stay(case: Case) -> None:
    mine = make.item(case, MINE)
    link, page = witnessed.answered(case, PICTURE)
    brought = list(EvidenceItem.objects.filter(case=case, origin="witness"))

    answer = page.erase()

    assert answer.status_code == 204
    assert not ItemKey.objects.filter(item__in=brought).exists()
    assert not any(shelf.has(item.vault_name) for item in brought)
    assert not WitnessStatement.objects.exists()
    assert not WitnessItem.objects.exists()
    for item in brought:
        assert custody.log_of(Subject.ITEM, item.pk).last().act == Act.ERASED  # type: ignore[union-attr]  # received at least
    with release.open_item(mine, actor=Actor.system("test")) as file:
        assert file.read() == MINE
    assert custody.log_of(Subject.WITNESS_LINK, link.pk).last().act == Act.WITNESS_REVOKED  # type: ignore[union-attr]  # invited at least


def test_after_erasing_the_page_says_so_takes_nothing_and_erases_again_without_harm(
    case: Case,
) -> None:
    _, page = witnessed.answered(case)
    # The installation is a copy of one in which other tests erased things.
    before = len(erasure_list.read(house_settings.KEYS_DIR))
    page.erase()

    shown, told, again = page.standing(), page.state(), page.erase()

    assert (shown.json()["state"], shown.json()["receipts"]) == ("erased", [])
    assert told.json()["code"] == "witness_erased"
    assert again.status_code == 204
    assert len(erasure_list.read(house_settings.KEYS_DIR)) == before + 1


def test_a_witness_erases_after_expiry_and_revocation_too(case: Case) -> None:
    _, page = witnessed.answered(case)
    WitnessLink.objects.update(expires_at=timezone.now(), revoked_at=timezone.now())

    assert page.erase().status_code == 204
    assert page.standing().json()["state"] == "erased"


def test_a_hold_by_law_keeps_it_back_and_says_why(case: Case) -> None:
    link, page = witnessed.answered(case)
    holds.hold(case, reason=holds.Reason.COURT, actor=Actor.system("test"))

    answer = page.erase()

    assert (answer.status_code, answer.json()["code"]) == (409, "case_held")
    assert ItemKey.objects.filter(item=link.statement.item).exists()


def test_an_erased_case_takes_the_witness_along(case: Case) -> None:
    _, page = witnessed.answered(case, PICTURE)
    assert traces()  # so that none below means something

    leaving.erase_case(case, actor=leaving.ERASER, at=timezone.now())

    assert traces() == []
    assert not WitnessLink.objects.exists()
    assert page.standing().json()["code"] == "witness_link_unknown"


def test_the_consent_alone_takes_the_statement_with_it(case: Case) -> None:
    link, page = witnessed.answered(case, PICTURE)

    leaving.erase_item(link.statement.consent, actor=leaving.ERASER, at=timezone.now())

    with pytest.raises(ItemUnreadableError):
        release.open_item(link.statement.item, actor=leaving.ERASER)
    assert page.standing().json()["state"] == "erased"


def test_a_picture_goes_alone(case: Case) -> None:
    link, page = witnessed.answered(case, PICTURE)
    [picture] = EvidenceItem.objects.filter(kind="chat_screenshot")

    leaving.erase_item(picture, actor=leaving.ERASER, at=timezone.now())

    assert [one["part"] for one in page.standing().json()["receipts"]] == ["statement", "consent"]
    assert ItemKey.objects.filter(item=link.statement.item).exists()


def test_what_a_server_that_died_left_without_a_statement_is_the_witness_s_to_erase(
    case: Case,
) -> None:
    link, page = witnessed.answered(case)
    WitnessStatement.objects.all().delete()  # as if it had died before the row
    WitnessLink.objects.update(stated_at=None)

    assert page.erase().status_code == 204
    assert not ItemKey.objects.filter(item__origin="witness").exists()
    assert WitnessLink.objects.get(pk=link.pk).erased_at is not None


def test_a_restored_backup_is_erased_again(case: Case) -> None:
    link, _ = witnessed.answered(case)
    item = link.statement.item
    key = ItemKey.objects.get(item=item)
    parts = list(WitnessItem.objects.all())
    leaving.erase_item(item, actor=leaving.ERASER, at=timezone.now())
    key.save(force_insert=True)  # the backup brings key and rows back
    for part in parts:
        part.save(force_insert=True)

    assert leaving.replay() == 1
    assert not ItemKey.objects.filter(item=item).exists()
    assert not WitnessItem.objects.exists()
