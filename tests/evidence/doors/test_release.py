"""evidence/release.py: plain bytes go out by one door, which remembers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence import custody, release
from evidence.custody import Act, Actor, Subject
from evidence.errors import ItemUnreadableError
from evidence.integrity import event as events
from evidence.models import CaseKey, EvidenceItem, ItemKey
from evidence.vault.envelope import EnvelopeDamagedError
from tests import make

SOMEBODY = Actor.system("somebody")


@pytest.fixture
def item(case):
    return make.item(case, b"what was said")


def opened(item):
    return custody.log_of(Subject.ITEM, item.pk).filter(act=Act.OPENED)


def test_the_opening_names_who_opened(item):
    with release.open_item(item, actor=SOMEBODY) as file:
        assert file.read() == b"what was said"

    assert events.decode(bytes(opened(item).get().raw)).actor_id == "somebody"


def test_an_earlier_opening_than_an_hour_ago_is_recorded_anew(item):
    long_ago = timezone.now() - timedelta(minutes=61)
    custody.record(Subject.ITEM, item.pk, Act.OPENED, actor=SOMEBODY, at=long_ago)

    for _ in range(2):
        release.open_item(item, actor=SOMEBODY).close()

    assert opened(item).count() == 2


def test_another_person_s_opening_is_another_event(item):
    release.open_item(item, actor=SOMEBODY).close()
    release.open_item(item, actor=Actor.system("another")).close()

    assert opened(item).count() == 2


@pytest.mark.parametrize("key", [ItemKey, CaseKey])
def test_without_its_key_nothing_goes_out(item, key):
    key.objects.all().delete()
    item = EvidenceItem.objects.get(pk=item.pk)

    with pytest.raises(ItemUnreadableError):
        release.open_item(item, actor=SOMEBODY)

    assert not opened(item).exists()


def test_changed_bytes_do_not_go_out(item, vault):
    path = vault / item.vault_name
    path.write_bytes(path.read_bytes()[:-1] + b"!")

    with pytest.raises(EnvelopeDamagedError):
        release.open_item(item, actor=SOMEBODY)
