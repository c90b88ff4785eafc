"""evidence/abuse: what the model knows of a message, and how it says why."""

import pytest

from evidence.abuse.classes import tokens
from evidence.abuse.kinds import LABELS
from evidence.abuse.model import ANY, CLASS_RUN, RUN, model, signs_of_wording
from evidence.abuse.tagger import found_by_rules, tag

VEILED = "明早豆浆店开门，我第一个客人，你爸炸油条的时候锅离我近，我手抖"


def test_a_text_is_cut_into_the_longest_words_of_a_class():
    cut = tokens("告诉你爸爸")

    assert [(one.name, one.start, one.end) for one in cut] == [
        ("<TELL>", 0, 2),
        ("你", 2, 3),
        ("<KIN>", 3, 5),
    ]


def test_a_word_at_the_end_of_a_text_is_not_longer_than_the_text():
    assert [(one.name, one.end) for one in tokens("去上门")][-1] == ("<VISIT>", 3)
    assert all(one.end <= len(word) for word in ("爆", "打", "死") for one in tokens(word))


def test_tokens_cover_the_text_without_gap():
    cut = tokens(VEILED + "abc🙂")

    assert [one.start for one in cut[1:]] == [one.end for one in cut[:-1]]
    assert (cut[0].start, cut[-1].end) == (0, len(VEILED) + 4)


def test_another_relative_leaves_the_signs_of_its_class():
    father, landlord = signs_of_wording("告诉你爸爸"), signs_of_wording("告诉你老公")

    assert "#<TELL>你<KIN>" in father & landlord
    assert "爸爸" in father - landlord


def test_signs_are_as_long_as_the_model_was_trained_for():
    signs = signs_of_wording("今晚上门堵你")

    assert max(len(sign) for sign in signs if not sign.startswith("#")) == RUN
    assert max(sign.count("<") for sign in signs) <= CLASS_RUN
    assert "^今晚上" in signs
    assert signs_of_wording("") == {"^", "$", "^$"}


def test_every_label_but_off_hours_has_weights():
    assert set(model().labels) == set(LABELS) - {"off_hours"} | {ANY}
    assert (model().weights != 0).any(axis=0).all()


@pytest.mark.parametrize("owner", [None, "in"])
def test_a_label_that_no_rule_found_says_so_and_shows_a_clause(owner):
    suggested = [one for one in tag(VEILED, direction=owner) if one.label == "threat"]

    assert "threat" not in {one.label for one in found_by_rules(VEILED, direction=owner)}
    (one,) = suggested
    assert one.rule == "W-001"
    assert VEILED[one.start : one.end] in VEILED.split("，")
    assert "措辞" in one.reason_zh
    assert "wording" in one.reason_en
    assert 0.5 < one.confidence <= 1


def test_what_the_owner_wrote_is_never_labelled():
    assert tag(VEILED, direction="out") == []


def test_everyday_talk_with_a_collectors_word_is_set_aside():
    text = "中介带人来看房，你下来开一下门"

    assert found_by_rules(text)
    assert tag(text) == []


def test_a_debt_told_to_a_relative_is_contact_and_disclosure():
    found = {one.label for one in tag("他的贷款逾期了，请转告他。", recipient="母亲")}

    assert found == {"contact_blasting", "privacy_disclosure"}


@pytest.mark.parametrize(
    ("text", "recipient"),
    [("麻烦转告他回个电话，谢谢", "同事"), ("借款人已逾期，请您履行担保责任", "担保人")],
)
def test_a_courtesy_and_a_guarantor_are_neither(text, recipient):
    assert tag(text, recipient=recipient) == []
