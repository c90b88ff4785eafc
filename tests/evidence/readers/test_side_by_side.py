"""readers/side_by_side.py: several processes give what one pass gives, whatever the file holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidence.readers.errors import EntitiesError, OverLimitError, ReadingError
from evidence.readers.reading import Options
from evidence.readers.registry import read
from evidence.readers.side_by_side import SideBySide

OPTIONS = Options()
SHORT = 600  # bytes of a stretch: two or three messages
HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"


def sms(number: int, body: str = "还款&#10;今天 &#55357;&#56832;") -> str:
    """One message; its time tells it from the others."""
    return (
        f'  <sms address="+8613700000001" date="{1_600_000_000_000 + number}" type="1" '
        f'body="{body}" subject="null" contact_name="(Unknown)" />\n'
    )


def mms(number: int) -> str:
    """One with parts."""
    return (
        f'  <mms date="{1_600_000_000_000 + number}" msg_box="1" address="+8613700000001"><parts>\n'
        f'<part ct="text/plain" text="图" /><part ct="image/png" data="{"A" * 400}" /></parts>\n'
        "</mms>\n"
    )


def export(*elements: str, count: int | None = None) -> bytes:
    """A whole file."""
    shown = len(elements) if count is None else count
    return f'{HEAD}<smses count="{shown}">\n{"".join(elements)}</smses>\n'.encode()


MANY = [sms(number) for number in range(40)]
FILES = {
    "plain": export(*MANY),
    "with a mark": b"\xef\xbb\xbf" + export(*MANY),
    "messages with parts": export(*(mms(n) if n % 3 else sms(n) for n in range(20))),
    "copies in one stretch": export(sms(1), sms(1), *MANY),
    "copies far apart": export(*MANY, sms(3), sms(40), sms(17)),
    "all twice": export(*MANY, *MANY),
    "an element inside a text": export(*MANY[:9], sms(99, "> <sms address='1' body='no' />" * 30)),
    "cut inside a message": export(*MANY)[:-300],
    "cut inside parts": export(*MANY, mms(50))[:-60],
    "parts without an end": export(*MANY[:9], mms(90).replace("</mms>", ""), *MANY[9:]),
    "another count": export(*MANY, count=7),
    "a comment around messages": export(*MANY[:9], "<!-- ", *MANY[9:15], " -->", *MANY[15:]),
    "brackets between": export(*MANY[:9], "< < <3 ", *MANY[9:]),
    "damaged bytes": export(*MANY).replace("今天".encode(), b"\xe4\xbb\x8a\xff", 11),
    "damage in what is not read": export(*MANY).replace(b'subject="', b'x="\xff\x07" subject="'),
    "another encoding": export(*MANY).decode().encode("utf-16"),
    "no messages": export(),
}


@pytest.mark.parametrize("what", FILES)
def test_lines_and_summary_are_those_of_one_pass(tmp_path: Path, what: str) -> None:
    path = tmp_path / "sms.xml"
    path.write_bytes(FILES[what])

    assert side_by_side(path) == one_pass(path)


def test_a_declaration_in_the_middle_is_refused_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "sms.xml"
    path.write_bytes(export(*MANY[:20], '<!DOCTYPE x [<!ENTITY a "b">]>', *MANY[20:]))
    together = SideBySide(path, options=OPTIONS, at_once=2, stretch=SHORT)

    with pytest.raises(EntitiesError):
        list(together)

    assert together.reading.counts.records == 20
    assert one_pass(path)[2] == "EntitiesError"


def test_more_records_than_allowed_are_refused_as_in_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sms.xml"
    path.write_bytes(export(*MANY))
    monkeypatch.setattr("evidence.readers.limits.RECORDS", 25)
    monkeypatch.setattr("evidence.readers.reading.RECORDS", 25)

    with pytest.raises(OverLimitError):
        list(SideBySide(path, options=OPTIONS, at_once=2, stretch=SHORT))


def one_pass(path: Path) -> tuple[bytes, str, str]:
    """What the reader itself gives."""
    lines, error = b"", ""
    with path.open("rb") as file:
        reading = read(file, name=path.name, options=OPTIONS)
        try:
            for record in reading:
                lines += record.as_line().encode() + b"\n"
        except ReadingError as problem:
            error = type(problem).__name__
    return lines, json.dumps(reading.summary.as_json()), error


def side_by_side(path: Path) -> tuple[bytes, str, str]:
    """What two processes give."""
    together = SideBySide(path, options=OPTIONS, at_once=2, stretch=SHORT)
    lines = b"".join(together)
    return lines, json.dumps(together.reading.summary.as_json()), ""
