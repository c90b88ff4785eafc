"""evidence/views/pages.py: no record is lost or shown twice between pages, in either direction."""

from __future__ import annotations

import pytest
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from evidence.models import Record
from evidence.views.pages import Cursor, page_of
from tests import make


@pytest.fixture
def records(case):
    """Eleven records: the first six share one instant, as undated ones do."""
    item = make.item(case, make.sms_export(*(f"m{n}" for n in range(11))))
    make.go_the_road()
    rows = list(Record.objects.filter(case=case).order_by("index"))
    for row in rows[:6]:
        row.placed_at = rows[0].placed_at
    Record.objects.bulk_update(rows[:6], ["placed_at"])
    return item.case.records.all()


def places(page):
    return [row.index for row in page.rows]


def test_forwards_each_record_comes_once(records):
    seen, cursor = [], None
    while page := page_of(records, cursor, size=4):
        seen += places(page)
        if page.next is None:
            break
        cursor = Cursor.parse(str(page.next))

    assert seen == list(range(11))


def test_backwards_gives_the_same_order(records):
    page = page_of(records, None, size=4)
    while page.next:
        page = page_of(records, page.next, size=4)
    seen = places(page)
    while page.previous:
        page = page_of(records, Cursor.parse(str(page.previous)), size=4)
        seen = places(page) + seen

    assert seen == list(range(11))


def test_nothing_is_before_the_first_page_or_after_the_last(records):
    assert page_of(records, None, size=4).previous is None
    assert page_of(records, None, size=11).next is None
    assert page_of(records.none(), None).rows == []


@pytest.mark.parametrize("text", ["", "AAAA", "é", "W10=", "WzEsMiwzLDRd"])
def test_what_is_no_cursor_is_refused(text):
    with pytest.raises(ValidationError):
        Cursor.parse(text)


def test_a_cursor_without_a_zone_is_refused(records):
    record = records.first()
    record.placed_at = timezone.now().replace(tzinfo=None)

    with pytest.raises(ValidationError):
        Cursor.parse(str(Cursor.at(record, is_backwards=False)))
