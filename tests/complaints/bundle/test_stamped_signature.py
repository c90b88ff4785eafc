"""complaints/bundle/stamped_signature.py: TSAs are asked in order; who gave no token is told."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from complaints.bundle import signature, stamped_signature
from complaints.bundle.errors import StampRefusedError
from complaints.bundle.package_files import Missed, SignatureStamp
from complaints.bundle.stamping import EmbeddedStamper, Stamper

from . import make_package as make
from .stranger import Stranger


@dataclass
class Odd:
    """A TSA that gives no token that holds, whatever is asked; it counts how often."""

    source: str
    answer: bytes | None = None  # None: it is away
    asked: list[bytes] = field(default_factory=list)

    def respond(self, request_der: bytes) -> bytes:
        self.asked.append(request_der)
        if self.answer is None:
            raise StampRefusedError(source=self.source, why="stamp_unavailable:no_answer")
        return self.answer


def page() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def sign(*outside: Stamper, embedded: Stamper | None = None) -> tuple[bytes, SignatureStamp]:
    own = embedded or EmbeddedStamper(make.house(), make.clock)
    return stamped_signature.sign(
        page(), house=make.house(), outside=outside, embedded=own, at=make.clock()
    )


def issuer_of_token(pdf: bytes) -> str:
    [signed] = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    [token] = [
        each["values"][0]["content"]
        for each in signed.signer_info["unsigned_attrs"]
        if each["type"].native == "signature_time_stamp_token"
    ]
    return str(token["signer_infos"][0]["sid"].chosen["issuer"].human_friendly)


def test_the_first_that_answers_stamps():
    stranger, second = Stranger.make(), Odd("second")

    signed, told = sign(stranger, second)

    assert told == SignatureStamp(Stranger.source)
    assert "stranger.invalid" in issuer_of_token(signed)
    assert second.asked == []


def test_each_that_gave_none_is_told_in_the_order_in_which_it_was_asked():
    away = Odd("away")
    large = Odd("large", bytes(signature.TOKEN_BYTES + 1))

    signed, told = sign(away, large, Stranger.make())

    assert told.source == Stranger.source
    assert told.missed == (
        Missed("away", "stamp_unavailable:no_answer"),
        Missed("large", "stamp_too_large"),
    )
    assert "stranger.invalid" in issuer_of_token(signed)
    assert len(away.asked) == len(large.asked) == 1  # nobody is asked for the size alone


def test_where_none_answers_the_house_s_own_stamps():
    signed, told = sign(Odd("away"))

    assert told.source == "embedded"
    assert [each.source for each in told.missed] == ["away"]
    assert "stranger.invalid" not in issuer_of_token(signed)


def test_whoever_stamped_the_signature_the_house_stamps_the_whole_file():
    signed, _ = sign(Stranger.make())

    [archival] = PdfFileReader(io.BytesIO(signed)).embedded_timestamp_signatures
    own = make.house().tsa_certificate
    assert archival.signer_cert.serial_number == own.serial_number
    assert archival.compute_integrity_info() is None
    assert archival.coverage.name == "ENTIRE_FILE"


def test_without_the_house_s_own_token_there_is_no_signature():
    with pytest.raises(StampRefusedError):
        sign(Odd("away"), embedded=Odd("embedded"))
