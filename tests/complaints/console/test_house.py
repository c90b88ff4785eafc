"""The queue, the red numbers and the operator's pages."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Role, User
from complaints.models import Complaint
from evidence import cases, custody, jobs
from evidence.custody import Act, Actor, Subject
from evidence.models import Case, EvidenceItem, Job
from tests import make
from tests.complaints.console.conftest import Desk, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def opened_case(borrower: User, title: str) -> Case:
    case = make.case(borrower, title=title, agreed=False)
    cases.open_to_review(case, by=borrower)
    return case


def park(item: EvidenceItem) -> Job:
    jobs.add("read", item.pk, version="9")
    job = Job.objects.get(stage="read", subject_id=item.pk, version="9")
    Job.objects.filter(pk=job.pk).update(parked_at=timezone.now(), last_problem="reading_failed")
    return job


def test_the_queue_tells_state_holder_and_number_of_items(
    holding: Desk, complaint: Complaint
) -> None:
    page = read(holding.get("queue"))

    assert complaint.case.title in page
    assert "当事人已完成" in page
    assert "<b>我</b>" in page


def test_cases_that_are_not_open_are_not_listed(desk: Desk, borrower: User) -> None:
    make.case(borrower, title="不公开的案件")

    assert "不公开的案件" not in read(desk.get("queue"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [("?show=free", {"甲"}), ("?show=mine", {"乙"}), ("?q=甲", {"甲"}), ("?q=丙", set())],
)
def test_a_search_in_the_address_narrows_the_queue(
    desk: Desk, borrower: User, query: str, shown: set[str]
) -> None:
    opened_case(borrower, "甲案")
    held = opened_case(borrower, "乙案")
    desk.post("claim", case_id=held.pk)

    page = read(desk.get("queue", query))

    assert {name for name in ("甲", "乙") if f"{name}案</bdi>" in page} == shown


def test_a_case_is_found_by_its_id(desk: Desk, borrower: User) -> None:
    opened_case(borrower, "甲案")
    wanted = opened_case(borrower, "乙案")

    page = read(desk.get("queue", f"?q={wanted.pk}"))

    assert "乙案</bdi>" in page
    assert "甲案</bdi>" not in page


def test_the_second_approval_has_a_search_of_its_own(
    holding: Desk, second_desk: Desk, complaint: Complaint, export: EvidenceItem
) -> None:
    ids = {"case_id": complaint.case_id}
    holding.get("item", item_id=export.pk, **ids)
    from complaints.composing.document import draft_sha256

    fields = {"decision": "approved", "draft": draft_sha256(complaint)}
    holding.post("decide", fields, complaint_id=complaint.pk, **ids)

    assert complaint.case.title in read(second_desk.get("queue", "?show=second"))
    assert complaint.case.title + "</bdi>" not in read(holding.get("queue", "?show=second"))


def test_the_queue_is_paged_and_asks_no_more_for_more_cases(
    desk: Desk, borrower: User, django_assert_max_num_queries
) -> None:
    opened_case(borrower, "第一案")
    with django_assert_max_num_queries(40) as few:
        desk.get("queue")
    for number in range(24):
        opened_case(borrower, f"又一案{number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        page = read(desk.get("queue"))

    assert page.count("data-open") == 20
    assert "第 1 / 2 页" in page


def test_a_stuck_job_a_missing_stamp_and_a_fault_are_a_red_number_on_every_page(
    desk: Desk, borrower: User
) -> None:
    assert 'class="alarms"' in read(desk.get("queue"))
    item = make.item(make.case(borrower))
    park(item)
    custody.record(
        Subject.ITEM,
        item.pk,
        Act.FAULT_FOUND,
        actor=Actor.system("verification"),
        facts={"verdict": "changed", "failed": ["bytes"]},
    )

    page = read(desk.get("queue"))

    assert 'class="alarms red"' in page
    assert "停住的任务 1，未盖时间戳 1，核验有问题 1" in page


def test_a_fault_that_a_later_check_does_not_find_is_no_alarm(desk: Desk, borrower: User) -> None:
    item = make.item(make.case(borrower))
    make.go_the_road()
    for act, verdict in ((Act.FAULT_FOUND, "changed"), (Act.CHECKED, "unchanged")):
        custody.record(
            Subject.ITEM,
            item.pk,
            act,
            actor=Actor.system("verification"),
            facts={"verdict": verdict},
        )

    assert "核验有问题 0" in read(desk.get("queue"))


def test_the_operator_sees_ids_and_codes_and_no_evidence(borrower: User) -> None:
    case = make.case(borrower, title="张某的案件")
    item = make.item(case, declaration=make.declaration(file_name="张某的通话.m4a"))
    park(item)
    desk = Desk.of(Role.OPERATOR)

    page = read(desk.get("operations"))

    assert str(item.pk) in page
    assert "reading_failed" in page
    assert "张某" not in page


def test_the_operator_asks_again_for_a_stuck_job(borrower: User) -> None:
    job = park(make.item(make.case(borrower)))
    desk = Desk.of(Role.OPERATOR)

    desk.post("retry", job_id=job.pk)

    job.refresh_from_db()
    assert job.parked_at is None
    assert job.asked == 2


def test_only_operators_enter_the_lists_of_accounts(desk: Desk, reviewer: User) -> None:
    operator = Desk.of(Role.OPERATOR)

    listed = read(operator.browser.get("/console/accounts/accounts/user/"))

    assert reviewer.username in listed
    refused = desk.browser.get("/console/accounts/accounts/user/")
    assert refused.status_code == 302
    without = make.signed_in(operator.person, second_factor=False)
    session = without.session
    session["account_authentication_methods"] = []
    session.save()
    assert without.get("/console/accounts/accounts/user/").status_code == 302


def test_nothing_is_changed_in_the_lists(reviewer: User) -> None:
    operator = Desk.of(Role.OPERATOR)
    path = f"/console/accounts/accounts/user/{reviewer.pk}/change/"

    assert operator.browser.get(path).status_code == 200
    assert operator.browser.post(path, {"role": "operator"}).status_code == 403
    assert operator.browser.get("/console/accounts/accounts/user/add/").status_code == 403
    reviewer.refresh_from_db()
    assert reviewer.role == Role.REVIEWER
