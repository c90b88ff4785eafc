"""locale/*/law.ftl: the texts of the law room, in step with its data and its errors."""

import inspect
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from complaints.law import errors, facts, lender, never, wording
from complaints.law.agencies import agencies
from complaints.law.deadlines import starts
from complaints.law.kinds import kinds
from complaints.law.source import law

ROOT = Path(__file__).parents[3]


def texts(lang):
    resource = FluentParser().parse((ROOT / "locale" / lang / "law.ftl").read_text("utf-8"))
    assert not [each for each in resource.body if isinstance(each, ast.Junk)]
    return {
        each.id.name: "".join(part.value for part in each.value.elements)
        for each in resource.body
        if isinstance(each, ast.Message)
    }


ZH, EN = texts("zh-CN"), texts("en")


def test_both_languages_have_the_same_keys_and_no_empty_text():
    assert list(ZH) == list(EN)
    assert all(ZH.values())
    assert all(EN.values())


@pytest.mark.parametrize(
    ("prefix", "in_chinese", "in_english"),
    [
        (
            "law-agency-",
            {each.id: each.name_zh for each in agencies().values()},
            {each.id: each.name_en for each in agencies().values()},
        ),
        (
            "law-lender-type-",
            {each.id: each.zh for each in lender.lender_types().values()},
            {each.id: each.en for each in lender.lender_types().values()},
        ),
        (
            "law-lender-name-",
            {str(n): line for n, line in enumerate(lender.name_checklist(), 1)},
            {str(n): line for n, line in enumerate(lender.name_checklist("en"), 1)},
        ),
        (
            "law-kind-",
            {each.code: each.zh for each in kinds().values()},
            {each.code: each.en for each in kinds().values()},
        ),
        (
            "law-severity-",
            {str(each["level"]): each["zh"] for each in law().routing["severity_levels"]},
            law().english["severity_levels"],
        ),
        (
            "law-alarm-",
            {each["id"]: each["what"] for each in law().routing["deadline_alarms"]},
            law().english["alarms"],
        ),
        (
            "law-level-",
            {name: level.zh for name, level in wording.LEVELS.items()},
            law().english["authority_levels"],
        ),
    ],
)
def test_names_are_those_of_the_data(prefix, in_chinese, in_english):
    def under(found):
        return {k.removeprefix(prefix): text for k, text in found.items() if k.startswith(prefix)}

    assert under(ZH) == in_chinese
    assert under(EN) == in_english


def test_every_error_has_its_text():
    codes = {
        error.code
        for _, error in inspect.getmembers(errors, inspect.isclass)
        if error.__module__ == errors.__name__
    }

    assert codes <= set(ZH)


@pytest.mark.parametrize("module", [lender, never])
def test_every_code_that_a_module_gives_has_its_text(module):
    codes = set(re.findall(r'"(law_[a-z_]+)"', inspect.getsource(module)))

    assert codes
    assert codes <= set(ZH)


def test_every_fact_and_want_can_be_asked():
    asked = {f"law-fact-{name}" for name in facts.NAMES}
    wanted = {f"law-want-{name}" for name in facts.WANTS}

    assert asked | wanted <= set(ZH)


def test_each_date_that_starts_an_alarm_is_named_once():
    assert len(starts()) == len(set(starts())) == 11
