"""complaints/bundle/likely.py: words are found amid noise, wherever they begin, in any encoding."""

from __future__ import annotations

import random

import numpy as np
import pytest

from complaints.bundle import stretches
from complaints.bundle.folding import fold
from complaints.bundle.likely import Likely
from complaints.bundle.needles import Needles

WORDS = (
    "你儿子在哪个学校我们都知道",
    "Straße 12, Office ﬃ",
    "𠮷野家门口等你，明天见",
    "📞一天打四十个电话📞",
    "王经理-13700000001.png",
    "ΐΰΐΰ αυτά εδώ",
)
CODECS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def noise(seed: int, length: int) -> bytes:
    return random.Random(seed).randbytes(length)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("lead", [9000, 9001, 9002])
def test_a_word_amid_noise_is_found(word: str, codec: str, lead: int) -> None:
    needles = Needles([(fold(each), each) for each in WORDS])
    found = 0
    for seed in range(20):  # what stands before it may end in half a letter
        data = noise(seed, lead) + word.encode(codec) + noise(seed + 100, 9000)
        found += word in set(needles.found_in_bytes(data))
    assert found == 20


@pytest.mark.parametrize("codec", CODECS)
def test_a_word_with_gaps_and_in_capitals_is_found(codec: str) -> None:
    needles = Needles([(fold("Threat against your family"), 1)])
    spoken = "THREAT\n\tagainst\u200b your\u3000FAM\u00adILY"
    data = noise(1, 5000) + spoken.encode(codec) + noise(2, 5000)
    assert set(needles.found_in_bytes(data)) == {1}


def test_noise_is_left_out() -> None:
    texts = list(Likely([fold(each) for each in WORDS]).texts(noise(3, 1 << 20)))
    assert sum(map(len, texts)) < 1 << 18


def test_of_no_words_nothing_is_read() -> None:
    assert list(Likely([]).texts("你儿子在哪个学校我们都知道".encode())) == []


def test_long_stretches_are_cut_out_in_order() -> None:
    table = stretches.table(b"ab")
    assert stretches.of(b"..abab...ab..babab", table, 4) == b"abab\x01babab"
    assert stretches.of(b"..ab.ab", table, 4) == b""


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("amid", ["O 12 f -1 a 7 ", "王经理，明天打电话到学校。", "<0031>Tj "])
def test_a_word_amid_text_is_found(word: str, codec: str, amid: str) -> None:
    needles = Needles([(fold(each), each) for each in WORDS])
    data = f"{amid * 400}\x00{word}\x00{amid * 400}".encode(codec)
    assert word in set(needles.found_in_bytes(data))
    assert not set(needles.found_in_bytes((amid * 800).encode(codec)))


def test_only_stretches_with_the_mark_asked_for_are_cut_out() -> None:
    marks = np.array([1, 1, 1, 0, 1, 2, 1, 0, 0, 2, 2, 0, 2, 1, 1, 1], dtype=np.uint8)
    data = b"abc.def..gh.ijkl"
    assert stretches.cut(data, marks, 3, around=stretches.CORE) == b"def\x01ijkl"
    assert stretches.cut(data, marks, 3, around=stretches.CORE, skipped=1) == b"ef\x01jkl"
    assert stretches.cut(data, marks, 3) == b"abc\x01jkl"
