"""A complaint's signature is stamped by the first outside TSA that answers; who did not is told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from accounts.models import User
from complaints import outside_stamps, tasks
from complaints.bundle.errors import StampRefusedError
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Word
from complaints.models import Package
from complaints.stages import asking, handing
from evidence import custody, jobs
from evidence.custody import Act, Actor, Subject
from evidence.integrity import event
from evidence.integrity.timestamp import build_request
from evidence.vault import keyring
from tests import make
from tests.fakes.tsa_server import TsaServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[TsaServer]]:
    folder = tmp_path_factory.mktemp("tsa")
    with TsaServer(folder, "first") as first, TsaServer(folder, "second") as second:
        yield [first, second]


@pytest.fixture
def strangers(running: list[TsaServer], settings: Any, tmp_path: Path) -> list[TsaServer]:
    """Two outside TSAs in this order; items are not theirs to stamp here."""
    settings.SCRATCH_DIR = tmp_path / "scratch"
    settings.TSA_URLS = [each.entry for each in running]
    settings.TSA_STAMPS_ITEMS = False
    for each in running:
        each.how = "sound"
    return running


def built(borrower: User, strangers: list[TsaServer], *how: str) -> Package:
    """A package, made while the outside TSAs answer like this."""
    complaint = make.complaint(make.confirmed_case(borrower))
    for each, answer in zip(strangers, how, strict=True):
        each.how, each.asked = answer, 0
    asked = asking.ask(complaint, user=borrower)
    jobs.work(asking.STAGE, tasks.ROAD)
    return Package.objects.select_related("item", "complaint").get(pk=asked.pk)


def serial_of_token(paper: bytes) -> int:
    """Of the certificate that signed the token inside the complaint's signature."""
    [signature] = PdfFileReader(io.BytesIO(paper)).embedded_regular_signatures
    [token] = [
        attribute["values"][0]["content"]
        for attribute in signature.signer_info["unsigned_attrs"]
        if attribute["type"].native == "signature_time_stamp_token"
    ]
    return int(token["signer_infos"][0]["sid"].chosen["serial_number"].native)


def paper_of(row: Package, borrower: User) -> bytes:
    with handing.open_paper(row, actor=Actor.of(borrower)) as paper:
        return paper.read()


def test_the_first_in_the_settings_stamps_and_nobody_else_is_asked(
    borrower: User, strangers: list[TsaServer]
) -> None:
    row = built(borrower, strangers, "sound", "sound")

    assert row.is_offered
    assert (row.stamped_by, row.stamps_missed) == ("first", [])
    assert [each.asked for each in strangers] == [1, 0]
    own = strangers[0].house.tsa_certificate.serial_number
    assert serial_of_token(paper_of(row, borrower)) == own


def test_where_the_first_is_away_the_second_stamps_and_all_are_told(
    borrower: User, strangers: list[TsaServer]
) -> None:
    row = built(borrower, strangers, "away", "sound")
    told = make.signed_in(borrower).get(f"/api/packages/{row.pk}/").json()
    packaged = custody.log_of(Subject.COMPLAINT, row.complaint_id).get(act=Act.PACKAGED)
    facts = event.decode(bytes(packaged.raw)).facts
    with handing.open_zip(row, actor=Actor.of(borrower)) as kept:
        data = kept.read()
    given = tuple(strangers[1].house.roots())
    verdict = check_zip(
        io.BytesIO(data), Trusted(houses=frozenset([keyring.house().fingerprint]), given=given)
    )

    assert told["stamped_by"] == "second"
    assert told["stamps_missed"] == [{"source": "first", "why": "stamp_unavailable:http_503"}]
    assert (facts["signature_stamp"], facts["stamps_missed"]) == ("second", 1)
    assert verdict.verdict is Word.UNCHANGED
    said = [check.what for check in verdict.checks if check.name == "pdf"]
    assert any("outside TSA, root given by you" in what for what in said)


def test_where_none_gives_a_token_that_holds_the_house_s_own_stamps_and_both_are_told(
    borrower: User, strangers: list[TsaServer]
) -> None:
    row = built(borrower, strangers, "garbage", "rejects")

    assert row.is_offered
    assert row.stamped_by == "embedded"
    assert [each["source"] for each in row.stamps_missed] == ["first", "second"]
    assert all(each["why"].startswith("stamp_unavailable:") for each in row.stamps_missed)
    own = keyring.house().tsa_certificate.serial_number
    assert serial_of_token(paper_of(row, borrower)) == own


def test_a_source_that_is_named_badly_is_told_and_stops_nothing(settings: Any) -> None:
    settings.TSA_URLS = [{"name": "nowhere", "url": "http://192.0.2.1/"}]
    [stamper] = outside_stamps.configured()

    with pytest.raises(StampRefusedError) as refused:
        stamper.respond(build_request(bytes(32), 1))

    assert (refused.value.source, refused.value.why) == ("nowhere", "stamp_source_unknown")
