"""evidence/abuse/pictures.py: SVG that any reader can show, that hides names and harms nobody."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from evidence.abuse.errors import RuleFileError
from evidence.abuse.pictures import (
    OF_CONTACTS,
    OF_PERSONS,
    Contact,
    calls_per_day,
    contact_map,
    heat_strip,
    letter,
    mask_name,
    mask_number,
    numbers_by_days,
)
from evidence.abuse.pictures import PICTURES as PICTURES_ASKED

START = datetime(2026, 3, 1, 1, tzinfo=UTC)
DIGIT = 0.555  # how wide one is in Noto Sans SC, in sizes
SVG = "{http://www.w3.org/2000/svg}"


def contacts(count=30, line="17000001234"):
    return [
        Contact(START + timedelta(hours=5 * n), line, is_effective=n % 2 == 0) for n in range(count)
    ]


def texts(svg):
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


PICTURES = {
    "heat": lambda language="zh-CN": heat_strip(contacts(), language=language),
    "calls": lambda language="zh-CN": calls_per_day(contacts(), language=language),
    "numbers": lambda language="zh-CN": numbers_by_days(contacts(), language=language),
    "map": lambda language="zh-CN": contact_map({"张三（姑姑）": 3}, language=language),
}


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_picture_is_wellformed_and_has_title_and_description(name, language):
    root = ElementTree.fromstring(PICTURES[name](language))

    assert root.attrib["role"] == "img"
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("count", [7, 99, 100, 840, 1234])
@pytest.mark.parametrize(
    ("drawn", "room"), [(heat_strip, 12), (numbers_by_days, 23), (calls_per_day, 10)]
)
def test_every_count_is_written_out_and_stays_in_its_cell(drawn, room, count):
    at_once = [Contact(START, "17000001234")] * count

    root = ElementTree.fromstring(drawn(at_once))

    figure = next(node for node in root.iter(f"{SVG}text") if node.text == str(count))
    assert len(figure.text) * float(figure.attrib["font-size"]) * DIGIT <= room


def test_the_limits_are_told_apart_where_bars_are_far_above_both():
    calls = [Contact(START, "17000001234", is_effective=True)] * 500

    root = ElementTree.fromstring(calls_per_day(calls))

    told = {node.text: float(node.attrib["y"]) for node in root.iter(f"{SVG}text")}
    rows = sorted(y for text, y in told.items() if text.startswith(("接通", "未接")))
    assert len(rows) == 2
    assert rows[1] - rows[0] >= 11


@pytest.mark.parametrize(
    "empty",
    [heat_strip([]), calls_per_day([]), numbers_by_days([]), contact_map({})],
)
def test_an_empty_picture_says_so(empty):
    assert "没有记录" in texts(empty)


def test_hours_are_beijing_time():
    svg = heat_strip([Contact(datetime(2026, 3, 1, 20, tzinfo=UTC))])

    assert "03-02" in texts(svg)


def test_a_long_silence_is_said_not_drawn():
    early, late = Contact(START), Contact(START + timedelta(days=40))

    assert "39 天无记录" in texts(heat_strip([early, late]))


def test_limits_are_drawn_with_their_figures():
    assert {"接通 3 次", "未接 6 次"} <= set(texts(calls_per_day(contacts())))


def test_names_and_numbers_are_masked_and_every_string_is_escaped():
    svg = contact_map({"<script>alert(1)</script>": 2, "张三丰（姑姑）": 1})

    assert "<script" not in svg
    assert "三丰" not in svg
    assert any("（姑姑）" in text for text in texts(svg))
    assert "17000001234" not in numbers_by_days(contacts())


def test_control_characters_do_not_break_the_picture():
    svg = numbers_by_days([Contact(START, "1\x00\x0b\ud800&<")])

    assert ElementTree.fromstring(svg) is not None


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800001234", "138****1234"),
        ("+8613800001234", "138****1234"),
        ("10086", "10***"),
        ("", "?"),
        ("催收小刘建国同志啊", "催*"),
    ],
)
def test_a_number_keeps_only_its_ends(number, masked):
    assert mask_number(number) == masked


def test_a_name_keeps_its_first_character_and_the_relation():
    assert mask_name("张三丰（姑姑）") == "张*（姑姑）"
    assert mask_name("") == "*"


def test_an_alias_alone_stands_as_it_is():
    assert mask_name("（第三人A）") == "第三人A"
    assert any(text.startswith("第三人A ") for text in texts(contact_map({"（第三人A）": 2})))


def test_aliases_go_on_after_the_last_letter():
    assert [letter(place) for place in (0, 25, 26, 27, 51, 52, 702)] == [
        "A", "Z", "AA", "AB", "AZ", "BA", "AAA",
    ]  # fmt: skip


def test_every_picture_that_a_page_may_ask_for_is_drawn_here():
    assert PICTURES_ASKED == ("heat_strip", "calls_per_day", "numbers_by_days", "contact_map")
    assert set(OF_CONTACTS) | set(OF_PERSONS) == set(PICTURES_ASKED)


def test_a_language_outside_the_catalogue_is_refused():
    with pytest.raises(RuleFileError):
        heat_strip([], language="fr")
