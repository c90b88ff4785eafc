"""complaints/views/witness_forms.py: within the consent the borrower chooses for each desk."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from complaints import preflight
from complaints.composing.witnesses import WitnessNotAgreedError
from complaints.models import Complaint
from complaints.stages import drafting, witnessing
from evidence.custody import Actor
from evidence.models import Case
from tests import make
from tests.complaints import witnessed
from tests.samples import pictures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]
JSON = "application/json"
# As the witness of `witnessed` agreed: police named, regulator masked, lender nothing.
DESKS = {"PSB_STATION": "named", "NFRA_LOCAL": "masked", "LENDER": "none"}


@pytest.fixture
def case(borrower: User) -> Case:
    return make.confirmed_case(borrower)


def beside(complaint: Complaint) -> dict[str, Any]:
    browser = make.signed_in(complaint.case.borrower)
    return dict(browser.get(f"/api/complaints/{complaint.pk}/witnesses/").json())


def choose(complaint: Complaint, link_id: object, form: str) -> Any:
    browser = make.signed_in(complaint.case.borrower)
    path = f"/api/complaints/{complaint.pk}/witnesses/{link_id}/"
    return browser.put(path, {"form": form}, content_type=JSON)


def items(complaint: Complaint) -> set[object]:
    return set(complaint.exhibits.filter(group="C").values_list("item", flat=True))


@pytest.mark.parametrize(
    ("agency", "form"),
    [("PSB_STATION", "masked"), ("NFRA_LOCAL", "masked"), ("LENDER", "left_out")],
)
def test_without_a_choice_nobody_is_named_and_no_desk_gets_what_it_may_not(
    case: Case, agency: str, form: str
) -> None:
    link, _ = witnessed.answered(case)
    complaint = make.complaint(case, agency)

    [one] = beside(complaint)["results"]

    assert (one["consent"], one["form"]) == (DESKS[agency], form)
    assert items(complaint) == ({link.statement.item_id} if form == "masked" else set())


@pytest.mark.parametrize(
    ("agency", "form"), [("NFRA_LOCAL", "named"), ("LENDER", "named"), ("LENDER", "masked")]
)
def test_more_than_the_witness_agreed_to_is_refused(case: Case, agency: str, form: str) -> None:
    link, _ = witnessed.answered(case)
    complaint = make.complaint(case, agency)
    before = items(complaint)

    answer = choose(complaint, link.pk, form)

    assert (answer.status_code, answer.json()["code"]) == (409, "witness_not_agreed")
    assert items(complaint) == before


def test_named_takes_consent_and_pictures_along_and_masked_takes_them_out_again(
    case: Case,
) -> None:
    link, _ = witnessed.answered(case, b"\x89PNG\r\n\x1a\n-a-picture")
    [picture] = witnessing.pictures_of(link)
    complaint = make.complaint(case, "PSB_STATION")

    choose(complaint, link.pk, "named")
    named = items(complaint)
    choose(complaint, link.pk, "masked")
    masked = items(complaint)
    choose(complaint, link.pk, "left_out")

    assert named == {link.statement.item_id, link.statement.consent_id, picture.pk}
    assert masked == {link.statement.item_id}
    assert items(complaint) == set()


def test_a_picture_of_a_masked_witness_blocks_until_it_is_redacted(
    case: Case, borrower: User
) -> None:
    page = pictures.chat_page([("left", "再不还钱就让你全家都不得安宁")], title="王经理")
    link, _ = witnessed.answered(case, page)
    make.go_the_road()
    complaint = make.complaint(case, "NFRA_LOCAL")
    [picture] = witnessing.pictures_of(link)
    drafting.add_exhibit(complaint, picture, group="C", purpose="截图", actor=Actor.of(borrower))
    blocked = {one.code for one in preflight.preflight(complaint) if one.is_blocking}

    make.redacted(complaint, [100, 20, 560, 60])

    assert "witness_not_masked" in blocked
    assert "witness_not_masked" not in {one.code for one in preflight.preflight(complaint)}


def test_what_the_witness_did_not_agree_to_cannot_be_added_by_hand(
    case: Case, borrower: User
) -> None:
    link, _ = witnessed.answered(case)
    complaint = make.complaint(case, "NFRA_LOCAL")

    with pytest.raises(WitnessNotAgreedError):
        drafting.add_exhibit(
            complaint, link.statement.consent, group="C", purpose="x", actor=Actor.of(borrower)
        )


def test_a_finished_complaint_is_not_changed(case: Case, borrower: User) -> None:
    link, _ = witnessed.answered(case)
    make.go_the_road()
    complaint = drafting.finish(make.complaint(case, "PSB_STATION"), actor=Actor.of(borrower))

    answer = choose(complaint, link.pk, "named")

    assert (answer.status_code, answer.json()["code"]) == (409, "complaint_finished")


def test_a_complaint_that_used_an_erased_statement_says_so_and_is_a_draft_again(
    case: Case, borrower: User
) -> None:
    _, page = witnessed.answered(case)
    make.go_the_road()
    complaint = drafting.finish(make.complaint(case, "PSB_STATION"), actor=Actor.of(borrower))
    other = make.complaint(case, "LENDER")  # the witness did not agree to the lender

    page.erase()

    told = beside(complaint)
    complaint.refresh_from_db()
    assert (told["results"], [one["exhibit"] for one in told["erased"]]) == ([], ["C-1"])
    assert complaint.finished_at is None
    assert beside(other)["erased"] == []
