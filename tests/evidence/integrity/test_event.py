"""evidence/integrity/event.py: the bytes of a custody event, and the chain they make."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.integrity import event as events
from evidence.integrity.event import (
    Act,
    ChainBrokenError,
    Event,
    EventFormatError,
    EventVersionError,
    EventWordError,
)
from tests.evidence.integrity.strangers import AT

ITEM = "2f6f3c1e-6d39-4a5e-9a36-0d3f3a6f7c11"
FIRST = Event(
    id="00000000-0000-4000-8000-000000000001",
    subject_type="item",
    subject_id=ITEM,
    act=Act.RECEIVED,
    at=AT,
    actor_type="borrower",
    actor_id="17",
    facts={"sha256": "ab" * 32, "size": 1024, "claimed": "yes", "parts": ["a", 1]},
    previous=None,
    salt="5a" * 32,
)
# Written out by hand from docs/formats/custody-event.md: these bytes never change.
FIRST_BYTES = (
    b'{"act":"received","actor":{"id":"17","type":"borrower"},"at":"2026-11-23T08:00:00.000000Z",'
    b'"facts":{"claimed":"yes","parts":["a",1],"sha256":"' + b"ab" * 32 + b'","size":1024},'
    b'"id":"00000000-0000-4000-8000-000000000001","previous":null,"salt":"' + b"5a" * 32 + b'",'
    b'"subject":{"id":"2f6f3c1e-6d39-4a5e-9a36-0d3f3a6f7c11","type":"item"},"v":1}'
)


def chain(length: int) -> list[bytes]:
    raws: list[bytes] = []
    for number in range(length):
        each = replace(
            FIRST,
            id=f"00000000-0000-4000-8000-{number:012}",
            previous=events.digest(raws[-1]) if raws else None,
        )
        raws.append(events.encode(each))
    return raws


def test_its_bytes_are_those_written_in_the_format():
    assert events.encode(FIRST) == FIRST_BYTES


def test_what_was_encoded_is_decoded_to_the_same_event():
    assert events.decode(FIRST_BYTES) == FIRST


def test_its_digest_and_leaf_data_are_those_written_in_the_format():
    domain = b"liuzheng/event/v1\n"

    assert events.digest(FIRST_BYTES) == hashlib.sha256(FIRST_BYTES).hexdigest()
    assert events.leaf_data(FIRST_BYTES) == hashlib.sha256(domain + FIRST_BYTES).digest()


def test_a_time_in_another_zone_is_written_in_utc():
    beijing = AT.astimezone(timezone(timedelta(hours=8)))

    assert events.encode(replace(FIRST, at=beijing)) == FIRST_BYTES


@given(
    facts=st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
        st.one_of(
            st.integers(-(2**53) + 1, 2**53 - 1),
            st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/+=@,;-]{0,20}", fullmatch=True),
            st.lists(st.integers(0, 9), max_size=5),
        ),
        max_size=10,
    )
)
def test_any_allowed_facts_survive_the_bytes(facts):
    assert dict(events.decode(events.encode(replace(FIRST, facts=facts))).facts) == facts


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "王某"},
        {"text": "pay or else"},
        {"text": ""},
        {"ratio": 0.5},
        {"whole": True},
        {"gone": None},
        {"more": {"deep": 1}},
        {"more": [[1]]},
        {"large": 2**53},
        {"Upper": 1},
        {"long": "a" * 201},
        {f"n{n}": n for n in range(41)},
        {"many": [1] * 2001},
    ],
    ids=str,
)
def test_facts_that_could_carry_content_are_refused(facts):
    with pytest.raises(EventFormatError):
        events.encode(replace(FIRST, facts=facts))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "1"},
        {"id": FIRST.id.upper().replace("0", "A", 1)},
        {"subject_id": "13a"},
        {"actor_id": "Zhang San"},
        {"salt": "5a" * 31},
        {"salt": "5A" * 32},
        {"previous": "00"},
        {"at": datetime(2026, 11, 23)},  # noqa: DTZ001  a naive time is what is refused here
    ],
    ids=str,
)
def test_values_of_another_form_are_refused(change):
    with pytest.raises(EventFormatError):
        events.encode(replace(FIRST, **change))


@pytest.mark.parametrize(
    "change", [{"act": "blessed"}, {"subject_type": "table"}, {"actor_type": "robot"}], ids=str
)
def test_a_word_outside_the_lists_is_refused(change):
    with pytest.raises(EventWordError):
        events.encode(replace(FIRST, **change))


def test_a_later_lists_act_is_named_as_such_when_read():
    with pytest.raises(EventWordError):
        events.decode(FIRST_BYTES.replace(b'"received"', b'"dreamt"'))


def test_a_later_version_is_named_as_such():
    with pytest.raises(EventVersionError):
        events.decode(FIRST_BYTES.replace(b'"v":1', b'"v":2'))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        FIRST_BYTES + b"\n",
        b"\xef\xbb\xbf" + FIRST_BYTES,
        FIRST_BYTES.replace(b'"v":1', b'"v":1.0'),
        FIRST_BYTES.replace(b'"v":1', b'"v":"1"'),
        FIRST_BYTES.replace(b'"v":1', b'"v":0'),
        FIRST_BYTES.replace(b'"v":1', b'"v":1,"w":1'),
        FIRST_BYTES.replace(b'"size":1024', b'"size":1024,"size":1024'),
        FIRST_BYTES.replace(b".000000Z", b"Z"),
        FIRST_BYTES.replace(b".000000Z", b".000000+00:00"),
        FIRST_BYTES.replace(b"11-23", b"13-23"),
        FIRST_BYTES.replace(b'"previous":null,', b""),
        json.dumps(json.loads(FIRST_BYTES), indent=1).encode(),
    ],
    ids=range(16),
)
def test_bytes_in_any_other_spelling_are_refused(raw):
    with pytest.raises(EventFormatError):
        events.decode(raw)


@pytest.mark.parametrize("length", [1, 2, 9])
def test_a_whole_chain_holds(length):
    events.verify_chain(chain(length))


def broken(index: int, raws: list[bytes]) -> None:
    with pytest.raises(ChainBrokenError) as refusal:
        events.verify_chain(raws)
    assert refusal.value.index == index


def test_no_events_at_all_are_no_chain():
    broken(0, [])


def test_a_chain_whose_beginning_was_cut_off_is_broken():
    broken(0, chain(4)[1:])


def test_a_chain_with_an_event_taken_out_is_broken():
    raws = chain(5)

    broken(2, raws[:2] + raws[3:])


def test_a_chain_in_another_order_is_broken():
    raws = chain(4)

    broken(1, [raws[0], raws[2], raws[1], raws[3]])


def test_an_event_changed_afterwards_breaks_the_chain_behind_it():
    raws = chain(4)
    raws[1] = raws[1].replace(b'"size":1024', b'"size":1025')

    broken(2, raws)


def test_another_subjects_event_breaks_the_chain():
    raws = chain(2)
    other = replace(FIRST, subject_id="18", previous=events.digest(raws[-1]))

    broken(2, [*raws, events.encode(other)])


def test_an_id_used_twice_breaks_the_chain():
    raws = chain(2)
    again = replace(events.decode(raws[0]), previous=events.digest(raws[-1]))

    broken(2, [*raws, events.encode(again)])


def test_the_document_names_every_word_of_the_lists():
    """Lists in code and page must not drift: a word is for ever."""
    page = Path(__file__).parents[3] / "docs/formats/custody-event.md"
    text = page.read_text(encoding="utf-8")

    assert [act for act in Act if f"`{act}`" not in text] == []
    words = [*events.Subject, *events.ActorType]
    assert [word for word in words if word not in text] == []
