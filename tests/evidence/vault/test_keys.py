"""evidence/vault/keys.py: keys over keys, bound to the ids they are for."""

from __future__ import annotations

import base64

import pytest

from evidence.vault import keys
from evidence.vault.keys import FileMasterKey, KeyUnwrapError, MasterKeyError

MASTER, OTHER_MASTER = FileMasterKey(b"m" * 32), FileMasterKey(b"o" * 32)
CASE_KEY, DATA_KEY = b"c" * 32, b"d" * 32
IDS = {"case_id": "case-1", "object_id": "item-1"}


@pytest.fixture
def wrapped_case() -> bytes:
    return keys.wrap_case_key(MASTER, CASE_KEY, case_id="case-1")


@pytest.fixture
def wrapped_data() -> bytes:
    return keys.wrap_data_key(CASE_KEY, DATA_KEY, **IDS)


def test_wrapped_keys_open_with_their_ids(wrapped_case, wrapped_data):
    case_key = keys.unwrap_case_key(MASTER, wrapped_case, case_id="case-1")

    assert keys.unwrap_data_key(case_key, wrapped_data, **IDS) == DATA_KEY


def test_wrapping_twice_never_gives_the_same_bytes(wrapped_data):
    assert keys.wrap_data_key(CASE_KEY, DATA_KEY, **IDS) != wrapped_data


def test_no_key_lies_open_in_what_wraps_it(wrapped_case, wrapped_data):
    assert CASE_KEY not in wrapped_case
    assert DATA_KEY not in wrapped_data


def test_another_cases_id_does_not_open_a_case_key(wrapped_case):
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_case_key(MASTER, wrapped_case, case_id="case-2")


@pytest.mark.parametrize("change", [{"case_id": "case-2"}, {"object_id": "item-2"}], ids=str)
def test_another_id_does_not_open_a_data_key(wrapped_data, change):
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_data_key(CASE_KEY, wrapped_data, **{**IDS, **change})


def test_another_master_key_does_not_open_a_case_key(wrapped_case):
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_case_key(OTHER_MASTER, wrapped_case, case_id="case-1")


@pytest.mark.parametrize("place", [0, 1, 9, 21, -1])
def test_a_changed_wrapped_case_key_does_not_open(wrapped_case, place):
    changed = bytearray(wrapped_case)
    changed[place] ^= 1

    with pytest.raises(KeyUnwrapError):
        keys.unwrap_case_key(MASTER, bytes(changed), case_id="case-1")


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_a_changed_wrapped_data_key_does_not_open(wrapped_data, place):
    changed = bytearray(wrapped_data)
    changed[place] ^= 1

    with pytest.raises(KeyUnwrapError):
        keys.unwrap_data_key(CASE_KEY, bytes(changed), **IDS)


@pytest.mark.parametrize("length", [0, 1, 5, 13, 28])
def test_a_cut_wrapped_key_does_not_open(wrapped_case, wrapped_data, length):
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_data_key(CASE_KEY, wrapped_data[:length], **IDS)
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_case_key(MASTER, wrapped_case[:length], case_id="case-1")


def test_a_data_key_does_not_pass_for_a_case_key(wrapped_data):
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_case_key(FileMasterKey(CASE_KEY), wrapped_data, case_id="case-1")


def test_a_new_master_key_takes_over_and_the_case_key_stays(wrapped_case):
    anew = keys.rewrap_case_key(MASTER, OTHER_MASTER, wrapped_case, case_id="case-1")

    assert keys.unwrap_case_key(OTHER_MASTER, anew, case_id="case-1") == CASE_KEY
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_case_key(MASTER, anew, case_id="case-1")


def test_an_older_master_key_beside_the_new_one_still_opens_and_wraps_no_more(wrapped_case):
    both = FileMasterKey(b"n" * 32, older=[b"m" * 32])

    assert keys.unwrap_case_key(both, wrapped_case, case_id="case-1") == CASE_KEY
    anew = keys.wrap_case_key(both, CASE_KEY, case_id="case-1")
    assert keys.unwrap_case_key(FileMasterKey(b"n" * 32), anew, case_id="case-1") == CASE_KEY


def test_a_new_case_key_takes_over_and_the_data_key_stays(wrapped_data):
    anew = keys.rewrap_data_key(CASE_KEY, b"e" * 32, wrapped_data, **IDS)

    assert keys.unwrap_data_key(b"e" * 32, anew, **IDS) == DATA_KEY
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_data_key(CASE_KEY, anew, **IDS)


@pytest.mark.parametrize(
    "text", [keys.as_text(b"m" * 32), base64.b64encode(b"m" * 32).decode(), " " + "6d" * 32]
)
def test_a_master_key_is_read_from_text(wrapped_case, text):
    master = FileMasterKey.from_text(text)

    assert keys.unwrap_case_key(master, wrapped_case, case_id="case-1") == CASE_KEY


@pytest.mark.parametrize("text", ["", "change-me", "6d" * 31, "zz" * 32, "é" * 32])
def test_text_that_is_no_key_is_refused_and_not_shown(text):
    with pytest.raises(MasterKeyError) as refusal:
        FileMasterKey.from_text(text)

    assert not text or text not in str(refusal.value)


@pytest.mark.parametrize("case_id", ["", "a\nb"])
def test_an_id_that_could_read_as_two_is_refused(case_id):
    with pytest.raises(ValueError, match="one line"):
        keys.wrap_case_key(MASTER, CASE_KEY, case_id=case_id)


def test_a_case_key_of_another_length_is_not_wrapped():
    with pytest.raises(KeyUnwrapError):
        keys.wrap_case_key(MASTER, b"short", case_id="case-1")


def test_new_keys_are_random():
    assert len({keys.new_key() for _ in range(4)}) == 4
