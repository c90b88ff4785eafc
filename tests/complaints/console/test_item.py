"""complaints/console/items.py: proof on screen, hostile text harmless, each look recorded."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest

from accounts.models import User
from evidence import cases, custody, decisions, jobs, tasks
from evidence.custody import Act, Subject
from evidence.models import Case, EvidenceItem, ItemOrigin, TimeStampToken
from tests import make
from tests.complaints.console.conftest import Desk, read
from tests.evidence.provenance import files
from tests.evidence.shots import shot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]

HOSTILE = "<script>alert(1)</script>\u202e不还钱就上门砍死你\u202c"


def hostile_case(borrower: User, *bodies: str) -> EvidenceItem:
    """An opened case whose title, file name, device, messages and contact are hostile."""
    rows = "".join(
        f'<sms protocol="0" address="+8613700000001" date="{1772377200000 + i}" type="1" '
        f'subject="null" body={quoteattr(body)} read="1" status="-1" '
        f"contact_name={quoteattr('<b>x</b>')} />"
        for i, body in enumerate(bodies)
    )
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    case = make.case(borrower, title=f"<img src=x onerror=alert(1)>{HOSTILE}")
    item = make.item(
        case,
        f'{head}<smses count="{len(bodies)}">{rows}</smses>'.encode(),
        kind=EvidenceItem.Kind.MESSAGE_EXPORT,
        declaration=make.declaration(file_name=f"{HOSTILE}.xml", device=HOSTILE, how=HOSTILE),
    )
    make.go_the_road()
    cases.open_to_review(case, by=borrower)
    return item


def acts(item: EvidenceItem, act: Act) -> int:
    return custody.log_of(Subject.ITEM, item.pk).filter(act=act).count()


def test_digest_token_and_check_state_are_on_the_screen(
    desk: Desk, opened: Case, export: EvidenceItem
) -> None:
    page = read(desk.get("item", case_id=opened.pk, item_id=export.pk))

    assert " ".join(export.sha256[at : at + 4] for at in range(0, 64, 4)) in page
    sm3 = export.digests.get().digest
    assert " ".join(sm3[at : at + 4] for at in range(0, 64, 4)) in page
    assert "自签" in page
    assert "从未核验" in page
    assert "SMS Backup & Restore 备份 · 读取程序 sms_backup" in page


def test_an_unsealed_item_says_so(desk: Desk, borrower: User) -> None:
    case = make.case(borrower)
    item = make.item(case)
    cases.open_to_review(case, by=borrower)

    page = read(desk.get("item", case_id=case.pk, item_id=item.pk))

    assert not TimeStampToken.objects.exists()
    assert '<b class="bad">未盖时间戳</b>' in page
    assert "还没有读取" in page
    assert "等待后台计算" in page


def test_a_house_without_sm3_says_so(desk: Desk, borrower: User, without_sm3: None) -> None:
    case = make.case(borrower)
    item = make.item(case)
    make.go_the_road()
    cases.open_to_review(case, by=borrower)

    page = read(desk.get("item", case_id=case.pk, item_id=item.pk))

    assert "本机不提供 SM3，未计算" in page


def test_what_phone_and_file_say_is_shown_as_no_proof(desk: Desk, borrower: User) -> None:
    case = make.case(borrower)
    said = make.declaration(file_name="mmexport1772598781000.png")
    item = make.item(case, files.png((90, 80), Software="<b>美图</b>"), declaration=said)
    make.go_the_road()
    cases.open_to_review(case, by=borrower)

    page = desk.get("item", case_id=case.pk, item_id=item.pk).content.decode()

    assert "手机和文件自己怎么说（不是证明）" in page
    assert "看起来是从聊天软件里保存或转发出来的" in page
    assert "&lt;b&gt;美图&lt;/b&gt;" in page
    assert "<b>美图" not in page


def test_checking_now_leaves_an_event_and_its_result(
    desk: Desk, opened: Case, export: EvidenceItem
) -> None:
    page = desk.told(desk.post("check", case_id=opened.pk, item_id=export.pk))

    assert "没有改动" in page
    assert acts(export, Act.CHECKED) == 1


def test_looking_is_recorded_once_an_hour_per_person(
    desk: Desk, second_desk: Desk, opened: Case, export: EvidenceItem
) -> None:
    for _ in range(3):
        desk.get("item", case_id=opened.pk, item_id=export.pk)
    second_desk.get("item", case_id=opened.pk, item_id=export.pk)

    viewed = custody.log_of(Subject.CASE, opened.pk).filter(act=Act.CASE_VIEWED)
    assert viewed.count() == 2
    shown = [row for row in custody.log_of(Subject.ITEM, export.pk) if row.act == Act.OPENED]
    assert sum(b'"shown":"records"' in bytes(row.raw) for row in shown) == 2


def test_the_case_page_opens_no_item(desk: Desk, opened: Case, export: EvidenceItem) -> None:
    before = acts(export, Act.OPENED)

    read(desk.get("case", case_id=opened.pk))

    assert acts(export, Act.OPENED) == before


def test_of_an_export_only_the_marked_records_are_shown_at_first(
    desk: Desk, opened: Case, export: EvidenceItem
) -> None:
    courier = "你好，快递已放在门口"

    at_first = read(desk.get("item", case_id=opened.pk, item_id=export.pk))
    on_asking = read(desk.get("item", "?only=all", case_id=opened.pk, item_id=export.pk))

    assert courier not in at_first
    assert courier in on_asking


def test_the_words_a_rule_matched_are_marked_with_rule_and_reason(
    desk: Desk, opened: Case, export: EvidenceItem
) -> None:
    page = read(desk.get("item", case_id=opened.pk, item_id=export.pk))
    tag = export.tags.exclude(rule="").first()

    assert "<mark>" in page
    assert tag.rule in page
    assert tag.reason_zh in page


def test_hostile_text_is_only_ever_text(desk: Desk, borrower: User) -> None:
    item = hostile_case(borrower, HOSTILE)
    ids = {"case_id": item.case_id, "item_id": item.pk}

    pages = [
        desk.get("item", "?only=all", **ids).content.decode(),
        desk.get("case", case_id=item.case_id).content.decode(),
        desk.get("queue").content.decode(),
    ]

    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page
        assert "U+202E" in page
    assert ItemOrigin.objects.get().device == HOSTILE  # what was received stays as it is


def test_a_text_without_end_is_cut_until_asked_for(desk: Desk, borrower: User) -> None:
    item = hostile_case(borrower, "long" * 60_000)
    ids = {"case_id": item.case_id, "item_id": item.pk}
    record = item.readings.get().records.get()

    short = desk.get("item", **ids).content.decode()
    whole = desk.get("item", f"?whole={record.pk}", **ids).content.decode()

    assert len(short) < 100_000
    assert whole.count("long") >= 60_000


def test_records_are_paged(desk: Desk, borrower: User) -> None:
    item = hostile_case(borrower, *(f"第{n}条消息" for n in range(45)))
    ids = {"case_id": item.case_id, "item_id": item.pk}

    second = read(desk.get("item", "?only=all&page=2", **ids))

    assert "第44条消息" in second
    assert "第1条消息" not in second


def test_a_page_of_many_records_asks_no_more_than_one_of_few(
    desk: Desk, borrower: User, stranger: User, django_assert_max_num_queries
) -> None:
    few = hostile_case(borrower, "不还钱就上门砍死你")
    many = hostile_case(stranger, *(f"{n} 不还钱就上门砍死你" for n in range(38)))
    for item in (few, many):  # what is recorded once an hour is recorded now
        desk.get("item", case_id=item.case_id, item_id=item.pk)

    with django_assert_max_num_queries(60) as small:
        desk.get("item", case_id=few.case_id, item_id=few.pk)
    with django_assert_max_num_queries(len(small.captured_queries)):
        desk.get("item", case_id=many.case_id, item_id=many.pk)


def test_our_own_stamp_is_called_self_issued_beside_the_item_and_in_the_list(holding, export):
    page = read(holding.browser.get(f"/console/cases/{export.case_id}/items/{export.pk}/"))

    assert "<b>自签</b>" in page
    assert "已盖时间戳 · 自签" in page
    assert "已有 0 家，需要 1 家" in page


def test_a_screenshot_names_the_others_that_show_the_same_messages(
    desk: Desk, opened: Case
) -> None:
    first, second = shot(opened, 0, 5), shot(opened, 2, 7)
    decisions.compare_screens_again(opened.pk)
    jobs.work(tasks.COMPARE, tasks.ROAD)

    page = read(desk.get("item", case_id=opened.pk, item_id=first.pk))

    assert "有 3 条相同的消息，只算一次" in page
    assert str(second.pk) in page
