"""evidence/abuse: the model behind the rules only ever takes suggestions away."""

import importlib.util
import json
from pathlib import Path

from evidence.abuse.patterns import find
from evidence.abuse.tagger import found_by_rules, tag
from evidence.abuse.timeline import Timeline

BENCH = Path(__file__).resolve().parents[3] / "bench" / "abuse"

SHOWING_A_FLAT = "中介带人来看房，你下来开一下门"
VISIT = "明天带几个兄弟去你家门口坐着，不还钱就不走"


def test_everyday_talk_with_a_collectors_word_is_set_aside():
    assert tag(SHOWING_A_FLAT) == []


def test_a_threatened_visit_stands():
    assert {one.label for one in tag(VISIT)} == {"home_or_workplace_visit", "threat"}


def test_the_model_adds_nothing_to_what_the_rules_found():
    texts = [SHOWING_A_FLAT, VISIT, "请确保还款账户余额充足", "你再躲，通讯录里的人挨个打"]

    assert all(set(tag(text)) <= set(found_by_rules(text)) for text in texts)


def test_what_a_third_person_received_about_a_debt_is_left_to_the_rules():
    text = "他的贷款逾期了，请转告他。"

    found = tag(text, recipient="母亲")

    assert found
    assert set(found) == set(found_by_rules(text, recipient="母亲"))


def test_every_hand_written_timeline_has_its_findings_and_no_other():
    spec = importlib.util.spec_from_file_location("abuse_timelines", BENCH / "timelines.py")
    timelines = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(timelines)
    raws = [json.loads(line) for line in (BENCH / "timelines.jsonl").read_text().splitlines()]

    judged = [timelines.judge(raw) for raw in raws]

    assert len(judged) >= 25
    assert [gold for gold, _ in judged] == [found for _, found in judged]


def test_lawful_contact_has_no_finding():
    call = {"type": "call", "direction": "in", "counterparty": "N", "answered": True}
    events = [{**call, "id": f"e{n}", "at": f"2026-03-0{n}T10:00:00+08:00"} for n in (1, 2, 3)]
    raw = {"id": "t", "parties": {"N": {"role": "lender"}}, "events": events}

    assert find(Timeline.from_json(raw)) == []
