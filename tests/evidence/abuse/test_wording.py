"""evidence/abuse/wording.py: one template with other sums is one wording; two texts are two."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from evidence.abuse.naming import DEBT, lists
from evidence.abuse.normalise import normalise
from evidence.abuse.wording import alike, likeness, template

SETS = Path(__file__).parents[3] / "bench" / "abuse"
LEAST = lists()["wording"]["least_percent"]
TEXT = "您名下3200元欠款至今未结清，我司将于今日18点前移交外访部门，请自行承担后果。"


def made(text, line="a"):
    return template(text, line, normalise(text).text)


@pytest.fixture(scope="module")
def written_apart():
    """The comparable messages about a debt of the project's own sets, each text once."""
    found = {}
    for path in sorted(SETS.glob("*/part*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                one = made(row[2]) if len(row) > 2 and DEBT.search(row[2]) else None
                if one is not None:
                    found[one.text] = one
    return list(found.values())


def test_no_two_messages_that_were_written_apart_pass_for_one(written_apart):
    most = max(likeness(one, other) for one, other in combinations(written_apart, 2))

    assert len(written_apart) > 250
    assert most <= 59 < LEAST


def test_one_character_changed_in_any_of_them_leaves_one_wording(written_apart):
    for one in written_apart:
        middle = len(one.text) // 2
        changed = made(one.text[:middle] + "嗯" + one.text[middle + 1 :])
        assert changed is not None
        assert likeness(one, changed) >= 64 > LEAST


@pytest.mark.parametrize(
    "other",
    [
        "【恒易贷】张先生您好，" + TEXT.replace("3200", "51,800.00"),
        "尊敬的李女士，" + TEXT.replace("18点", "17 点"),
        TEXT.replace("，", " ").replace("欠款", "欠 款"),
        TEXT.replace("后果", "后果 http://t.cn/abc12"),
    ],
)
def test_sums_names_signs_and_links_do_not_count(other):
    assert likeness(made(TEXT), made(other)) >= LEAST


@pytest.mark.parametrize(
    "text", ["请尽快还款", "您好，您的借款已逾期3天，请尽快处理，谢谢。", "", "1" * 50]
)
def test_a_short_formula_that_anybody_writes_is_not_compared(text):
    assert made(text) is None


def test_a_pair_of_lines_is_told_once_and_a_line_never_pairs_with_itself():
    texts = [(TEXT, "a"), (TEXT, "a"), (TEXT, "b"), (TEXT + "切勿自误", "b"), (TEXT, "c")]
    pairs = [
        (pair.one.line, pair.other.line, pair.percent)
        for pair in alike(made(text, line) for text, line in texts)
    ]

    assert pairs == [("a", "b", 100), ("a", "c", 100), ("b", "c", 100)]


def test_many_lines_with_one_text_stay_linear():
    """A star of the first lines, not a web of all: two thousand lines are no two million pairs."""
    pairs = list(alike(made(TEXT, f"l{number}") for number in range(2000)))

    assert {pair.other.line for pair in pairs} == {f"l{number}" for number in range(1, 2000)}
    assert len(pairs) < 2000 * 48
