"""complaints/views/witness_links.py: the borrower makes a link, sees it, revokes it, reads."""

from __future__ import annotations

import pytest

from accounts.models import User
from complaints.models import WitnessLink
from complaints.stages import witnessing
from evidence import custody
from evidence.custody import Act, Subject
from evidence.models import Case
from tests import make
from tests.complaints import witnessed
from tests.complaints.witnessed import NAME, SAID, Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]
JSON = "application/json"


@pytest.fixture
def case(borrower: User) -> Case:
    return make.case(borrower)


def listed(case: Case) -> list[dict[str, object]]:
    browser = make.signed_in(case.borrower)
    return list(browser.get(f"/api/cases/{case.pk}/witness-links/").json()["results"])


def test_the_address_is_given_once_and_the_state_is_seen_from_open_to_answered(case: Case) -> None:
    browser = make.signed_in(case.borrower)
    made = browser.post(
        f"/api/cases/{case.pk}/witness-links/", {"label": "小姨"}, content_type=JSON
    ).json()
    states = [listed(case)[0]["state"]]
    page = Page()
    page.bind(made["url"])
    states.append(listed(case)[0]["state"])
    page.state()
    states.append(listed(case)[0]["state"])

    assert states == ["open", "bound", "answered"]
    assert "url" not in listed(case)[0]
    assert made["label"] == "小姨"


def test_a_revoked_link_is_seen_as_revoked_and_revoking_twice_is_one_act(case: Case) -> None:
    link, _ = witnessed.invited(case)
    browser = make.signed_in(case.borrower)

    codes = [browser.delete(f"/api/witness-links/{link.pk}/").status_code for _ in range(2)]

    assert codes == [204, 204]
    assert listed(case)[0]["state"] == "revoked"
    rows = custody.log_of(Subject.WITNESS_LINK, link.pk)
    assert rows.filter(act=Act.WITNESS_REVOKED).count() == 1


def test_revoking_after_the_answer_keeps_it_and_ends_what_could_still_be_sent(case: Case) -> None:
    link, page = witnessed.answered(case)
    make.signed_in(case.borrower).delete(f"/api/witness-links/{link.pk}/")

    sent = page.picture(b"another picture")

    assert listed(case)[0]["state"] == "answered"
    assert sent.json()["code"] == "witness_link_revoked"
    assert page.standing().json()["receipts"]


def test_the_borrower_reads_the_words_and_the_look_is_recorded(case: Case) -> None:
    link, _ = witnessed.answered(case)

    told = make.signed_in(case.borrower).get(f"/api/witness-links/{link.pk}/statement/").json()

    assert told["answers"]["said"] == SAID
    assert told["name"] == NAME  # one desk is to be told it
    log = custody.log_of(Subject.ITEM, link.statement.item_id)
    assert log.filter(act=Act.OPENED).exists()


def test_without_an_answer_there_is_nothing_to_read(case: Case) -> None:
    link, _ = witnessed.invited(case)

    answer = make.signed_in(case.borrower).get(f"/api/witness-links/{link.pk}/statement/")

    assert answer.status_code == 404


def test_too_many_waiting_links_are_refused(case: Case) -> None:
    for _ in range(witnessing.MAX_WAITING):
        witnessed.invited(case)

    answer = make.signed_in(case.borrower).post(
        f"/api/cases/{case.pk}/witness-links/", {}, content_type=JSON
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "witness_links_full")
    assert WitnessLink.objects.count() == witnessing.MAX_WAITING
