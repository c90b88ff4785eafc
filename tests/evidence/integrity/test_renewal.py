"""evidence/integrity/renewal.py: old stamps carried by new ones, over 25 years and two renewals."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes

from evidence.integrity import renewal
from evidence.integrity.digest import canonical
from evidence.integrity.renewal import Stamp, State
from tests.evidence.integrity import strangers
from tests.evidence.integrity.strangers import TIME_STAMPING, Stranger

SUBJECT = b"the bytes of an item"
DIGESTS = {name: hashlib.new(name, SUBJECT).hexdigest() for name in ("sha256", "sha512")}
NO_ENDS = dict.fromkeys(["sha256", "sha512", "ecdsa-256"])


def day(year: int) -> datetime:
    return datetime(year, 6, 1, tzinfo=UTC)


def tsa(begin: int, end: int, **more: Any) -> Stranger:
    """An outside TSA all of whose certificates are valid in these years."""
    root_key, between_key, key = (strangers.new_key() for _ in range(3))
    dates = {"begin": datetime(begin, 1, 1, tzinfo=UTC), "end": datetime(end, 1, 1, tzinfo=UTC)}
    dates |= more
    make = strangers.certificate
    root = make("root", root_key, issuer="root", issuer_key=root_key, ca=True, **dates)
    between = make("between", between_key, issuer="root", issuer_key=root_key, ca=True, **dates)
    leaf = make(
        "TSA", key, issuer="between", issuer_key=between_key, purposes=TIME_STAMPING, **dates
    )
    return Stranger(root, root_key, between, between_key, leaf, key)


FIRST, SECOND, THIRD = tsa(2026, 2036), tsa(2034, 2046), tsa(2044, 2058)
ROOTS = [FIRST.root, SECOND.root, THIRD.root]


def stamp(by: Stranger, year: int, digest: str = DIGESTS["sha256"], algorithm: str = "sha256"):
    at = by.but(changes={"gen_time": day(year)}, imprint_algorithm=algorithm)
    return at.stamp(bytes.fromhex(digest))


def original(by: Stranger = FIRST, year: int = 2026) -> Stamp:
    return Stamp(stamp(by, year))


def renewed(by: Stranger, year: int, *older: Stamp, algorithm: str = "sha256", **subject: str):
    named = {"sha256": DIGESTS["sha256"], algorithm: DIGESTS[algorithm], **subject}
    text = renewal.write(algorithm, named, [each.response for each in older])
    over = renewal.imprint(text).hex()
    return Stamp(stamp(by, year, over, algorithm), text)


def states(*stamps: Stamp, at: int, ends=NO_ENDS, **options) -> list[State]:
    options = {"roots": ROOTS, "digest_of": DIGESTS.get, **options}
    judged = renewal.judge(stamps, at=day(at), ends=ends, **options)
    return [link.outside for link in judged]


def test_two_renewals_carry_a_stamp_over_25_years():
    first = original()
    second = renewed(SECOND, 2035, first)
    third = renewed(THIRD, 2045, first, second)

    assert states(first, at=2035) == [State.CURRENT]
    assert states(first, second, at=2037) == [State.RENEWED, State.CURRENT]
    assert states(first, second, third, at=2051) == [State.RENEWED, State.RENEWED, State.CURRENT]


def test_the_order_in_which_they_are_given_does_not_matter():
    first = original()
    second = renewed(SECOND, 2035, first)
    third = renewed(THIRD, 2045, first, second)

    assert states(third, first, second, at=2051) == [State.CURRENT, State.RENEWED, State.RENEWED]


def test_a_missed_renewal_is_seen():
    assert states(original(), at=2037) == [State.LAPSED]


def test_a_renewal_that_came_too_late_heals_nothing():
    first = original()
    late = renewed(SECOND, 2037, first)

    assert states(first, late, at=2038) == [State.LAPSED, State.CURRENT]


def test_a_link_that_was_not_renewed_in_time_lets_go_of_all_before_it():
    first = original()
    second = renewed(SECOND, 2035, first)
    late = renewed(THIRD, 2047, first, second)

    assert states(first, second, late, at=2051) == [State.LAPSED, State.LAPSED, State.CURRENT]


def test_an_algorithm_that_ends_ends_the_strength_of_what_stands_on_it():
    ends = {**NO_ENDS, "sha256": datetime(2031, 1, 1, tzinfo=UTC)}

    assert states(original(), at=2030, ends=ends) == [State.CURRENT]
    assert states(original(), at=2032, ends=ends) == [State.LAPSED]


ENDING = {**NO_ENDS, "sha256": datetime(2035, 1, 1, tzinfo=UTC)}


def test_a_stronger_digest_of_the_same_bytes_carries_over_the_end_of_a_weaker_one():
    strong = tsa(2034, 2046, signed_over=hashes.SHA512()).but(
        digest_algorithm="sha512", signature_digest=hashes.SHA512()
    )
    first = original()
    second = renewed(strong, 2034, first, algorithm="sha512")
    roots = [FIRST.root, strong.root]

    assert states(first, second, at=2036, ends=ENDING, roots=roots) == [
        State.RENEWED,
        State.CURRENT,
    ]


def test_a_renewal_that_stands_on_the_weaker_digest_anywhere_ends_with_it():
    first = original()
    second = renewed(SECOND, 2034, first, algorithm="sha512")  # its chain: over SHA-256

    assert states(first, second, at=2036, ends=ENDING) == [State.LAPSED, State.LAPSED]


def test_a_stamp_made_on_an_ended_algorithm_counts_for_nothing():
    ends = {**NO_ENDS, "ecdsa-256": datetime(2025, 1, 1, tzinfo=UTC)}

    (link,) = renewal.judge([original()], DIGESTS.get, at=day(2026), roots=ROOTS, ends=ends)

    assert (link.state, link.code) == (State.FAILED, "stamp_algorithm_ended")


def test_an_algorithm_that_nobody_lists_has_ended():
    (link,) = renewal.judge([original()], DIGESTS.get, at=day(2026), roots=ROOTS, ends={})

    assert link.code == "stamp_algorithm_ended"


def test_the_house_s_own_renewal_carries_no_outside_time():
    first = original()
    own = renewed(SECOND, 2035, first)
    options = {"roots": [FIRST.root], "own_roots": [SECOND.root], "digest_of": DIGESTS.get}

    judged = renewal.judge([first, own], at=day(2037), ends=NO_ENDS, **options)

    assert (judged[0].state, judged[0].outside) == (State.RENEWED, State.LAPSED)


def test_a_renewal_of_another_s_stamps_carries_nothing():
    first, other = original(), original(year=2027)
    second = renewed(SECOND, 2035, other)

    assert states(first, second, at=2037) == [State.LAPSED, State.CURRENT]


def test_a_renewal_of_another_subject_fails():
    first = original()
    second = renewed(SECOND, 2035, first, sha256="0" * 64)

    judged = renewal.judge([first, second], DIGESTS.get, at=day(2037), roots=ROOTS, ends=NO_ENDS)

    assert judged[1].code == "renewal_other_subject"
    assert judged[0].state is State.LAPSED


def test_without_the_bytes_a_digest_that_needs_them_is_unknown_and_no_accusation():
    first = original()
    second = renewed(SECOND, 2035, first, algorithm="sha512")
    known = {"sha256": DIGESTS["sha256"]}

    assert states(first, second, at=2037, digest_of=known.get) == [State.LAPSED, State.UNKNOWN]


def test_a_text_under_another_s_token_is_refused():
    first = original()
    second = renewed(SECOND, 2035, first)
    swapped = Stamp(original(SECOND, 2035).response, second.renewal)

    assert states(first, swapped, at=2037) == [State.LAPSED, State.FAILED]


def test_a_token_back_in_time_renews_nothing():
    """Made in 2035, dated 2026: then it can name no stamp of 2027."""
    first = original(year=2027)
    early = renewed(FIRST, 2026, first)

    assert states(first, early, at=2037) == [State.LAPSED, State.LAPSED]


def test_hundreds_of_renewals_are_judged_like_two():
    stamps = [original()]
    for _ in range(60):
        stamps.append(renewed(SECOND, 2035, *stamps))

    assert set(states(*stamps, at=2037)) == {State.RENEWED, State.CURRENT}


@pytest.mark.parametrize(
    "changes",
    [
        {"algorithm": "md5"},
        {"algorithm": 7},
        {"renews": []},
        {"renews": ["0" * 63]},
        {"renews": ["0" * 64, "0" * 64]},
        {"renews": "0" * 64},
        {"renews": [f"{n:064x}" for n in range(401)]},
        {"subject": {}},
        {"subject": {"sha256": "0" * 64, "md5": "0" * 32}},
        {"subject": None},
        {"more": 1},
        {"v": True},
        {"v": 0},
    ],
)
def test_what_is_no_text_is_refused(changes):
    value = {
        "v": 1,
        "algorithm": "sha256",
        "subject": {"sha256": DIGESTS["sha256"]},
        "renews": ["0" * 64],
    }
    assert renewal.read(canonical(value))

    with pytest.raises(renewal.RenewalFormatError):
        renewal.read(canonical({**value, **changes}))


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{}", b'"x"', b"\xff", b"1"])
def test_what_is_no_object_is_refused(raw):
    with pytest.raises(renewal.RenewalFormatError):
        renewal.read(raw)


def test_a_text_of_a_later_version_is_unknown_and_no_accusation():
    first = original()
    second = renewed(SECOND, 2035, first)
    later = Stamp(second.response, second.renewal.replace(b'"v":1', b'"v":2'))

    assert states(first, later, at=2036) == [State.LAPSED, State.UNKNOWN]
