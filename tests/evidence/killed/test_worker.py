"""Workers are killed again and again: every item is sealed, read and tagged exactly once."""

from __future__ import annotations

import json
import random
import time

import pytest

from tests.evidence.killed.house import House, kill

ITEMS = 8
KILLS = 3
WITHIN_S = 120
BRING = f"""
import io
import django; django.setup()
from accounts.models import User
from evidence import intake
from evidence.custody import Actor
from evidence.models import Case
case = Case.objects.get(); actor = Actor.of(case.borrower)
row = '<sms address="+8613700000001" date="%d" type="1" body="再不还钱就去你单位 %d"/>'
for n in range({ITEMS}):
    rows = "".join(row % (1772377200000 + i * 1000, n) for i in range(200))
    content = f'<smses count="200">{{rows}}</smses>'.encode()
    said = intake.Declaration(source="received", file_name="sms.xml")
    intake.receive(io.BytesIO(content), case=case, kind="message_export", actor=actor,
                   declaration=said)
"""
# Waits in one process: each start of another costs seconds that the workers need.
LOOK = f"""
import json, time
import django; django.setup()
from collections import Counter
from evidence.models import *
from evidence.custody import Act
last = time.monotonic() + {WITHIN_S}
while Job.objects.open().exists() and time.monotonic() < last:
    time.sleep(0.2)
acts = Counter(CustodyEvent.objects.filter(subject_type="item").values_list("act", flat=True))
print(json.dumps({{
    "open": Job.objects.open().count(),
    "parked": Job.objects.parked().count(),
    "items": EvidenceItem.objects.count(),
    "tokens": TimeStampToken.objects.count(),
    "readings": Reading.objects.count(),
    "records": Record.objects.count(),
    "taggings": Tagging.objects.count(),
    "acts": acts,
}}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    return House(tmp_path_factory.mktemp("worker") / "var")


def test_killed_workers_leave_all_of_a_stage_or_none_of_it(house):
    chance = random.Random(20261123)
    house.python(BRING)
    for _ in range(KILLS):
        with house.worker() as process:
            time.sleep(chance.uniform(2.5, 6))  # anywhere: starting, sealing, reading, tagging
            kill(process)

    with house.worker():
        seen = json.loads(house.python(LOOK).splitlines()[-1])

    assert (seen["open"], seen["parked"]) == (0, 0)
    counts = [seen[name] for name in ("items", "tokens", "readings", "taggings")]
    assert counts == [ITEMS] * 4
    assert seen["records"] == ITEMS * 200
    acts = seen["acts"]
    assert [acts[act] for act in ("received", "sealed", "read", "tagged")] == [ITEMS] * 4
    house.manage("check_log")
    house.manage("verify_items")
