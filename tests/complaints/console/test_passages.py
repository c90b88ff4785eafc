"""complaints/console/passages.py: hostile text becomes parts that a page can show."""

from __future__ import annotations

from complaints.console.passages import LONGEST, passages, visible


def joined(text: str, spans: list[tuple[int, int]]) -> str:
    return "".join(part.text for part in passages(text, spans) if not part.is_hidden)


def test_marked_words_stand_apart() -> None:
    parts = passages("今晚就到你家", [(3, 6)])

    assert [(part.text, part.is_marked) for part in parts] == [("今晚就", False), ("到你家", True)]


def test_overlapping_spans_each_keep_their_words() -> None:
    parts = passages("abcdef", [(0, 4), (2, 6)])

    assert [(part.text, part.marks) for part in parts] == [
        ("ab", (0,)),
        ("cd", (0, 1)),
        ("ef", (1,)),
    ]


def test_a_character_that_turns_the_direction_is_named() -> None:
    parts = passages("a\u202eb")

    assert [(part.text, part.is_hidden) for part in parts] == [
        ("a", False),
        ("U+202E", True),
        ("b", False),
    ]
    assert visible("a\u202eb\u200b") == "a[U+202E]b[U+200B]"


def test_line_breaks_and_tabs_stay_as_they_are() -> None:
    assert visible("第一行\n第二行\t末") == "第一行\n第二行\t末"


def test_a_megabyte_is_cut_and_says_how_much_is_left_out() -> None:
    text = "字" * 1_000_000

    parts = passages(text)

    assert sum(len(part.text) for part in parts) == LONGEST
    assert sum(part.left_out for part in parts) == 1_000_000 - LONGEST


def test_marked_words_deep_in_a_long_text_are_shown_with_their_surroundings() -> None:
    text = "x" * 50_000 + "威胁" + "y" * 50_000

    parts = passages(text, [(50_000, 50_002)])

    assert [part.text for part in parts if part.is_marked] == ["威胁"]
    shown = sum(len(part.text) for part in parts)
    assert shown + sum(part.left_out for part in parts) == len(text)
    assert shown < 5_000


def test_the_whole_text_is_given_when_asked_for() -> None:
    text = "z" * 10_000

    assert "".join(part.text for part in passages(text, longest=None)) == text


def test_spans_outside_the_text_do_no_harm() -> None:
    assert joined("short", [(3, 99), (50, 60)]) == "short"
