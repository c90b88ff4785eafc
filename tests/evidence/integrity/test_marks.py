"""evidence/integrity/marks.py: equal for equal things under one key, else opaque."""

from __future__ import annotations

import hashlib
import hmac
import uuid

from evidence.integrity import marks

KEY, OTHER = bytes(range(32)), bytes(32)
NUMBER = "+8613700000001"
CASE = uuid.UUID("00000000-0000-4000-8000-000000000001")


def mark(key=KEY, sort="number", value=NUMBER):
    return marks.compared(key, sort=sort, value=value)


def test_its_bytes_are_those_of_the_docs():
    message = b"liuzheng/collector-mark/v1\nnumber\n" + NUMBER.encode()
    wanted = hmac.new(KEY, message, hashlib.sha256).hexdigest()
    of_case = b"liuzheng/collector-mark-of-case/v1\n" + CASE.bytes + bytes.fromhex(wanted)

    assert mark() == wanted
    assert (
        marks.of_case(KEY, wanted, case_id=CASE)
        == hmac.new(KEY, of_case, hashlib.sha256).hexdigest()
    )


def test_another_key_sort_value_or_case_gives_another_mark():
    others = [mark(key=OTHER), mark(sort="payment_account"), mark(value="+8613700000002")]
    others += [marks.of_case(KEY, mark(), case_id=one) for one in (CASE, uuid.uuid4())]

    assert len({mark(), *others}) == 6


def test_no_number_can_be_tried_without_the_key():
    plain = {
        hashlib.sha256(NUMBER.encode()).hexdigest(),
        hashlib.sha256(b"13700000001").hexdigest(),
    }

    assert mark() not in plain


def test_the_allowance_is_fixed_for_a_mark_and_spread_over_marks():
    drawn = [marks.allowance(KEY, mark(value=f"+86137{n:08d}"), below=3) for n in range(300)]
    again = [marks.allowance(KEY, mark(value=f"+86137{n:08d}"), below=3) for n in range(300)]

    assert drawn == again
    assert {drawn.count(0) > 70, drawn.count(1) > 70, drawn.count(2) > 70} == {True}
