"""evidence/stages/tagging.py: a newer tagger adds rows and never touches what a person decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence import decisions
from evidence.models import EvidenceItem, Job, Record, Tag, TagDecision, Tagging
from evidence.stages import tagging
from evidence.stages.tagging import Outcome, Proposal
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def job(case):
    make.item(case, make.sms_export(), kind="message_export")
    make.go_the_road()
    return Job.objects.get(stage="tag")


def everything():
    """All rows of suggestions, runs and decisions, as they stand in the database."""
    return {
        model: list(model.objects.order_by("pk").values()) for model in (Tag, Tagging, TagDecision)
    }


def of_newer_tagger(job, monkeypatch, version="9.9.9"):
    """Run the stage as a newer version of the rules, which also finds one thing more."""
    monkeypatch.setattr(tagging.tagger, "TAGGER_VERSION", version)
    outcome = tagging.prepare(job)
    [first, *_] = outcome.proposals
    more = Proposal(
        first.record_id, replace(first.suggestion, kind="INSULT", label="insult", rule="newer-rule")
    )
    tagging.keep(job, Outcome(outcome.reading_id, outcome.roles_sha256, [*outcome.proposals, more]))


def test_a_newer_tagger_adds_rows_and_changes_none(job, monkeypatch):
    tags = list(Tag.objects.order_by("pk"))
    by = EvidenceItem.objects.get().case.borrower
    decisions.decide(tags[0], decision="confirmed", by=by)
    decisions.decide(tags[1], decision="rejected", reason="不是说我", by=by)
    before = everything()

    of_newer_tagger(job, monkeypatch)

    after = everything()
    assert after[TagDecision] == before[TagDecision]
    for model in (Tag, Tagging):
        assert [row for row in after[model] if row in before[model]] == before[model]
    assert [row.tagger_version for row in Tagging.objects.order_by("sequence")] == [
        tags[0].tagging.tagger_version,
        "9.9.9",
    ]
    newer = Tag.objects.filter(tagging__tagger_version="9.9.9")
    assert newer.filter(rule="newer-rule").exists()


def test_what_was_decided_is_not_suggested_again(job, monkeypatch):
    by = EvidenceItem.objects.get().case.borrower
    for tag in Tag.objects.all():
        decisions.decide(tag, decision="rejected", by=by)

    of_newer_tagger(job, monkeypatch)

    assert [tag.rule for tag in Tag.objects.filter(tagging__sequence=2)] == ["newer-rule"]


def test_what_a_person_corrected_to_is_not_suggested_beside_it(job, monkeypatch):
    first = tagging.prepare(job).proposals[0]
    tag = Tag.objects.get(record=first.record_id, rule=first.suggestion.rule,
                          start=first.suggestion.start, end=first.suggestion.end)  # fmt: skip
    by = EvidenceItem.objects.get().case.borrower
    decisions.decide(tag, decision="corrected", kind="INSULT", by=by)

    of_newer_tagger(job, monkeypatch)

    assert not Tag.objects.filter(rule="newer-rule").exists()


def test_the_rule_the_version_and_the_decision_stay_readable_together(job, monkeypatch):
    tag = Tag.objects.order_by("pk").first()
    by = EvidenceItem.objects.get().case.borrower
    decided = decisions.decide(tag, decision="confirmed", by=by)

    of_newer_tagger(job, monkeypatch)

    kept = Tag.objects.shown().get(pk=tag.pk)
    assert (kept.rule, kept.rule_version) == (tag.rule, tag.rule_version)
    assert list(kept.decisions.all()) == [decided]


def test_the_same_tagger_told_the_same_writes_nothing(job):
    before = everything()

    tagging.keep(job, tagging.prepare(job))

    assert everything() == before
    assert Record.objects.exists()
