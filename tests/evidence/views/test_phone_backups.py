"""A phone's backup (`.ab`, `.bak`) over the API: brought, looked into, chosen from, read, shown."""

from __future__ import annotations

import pytest

from evidence.models import EvidenceItem, ExtractedFile
from tests import dump, make
from tests.evidence.stages.test_choosing import COLLECTOR, DUNNING, MOTHER, SECRET
from tests.evidence.uploads.sender import Sender
from tests.samples.backups import TELEPHONY, android_backup, miui_backup
from tests.samples.databases import with_log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

BASE = f"{TELEPHONY}/db/mmssms.db"
PICTURE = "shared/0/DCIM/Screenshots/shot.png"
LATER = "明天就去你单位"  # stands in the database's log only
AT = 1772377200000


def packed(members):
    return android_backup(members, packed=True)


def brought(browser, case, content: bytes) -> EvidenceItem:
    """The backup as a phone sends it, and everything that follows from that."""
    sender = Sender(browser, case, length=len(content), kind="message_export", filename="phone.ab")
    assert sender.patch(0, content).status_code == 204
    make.go_the_road()
    return EvidenceItem.objects.get()


@pytest.fixture
def members(tmp_path):
    rows = [(COLLECTOR, AT, 1, DUNNING), (MOTHER, AT + 1, 1, SECRET), (COLLECTOR, AT + 2, 1, LATER)]
    base, log = with_log(tmp_path, *rows, kept=2)
    return {
        f"{TELEPHONY}/_manifest": b"1\n",
        BASE: base,
        f"{BASE}-wal": log,
        "shared/0/other.txt": b"words of nobody",
        PICTURE: make.screenshot(),
    }


@pytest.fixture
def item(request, borrower_browser, case, members):
    """Deflated, unless a test asks for another backup."""
    backup = getattr(request, "param", packed)
    return brought(borrower_browser, case, backup(members))


def choose(browser, item, **wanted) -> None:
    address = f"/api/items/{item.pk}/choice/"
    answer = browser.put(address, wanted, content_type="application/json")
    assert answer.status_code == 200, answer.content
    make.go_the_road()


def records(browser, item) -> list[dict]:
    return browser.get(f"/api/items/{item.pk}/records/").json()["results"]


def test_the_survey_names_conversations_of_the_database_and_files(borrower_browser, item):
    told = borrower_browser.get(f"/api/items/{item.pk}/choice/").json()

    assert told["state"] == "waiting"
    assert [(each["key"], each["records"]) for each in told["survey"]["conversations"]] == [
        (f"n:{COLLECTOR}", 2),
        (f"n:{MOTHER}", 1),
    ]
    assert [each["key"] for each in told["survey"]["files"]] == ["shared/0/other.txt", PICTURE]


def test_chosen_messages_are_read_with_what_stands_in_the_log_only(borrower_browser, item, vault):
    choose(borrower_browser, item, conversations=[f"n:{COLLECTOR}"])

    assert [each["text"] for each in records(borrower_browser, item)] == [DUNNING, LATER]
    told = borrower_browser.get(f"/api/items/{item.pk}/").json()["reading"]["summary"]
    assert (told["records"], told["left_out"]) == (2, 3)
    assert not dump.traces([*dump.rows(), *dump.files(vault)], [SECRET, MOTHER, "other.txt"])


def test_the_row_of_the_database_is_shown_and_no_neighbour(borrower_browser, item):
    choose(borrower_browser, item, conversations=[f"n:{COLLECTOR}"])
    first, _ = records(borrower_browser, item)

    told = borrower_browser.get(f"/api/records/{first['id']}/place/").json()

    assert (told["form"], told["table"], told["row"]) == ("row", "sms", 1)
    assert {"name": "body", "value": DUNNING} in told["cells"]
    assert SECRET not in str(told)


@pytest.mark.parametrize("item", [packed, android_backup, miui_backup], indirect=True)
def test_a_chosen_file_of_the_backup_becomes_an_item(borrower_browser, item):
    choose(borrower_browser, item, conversations=[f"n:{COLLECTOR}"], files=[PICTURE])

    out = EvidenceItem.objects.get(origin="extracted")
    assert (out.parent, out.kind, make.plain_bytes(out)) == (
        item, "chat_screenshot", make.screenshot(),
    )  # fmt: skip
    told = borrower_browser.get(f"/api/items/{item.pk}/choice/").json()["extracted"]
    assert [(each["place"], each["problem"]) for each in told] == [(PICTURE, "")]


def test_a_backup_with_a_password_stays_evidence_and_says_why(borrower_browser, case, members):
    made = brought(borrower_browser, case, android_backup(members, locked=True))

    told = borrower_browser.get(f"/api/items/{made.pk}/").json()

    assert told["reading"]["problem"] == told["state"]["read"] == "reading_encrypted"
    assert not ExtractedFile.objects.exists()
