"""complaints/law/agencies.py: where to go and what to take, for every agency, in both languages."""

from datetime import date

import pytest

from complaints.law.agencies import agencies, agency, may_be_given, pointer
from complaints.law.errors import UnknownAgencyError


@pytest.mark.parametrize("agency_id", agencies())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_pointer_is_never_empty(agency_id, lang):
    found = pointer(agency_id, lang)

    assert all(found.where)
    assert found.where
    assert all(found.take)
    assert found.take


@pytest.mark.parametrize("agency_id", agencies())
def test_a_pointer_shows_no_editors_note(agency_id):
    found = pointer(agency_id)

    assert "凭记忆" not in "".join((*found.where, *found.take, *found.receive, *found.refuses))


def test_an_agency_has_its_names_documents_and_limits():
    police = agency("PSB_STATION")

    assert police.name_zh == "公安派出所（治安案件）"
    assert police.name_en == "Police station (public-security case)"
    assert police.document_titles == ("报案材料", "控告书")
    assert police.salutation == "××市公安局××分局××派出所："
    assert ("追究时效", "PSAPL2025-25") in {(each.what_zh, each.rule) for each in police.limits}
    assert police.bounce_reasons
    assert police.must_receive


def test_a_procedure_stands_on_the_rules_in_force_on_the_day_of_filing():
    def rules(on):
        return {rule.id for rule in agency("SAMR").governing(on)}

    assert "SAMR-OLD-14" in rules(date(2026, 4, 14))
    assert "SAMR-NEW" not in rules(date(2026, 4, 14))
    assert "SAMR-OLD-14" not in rules(date(2026, 4, 15))
    assert "SAMR-NEW" in rules(date(2026, 4, 15))


def test_the_regulators_document_needs_the_legal_name_and_the_polices_does_not():
    assert agency("NFRA_LOCAL").needs_legal_name
    assert not agency("PSB_STATION").needs_legal_name


@pytest.mark.parametrize(
    ("desk", "made_for", "may"),
    [
        ("LENDER", "LENDER", True),
        ("NIFA", "NFRA_LOCAL", True),
        ("LOCAL_FIN", "NFRA_LOCAL", True),
        ("NFRA_LOCAL", "NIFA", False),  # what was made for the association is not cut again
        ("NIFA", "PSB_STATION", False),
        ("LENDER", "LOCAL_FIN", False),
    ],
)
def test_only_regulators_may_be_given_what_was_made_for_another(desk, made_for, may):
    assert may_be_given(agency(desk), made_for=agency(made_for)) is may


def test_document_ids_are_given_once():
    ids = [each.document_id for each in agencies().values()]

    assert len(ids) == len(set(ids))


def test_an_agency_that_is_not_there_is_refused():
    with pytest.raises(UnknownAgencyError):
        agency("NASA")
