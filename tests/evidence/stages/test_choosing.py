"""evidence/choosing.py and the reading stage: nothing of people whom nobody chose is stored."""

from __future__ import annotations

import json
from datetime import date

import pytest

from evidence import custody, release
from evidence.choosing import ChoiceEmptyError, ChoiceUnknownError, NothingToChooseError
from evidence.custody import Act, Subject
from evidence.integrity import event as events
from evidence.integrity import records
from evidence.models import (
    Choice,
    ImportReport,
    LeftOut,
    Reading,
    Record,
    Survey,
    Tag,
    TagDecision,
)
from tests import dump, make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

COLLECTOR, MOTHER = "+8613700000001", "+8613900000002"
SECRET = "妈妈今天炖了排骨汤"
DUNNING = "再不还钱，就让你全家都不得安宁"


def message(number: str, text: str, at: int, name: str = "(Unknown)") -> str:
    return (
        f'<sms protocol="0" address="{number}" date="{1772377200000 + at * 86_400_000}" type="1" '
        f'body="{text}" read="1" status="-1" contact_name="{name}" />'
    )


def export() -> bytes:
    """Two people in one export; the collector's two messages lie five days apart."""
    rows = [
        message(COLLECTOR, DUNNING, 0),
        message(MOTHER, SECRET, 1, "妈妈"),
        message(COLLECTOR, "你的验证码是 482913，今天还款", 5),
    ]
    return f'<?xml version="1.0"?><smses count="3">{"".join(rows)}</smses>'.encode()


@pytest.fixture
def item(case):
    made = make.item(case, export(), kind="message_export")
    make.go_the_road()
    return made


def facts(item, act: Act) -> list[dict]:
    rows = custody.log_of(Subject.ITEM, item.pk).filter(act=act)
    return [dict(events.decode(bytes(row.raw)).facts) for row in rows]


def texts(item) -> list[str]:
    rows = Record.objects.filter(reading__item=item).order_by("index")
    return list(rows.values_list("text", flat=True))


def test_an_export_of_two_people_waits_and_nothing_of_them_is_stored(item, stored):
    assert not Reading.objects.exists()
    assert Survey.objects.get().item == item
    assert not {MOTHER, SECRET, "妈妈", DUNNING, COLLECTOR} & stored()


def test_an_export_of_one_person_needs_no_choice(case):
    made = make.item(case, make.sms_export(), kind="message_export")
    make.go_the_road()

    assert Reading.objects.get().item == made
    assert not Survey.objects.exists()


def test_who_was_not_chosen_is_in_no_row_and_no_file(item, stored):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])

    assert texts(item)[0] == DUNNING
    assert len(texts(item)) == 2
    assert not Survey.objects.exists()
    assert not {MOTHER, SECRET, "妈妈"} & stored()


def test_the_root_is_that_of_the_whole_export_and_each_chosen_record_is_proved(item):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])
    reading = Reading.objects.get()

    shown = release.record_proofs(reading, [0, 2])

    assert reading.record_count == 3
    root = bytes.fromhex(facts(item, Act.READ)[0]["root"])
    for one in shown:
        records.verify_record(one.canonical, one.proof, root=root, count=3)


def test_no_record_leaves_when_a_leaf_of_one_left_out_was_changed(item):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])
    LeftOut.objects.update(leaves=bytes(32))

    with pytest.raises(records.RecordProofError):
        release.record_proofs(Reading.objects.get(), [0])


def test_the_events_tell_how_many_and_never_who(item):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])

    [selected], [read] = facts(item, Act.SELECTED), facts(item, Act.READ)
    assert (selected["what"], selected["conversations"], selected["conversations_in_all"]) == (
        "part", 1, 2,
    )  # fmt: skip
    assert (read["records"], read["chosen"], read["choice"]) == (3, 2, selected["choice"])
    told = json.dumps([selected, read])
    assert not any(name in told for name in (COLLECTOR[3:], MOTHER[3:]))


def test_more_chosen_later_is_read_again_and_decisions_stay(item, borrower):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])
    tag = Tag.objects.first()
    make.decisions.decide(tag, decision="confirmed", by=borrower)
    before = dict(Record.objects.values_list("index", "pk"))

    choose_again(item)
    make.chosen(item)

    assert texts(item)[1] == SECRET
    assert before.items() <= dict(Record.objects.values_list("index", "pk")).items()
    assert TagDecision.objects.get().tag.record_id in before.values()
    assert not LeftOut.objects.exists()
    assert len(facts(item, Act.READ)) == 1
    assert facts(item, Act.SELECTED)[-1] | {"rows": 0} == {
        "reading": str(Reading.objects.get().pk),
        "root": Reading.objects.get().records_root,
        "choice": str(Choice.objects.get(sequence=2).pk),
        "records": 3, "chosen": 3, "added": 1, "erased": 0, "rows": 0,
    }  # fmt: skip


def test_fewer_chosen_later_erases_records_tags_and_decisions_and_says_so(item, borrower, stored):
    make.chosen(item)
    for tag in Tag.objects.all():
        make.decisions.decide(tag, decision="confirmed", by=borrower)
    assert TagDecision.objects.exists()

    choose_again(item)
    make.chosen(item, conversations=[f"n:{COLLECTOR}", f"n:{MOTHER}"])
    choose_again(item)
    make.chosen(item, conversations=[f"n:{MOTHER}"])

    assert texts(item) == [SECRET]
    assert not TagDecision.objects.exists()
    assert not {DUNNING, COLLECTOR} & stored()
    last = facts(item, Act.SELECTED)[-1]
    assert (last["chosen"], last["erased"], last["rows"] > 2) == (1, 2, True)
    release.record_proofs(Reading.objects.get(), [1])


def test_a_period_leaves_out_what_lies_outside_and_what_has_no_time(item):
    make.chosen(item, is_everything=True, since=day(2026, 3, 2), until=day(2026, 3, 2))

    assert texts(item) == [SECRET]


def test_the_report_counts_the_chosen_and_names_the_days_between(item):
    make.chosen(item, conversations=[f"n:{COLLECTOR}"])

    told = ImportReport.objects.get().statement
    assert (told["records"], told["left_out"], told["announced"]) == (2, 1, 3)
    assert told["by_direction"] == {"in": 2}
    assert told["days"] == {"with": 2, "missing": 4, "gaps": [["2026-03-02", "2026-03-05"]]}


def test_nothing_and_what_was_not_shown_cannot_be_chosen(item):
    with pytest.raises(ChoiceEmptyError):
        make.chosen(item, since=day(2026, 1, 1))
    with pytest.raises(ChoiceUnknownError):
        make.chosen(item, conversations=["n:+8610000000000"])
    make.chosen(item)
    with pytest.raises(NothingToChooseError):
        make.chosen(item)


def choose_again(item) -> None:
    make.choosing.ask_for_survey(item)
    make.go_the_road()


def day(*parts: int) -> date:
    return date(*parts)


@pytest.fixture
def stored(vault, settings):
    """Which of the names of this export stand in any row or any file, whatever table it is."""
    names = (MOTHER, MOTHER[3:], SECRET, "妈妈", DUNNING, COLLECTOR)

    def look() -> set[str]:
        places = [*dump.rows(), *dump.files(vault, settings.UPLOADS_DIR)]
        return {name for name in names if dump.traces(places, [name])}

    return look
