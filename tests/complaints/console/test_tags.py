"""complaints/console/tags.py: confirm, correct, reject with a reason; the suggestion stays."""

from __future__ import annotations

import pytest
from django.urls import reverse

from complaints.console.suggestions import Card
from evidence.models import Case, EvidenceItem, Tag, TagDecision
from tests.complaints.console.conftest import Desk, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture
def tag(opened: Case, desk: Desk) -> Tag:
    """A suggestion of a case that this desk holds."""
    desk.post("claim", case_id=opened.pk)
    found = Tag.objects.filter(item__case=opened, label="threat").first()
    assert found is not None
    return found


def decide(desk: Desk, tag: Tag, **fields: str) -> None:
    case = tag.item.case_id
    back = reverse("console:item", kwargs={"case_id": case, "item_id": tag.item_id})
    answer = desk.post("tags", {"tag": str(tag.pk), "next": back, **fields}, case_id=case)
    assert answer.status_code == 302


def shown(desk: Desk, tag: Tag) -> str:
    return read(desk.get("item", case_id=tag.item.case_id, item_id=tag.item_id))


def test_a_correction_names_kind_and_words_by_copying_them(desk: Desk, tag: Tag) -> None:
    words = tag.words[2:7]
    decide(desk, tag, decision="corrected", kind="INSULT", words=words, reason="是骂人")

    made = TagDecision.objects.filter(tag=tag).latest("at")
    assert (made.kind, made.words, made.reason) == ("INSULT", words, "是骂人")
    page = shown(desk, tag)
    assert f"“<bdi>{words}</bdi>”" in page
    assert "是骂人" in page


def test_words_that_are_not_in_the_text_are_refused(desk: Desk, tag: Tag) -> None:
    before = TagDecision.objects.count()

    decide(desk, tag, decision="corrected", kind="INSULT", words="没有写过的话")

    assert TagDecision.objects.count() == before


def test_a_rejection_keeps_its_reason_and_no_kind(desk: Desk, tag: Tag) -> None:
    decide(desk, tag, decision="rejected", kind="INSULT", words="x", reason="是正常提醒")

    made = TagDecision.objects.filter(tag=tag).latest("at")
    assert (made.decision, made.kind, made.words, made.reason) == (
        "rejected", "", "", "是正常提醒",
    )  # fmt: skip
    assert Tag.objects.get(pk=tag.pk).kind == tag.kind


def test_how_sure_a_rule_is_stands_in_words(desk: Desk, tag: Tag) -> None:
    assert tag.confidence is not None
    page = shown(desk, tag)

    word = {"high": "把握较大", "medium": "有一定把握", "low": "把握不大，请仔细核对"}
    assert word[str(Card(1, tag, "", (), tag.pk).sureness)] in page
    assert f"{tag.confidence:.2f}" not in page


def test_a_low_confidence_asks_to_look_closely(desk: Desk, opened: Case) -> None:
    Tag.objects.filter(item__case=opened).update(confidence=0.7)
    item = EvidenceItem.objects.get(case=opened)

    assert "把握不大，请仔细核对" in read(desk.get("item", case_id=opened.pk, item_id=item.pk))
