"""The complaint's signature with the token of the first TSA that gives one, in the order given.

Outside TSAs come first; the house's embedded one is always there, so a signature never waits for
strangers. Who was asked in vain is told beside the package: a missing stamp is a visible state.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from complaints.bundle import signature
from complaints.bundle.errors import StampRefusedError
from complaints.bundle.package_files import Missed, SignatureStamp
from complaints.bundle.stamping import Stamper
from evidence.integrity.house import House


def sign(
    pdf: bytes, *, house: House, outside: Sequence[Stamper], embedded: Stamper, at: datetime
) -> tuple[bytes, SignatureStamp]:
    """The signed file, and whose token its signature carries.

    Args:
        pdf: the file to sign.
        house: whose PDF signer signs.
        outside: asked in this order; each next one only when the one before gave no token.
        embedded: the house's own TSA: asked last, and for the archival stamp.
        at: the date of the revocation list, aware.

    Raises:
        StampRefusedError: even the embedded TSA gave none.
    """
    missed: list[Missed] = []
    for stamper in outside:
        try:
            signed = signature.sign(pdf, house=house, stamper=stamper, archive=embedded, at=at)
        except StampRefusedError as refused:
            missed.append(Missed(stamper.source, refused.why))
        else:
            return signed, SignatureStamp(stamper.source, tuple(missed))
    signed = signature.sign(pdf, house=house, stamper=embedded, archive=embedded, at=at)
    return signed, SignatureStamp(embedded.source, tuple(missed))
