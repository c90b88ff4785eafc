"""evidence/abuse/normalise.py: what disguise is undone, and where it stood in the original."""

import pytest

from evidence.abuse.normalise import normalise


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("還錢，通訊錄", "还钱,通讯录"),
        ("ＡＢＣ１２", "abc12"),
        ("爆\u200b通讯\u200d录", "爆通讯录"),
        ("爆 通 讯 录", "爆通讯录"),
        ("爆.通*讯_录", "爆通讯录"),
        ("亻尔女马", "你妈"),
        ("氵去院", "法院"),
        ("尚门", "上门"),
        ("不还就爆tongxunlu", "不还就爆通讯录"),
        ("cnm", "操你妈"),
        ("你🐴死了", "你妈死了"),
        ("还钦", "还钱"),
        ("T.X.L", "通讯录"),
        ("臭.sha.逼", "臭傻逼"),
        ("zai bu huan qian jiu bao ni tongxunlu", "再不还钱就爆你通讯录"),
        ("Zaibuhuanqian wo jiu qu ni DANWEI zhao ni", "再不还钱我就去你单位找你"),
        ("zai bu还 jiu把ni sfz fa到ni公si大qun", "再不还就把你身份证发到你公司大群"),
    ],
)
def test_it_undoes_a_disguise(disguised, plain):
    assert normalise(disguised).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "请下载APP还款",
        "验证码482913",
        "3.5元",
        "2026-03-01 09:00",
        "别emo了,姐先借你两千",
        "I will sit in your home all day long.",
    ],
)
def test_it_leaves_ordinary_latin_and_figures_alone(text):
    assert normalise(text).text == text.lower()


def test_a_plain_text_keeps_its_positions():
    assert normalise("还钱").original_span(0, 2) == (0, 2)


def test_a_span_of_the_plain_text_maps_to_the_original_words():
    original = "再不还就爆 通\u200b訊 录，一个不留"
    plain = normalise(original)
    start = plain.text.index("爆通讯录")

    start, end = plain.original_span(start, start + 4)

    assert original[start:end] == "爆 通\u200b訊 录"


def test_an_emoji_outside_the_basic_plane_is_one_position():
    original = "😀你🐴死了"
    plain = normalise(original)
    at = plain.text.index("妈")

    start, end = plain.original_span(at, at + 1)

    assert original[start:end] == "🐴"


def test_an_empty_text_stays_empty():
    assert normalise("").text == ""
