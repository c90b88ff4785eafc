"""complaints/interview/steps.py: the questions as data."""

from __future__ import annotations

import pytest

from accounts.language import LANGUAGES, has_text
from complaints.interview import Field, answers, steps_for
from complaints.law.facts import NAMES

DOCUMENTS = (
    "police_report",
    "criminal_complaint",
    "nfra_report",
    "local_finance_report",
    "lender_complaint",
    "personal_information_report",
    "non_filing_review",
    "administrative_reconsideration",
    "prosecutor_supervision",
)


def asked(document_id: str) -> list[Field]:
    return [field for step in steps_for(document_id) for field in step.questions]


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_each_question_is_asked_once_and_can_be_read(document_id: str) -> None:
    ids = [field.id for field in asked(document_id)]

    assert len(ids) == len(set(ids))
    kinds = {field.kind for field in asked(document_id)}
    kinds |= {part.kind for field in asked(document_id) for part in field.of}
    assert kinds <= set(answers._KINDS)


@pytest.mark.parametrize("document_id", DOCUMENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_question_and_option_has_words(document_id: str, language: str) -> None:
    keys = [f"interview-step-{step.id}" for step in steps_for(document_id)]
    for field in asked(document_id):
        keys += [f"interview-{part.id}" for part in (field, *field.of)]
        keys += [f"interview-option-{option}" for option in field.options]

    assert [key for key in keys if not has_text(key, language)] == []


def test_only_the_regulator_is_told_about_the_lenders_duties() -> None:
    assert "lender_duty" not in {step.id for step in steps_for("police_report")}
    assert "lender_duty" in {step.id for step in steps_for("nfra_report")}


def test_the_lender_is_asked_for_what_only_it_can_do() -> None:
    (requests,) = (field for field in asked("lender_complaint") if field.id == "requests")

    assert {"no_third_persons", "give_recordings", "repayment_plan"} <= set(requests.options)
    assert "criminal_investigation" not in requests.options


def test_every_fact_that_the_law_asks_for_is_asked() -> None:
    assert {field.id for field in asked("police_report")} >= set(NAMES)
