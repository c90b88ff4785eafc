"""evidence/stages/sealing.py: our own stamp at once, a stranger's as soon as there is one."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import timezone

from evidence import custody, tasks, verification
from evidence.custody import Act, Subject
from evidence.models import EvidenceItem, Job, TimeStampToken
from tests import make
from tests.fakes.tsa_server import TsaServer


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TsaServer]:
    with TsaServer(tmp_path_factory.mktemp("tsa")) as server:
        yield server


@pytest.fixture
def stranger_tsa(running, settings) -> TsaServer:
    running.how = "sound"
    settings.TSA_URLS = [running.entry]
    settings.TSA_STAMPS_ITEMS = True
    return running


def test_the_house_s_own_token_says_that_it_is_self_issued(case):
    item = make.item(case)
    make.go_the_road()

    token = TimeStampToken.objects.get(item=item)
    assert (token.source, token.is_self_issued) == ("embedded", True)
    assert token.verifier == "liuzheng, rfc3161-client"


@pytest.mark.tool("openssl")
def test_openssl_accepts_the_house_s_own_token(case, house, tmp_path):
    item = make.item(case)
    make.go_the_road()
    token = TimeStampToken.objects.get(item=item)

    assert openssl_verifies(token, item, house.roots(), tmp_path)


@pytest.mark.tool("openssl")
def test_openssl_accepts_a_stranger_s_token(case, stranger_tsa, tmp_path):
    item = make.item(case)
    make.go_the_road()
    token = TimeStampToken.objects.get(item=item, source="stranger")

    assert not token.is_self_issued
    assert openssl_verifies(token, item, stranger_tsa.house.roots(), tmp_path)


def test_a_stranger_s_stamp_is_an_event_and_holds(case, stranger_tsa):
    item = make.item(case)

    make.go_the_road()

    sealed = custody.log_of(Subject.ITEM, item.pk).filter(act=Act.SEALED)
    assert sealed.count() == 2
    verdict = verification.verify_item(item)
    assert verdict.verdict == "unchanged"
    assert "token:stranger" in {check.name for check in verdict.checks}


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("away", "http_503"),
        ("absent", "http_404"),
        ("cut", "no_answer"),
        ("compressed", "stamp_unreadable"),
        ("hour_off", "stamp_clock_differs"),
        ("html", "wrong_content_type"),
        ("garbage", "stamp_unreadable"),
        ("huge", "answer_too_long"),
        ("moved", "http_302"),
        ("rejects", "stamp_not_granted"),
    ],
)
def test_an_answer_that_does_not_hold_is_named_and_asked_again(case, stranger_tsa, how, why):
    stranger_tsa.how = how
    item = make.item(case)
    make.go_the_road()
    job = Job.objects.get(stage="stamp")
    assert job.last_problem == f"stamp_unavailable:{why}"
    assert not TimeStampToken.objects.filter(source="stranger").exists()

    stranger_tsa.how = "sound"
    Job.objects.filter(pk=job.pk).update(next_at=timezone.now())
    tasks.work("stamp")

    assert TimeStampToken.objects.filter(item=item, source="stranger").exists()


def test_an_old_answer_played_again_answers_another_request(case, stranger_tsa):
    stranger_tsa.how = "replayed"
    make.item(case)
    make.go_the_road()
    make.item(case, b"another")

    make.go_the_road()

    assert Job.objects.get(stage="stamp", last_problem="stamp_unavailable:stamp_wrong_imprint")


def test_a_stranger_whose_roots_are_our_own_is_none(case, stranger_tsa, settings, house, tmp_path):
    """A house that lists its own root for an outside TSA would be its own witness."""
    both = tmp_path / "both.pem"
    own = house.roots()[0].public_bytes(Encoding.PEM)
    both.write_bytes(own + stranger_tsa.roots.read_bytes())
    settings.TSA_URLS = [{**stranger_tsa.entry, "roots": str(both)}]
    answered = stranger_tsa.house
    stranger_tsa.house = house
    make.item(case)

    make.go_the_road()

    stranger_tsa.house = answered
    assert Job.objects.get(stage="stamp").last_problem == "stamp_unavailable:stamp_self_issued"


def test_a_tsa_that_does_not_listen_is_waited_for(case, stranger_tsa, settings):
    settings.TSA_URLS = [{**stranger_tsa.entry, "url": "http://127.0.0.1:9/"}]
    make.item(case)

    make.go_the_road()

    job = Job.objects.get(stage="stamp")
    assert job.last_problem == "stamp_unavailable:no_answer"
    assert job.next_at > timezone.now()
    assert EvidenceItem.objects.sealed().count() == 1


def test_a_token_whose_roots_are_not_ours_to_trust_is_refused(
    case, stranger_tsa, settings, house, tmp_path
):
    other = tmp_path / "other.pem"
    other.write_bytes(house.roots()[0].public_bytes(Encoding.PEM))
    settings.TSA_URLS = [{**stranger_tsa.entry, "roots": str(other)}]
    make.item(case)

    make.go_the_road()

    assert Job.objects.get(stage="stamp").last_problem == "stamp_unavailable:stamp_chain_unknown"


def test_without_the_setting_nobody_is_asked_about_an_item(case, stranger_tsa, settings):
    settings.TSA_STAMPS_ITEMS = False
    item = make.item(case)

    make.go_the_road()

    assert not Job.objects.filter(stage="stamp").exists()
    assert not TimeStampToken.objects.filter(item=item, source="stranger").exists()


def openssl_verifies(token: TimeStampToken, item: EvidenceItem, roots: list, folder: Path) -> bool:
    response, pem = folder / "response.tsr", folder / "roots.pem"
    response.write_bytes(bytes(token.response))
    pem.write_bytes(b"".join(root.public_bytes(Encoding.PEM) for root in roots))
    command = ["openssl", "ts", "-verify", "-digest", item.sha256, "-sha256"]
    command += ["-in", str(response), "-CAfile", str(pem)]
    finished = subprocess.run(command, capture_output=True, check=False)
    return b"Verification: OK" in finished.stdout + finished.stderr
