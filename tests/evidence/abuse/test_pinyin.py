"""evidence/abuse/pinyin.py: which texts are pinyin, and where each character came from."""

import pytest

from evidence.abuse.normalise import normalise
from evidence.abuse.pinyin import BEFORE, Readings, Unit, spelled_out, syllables
from evidence.abuse.tagger import labels, tag

READINGS = Readings(
    syllables={"huan": "环还", "qian": "前钱"},
    singles={"环": -1, "还": -2, "前": -1, "钱": -2},
    pairs={"还钱": 0},
    triples={f"{BEFORE}环": -5},
    unknown=-9,
)


def of(*texts):
    return [Unit(text, 0, 0, text.isascii()) for text in texts]


def test_the_neighbours_decide_which_character_a_syllable_is():
    assert READINGS.likeliest(of("huan", "qian")) == "还钱"
    # Alone the commoner one would win, but a run that was counted says what it is worth there.
    assert READINGS.score("^^", "环") == -5
    assert READINGS.score("再^", "环") == -1
    assert READINGS.score("再^", "猫") == -9


def test_characters_that_stay_are_neighbours_too():
    assert READINGS.likeliest(of("还", "qian")) == "还钱"
    assert READINGS.likeliest(of()) == ""


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("tongxunlu", ("tong", "xun", "lu")),
        ("xian", ("xian",)),
        ("shangmen", ("shang", "men")),
        ("please", ()),
        ("", ()),
    ],
)
def test_a_word_is_cut_into_the_fewest_syllables(word, cut):
    assert syllables(word) == cut


def test_each_change_covers_its_syllable_and_blanks_go():
    text = "wo zai ni jia"

    assert [text[start:end] for start, end, _ in spelled_out(text)] == [
        "wo",
        " ",
        "zai",
        " ",
        "ni",
        " ",
        "jia",
    ]
    assert [new for *_, new in spelled_out(text)] == ["我", "", "在", "", "你", "", "家"]


def test_a_span_leads_back_to_the_letters():
    original = "Jintian bu huan, ba ni TONGXUNLU quan bao le"
    plain = normalise(original)
    at = plain.text.index("通讯录")

    start, end = plain.original_span(at, at + 3)

    assert original[start:end] == "TONGXUNLU"


def test_abuse_in_pinyin_is_named_and_a_friend_in_pinyin_is_not():
    threat = "jintian zai bu huan qian, wo jiu da dian hua gei ni ba ma he ni de ling dao"

    assert "contact_blasting" in labels(tag(threat))
    assert tag("mingtian wo men qu chao shi mai cai, ni xiang chi shen me") == []
