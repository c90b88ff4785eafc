"""evidence/integrity/digest.py: digests and the one spelling of JSON."""

from __future__ import annotations

import hashlib
import io
import math

import pytest
import rfc8785
from hypothesis import assume, example, given
from hypothesis import strategies as st

from evidence.integrity import digest
from evidence.integrity.digest import NotCanonicalError


def test_a_stream_is_hashed_from_where_it_stands_to_its_end():
    file = io.BytesIO(b"head" + b"x" * 600_000)
    file.seek(4)

    assert digest.hash_stream(file) == (hashlib.sha256(b"x" * 600_000).hexdigest(), 600_000)


@pytest.mark.parametrize(
    ("message", "expected"),
    [  # GB/T 32905, examples 1 and 2
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
    ids=["abc", "abcd x 16"],
)
def test_sm3_is_that_of_the_standard(message, expected):
    found, size = digest.hash_stream_by(io.BytesIO(message), (digest.SHA256, digest.SM3))

    assert found == {"sha256": hashlib.sha256(message).hexdigest(), "sm3": expected}
    assert size == len(message)


def test_several_digests_take_one_reading_piece_by_piece():
    file, pieces = io.BytesIO(b"x" * 600_000), []

    digest.hash_stream_by(file, (digest.SHA256, digest.SM3), pieces.append)

    assert max(pieces) <= digest.CHUNK_BYTES
    assert sum(pieces) == 600_000


def test_an_algorithm_that_this_python_lacks_is_known_beforehand(without_sm3):
    assert digest.is_available(digest.SHA256)
    assert not digest.is_available(digest.SM3)


def test_an_empty_stream_has_the_digest_of_nothing():
    assert digest.hash_stream(io.BytesIO()) == (hashlib.sha256(b"").hexdigest(), 0)


def test_keys_are_sorted_and_nothing_is_spaced():
    assert digest.canonical({"b": [1, True], "a": "中"}) == '{"a":"中","b":[1,true]}'.encode()


@pytest.mark.parametrize(
    "value", [float("nan"), 2**53, "\ud83d", b"bytes", {1: "a"}, {"a": {1, 2}}], ids=repr
)
def test_a_value_without_that_form_is_refused(value):
    with pytest.raises(NotCanonicalError):
        digest.canonical(value)


def test_the_refusal_does_not_show_the_value():
    with pytest.raises(NotCanonicalError) as refusal:
        digest.canonical({"text": "secret \ud83d"})

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "raw",
    [b'{"a": 1}', b'{"b":1,"a":1}', b'{"a":1,"a":1}', b'{"a":1.0}', b'"\\u0041"', b"[" * 9999],
)
def test_any_other_spelling_is_refused(raw):
    with pytest.raises(NotCanonicalError):
        digest.read_canonical(raw)


@given(st.floats(-1e17, 1e17) | st.floats(-2e-4, 2e-4) | st.floats(allow_nan=False, width=16))
@example(1e-4)
@example(9.999999999999999e-05)
@example(1e16)
@example(9999999999999998.0)
@example(0.30000000000000004)
@example(-0.0)
def test_fractions_are_spelled_as_javascript_spells_them(value):
    assume(math.isfinite(value))

    assert digest.canonical([value]) == rfc8785.dumps([value])


PLAIN = st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.floats() | st.text()
JSON = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text(), inner)
        | st.dictionaries(st.from_regex("[a-z]+"), inner)
    ),
)


@given(JSON)
def test_every_value_is_spelled_as_the_library_of_the_standard_spells_it(value):
    try:
        expected = rfc8785.dumps(value)
    except ValueError:
        with pytest.raises(NotCanonicalError):
            digest.canonical(value)
    else:
        assert digest.canonical(value) == expected
