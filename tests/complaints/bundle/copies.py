"""A case in which one exhibit is handed over as a redacted copy, as the house would make it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit, Form, Parent, Receipt
from evidence.integrity import event, receipt, redaction
from evidence.integrity.digest import sha256_hex
from evidence.integrity.event import Act
from evidence.media import redaction as engine

from . import make_package as make

ORIGINAL = make.screenshot(1080, 1200)
BOXES = ([40, 80, 400, 100], [640, 230, 400, 100])
SALT = bytes.fromhex(sha256_hex(b"the salt of this redaction"))
COMMITMENT = redaction.parent_commitment(SALT, sha256_hex(ORIGINAL))


def copied(**facts: Any) -> Exhibit:
    """B-2 as a copy of `ORIGINAL` without two bubbles; `facts` change its `redacted` event."""
    house = make.house()
    made = engine.picture(io.BytesIO(ORIGINAL), BOXES)
    whole = make.exhibit(
        "B-2",
        made.png,
        of=house,
        name="聊天截图",
        media_type="image/png",
        extension="png",
        form=Form.REDACTED,
        parent=Parent(commitment=COMMITMENT, removed=("遮盖副本：已永久移除 2 处",)),
    )
    told = {"parent": COMMITMENT, "places": len(BOXES), **facts}
    raws = make.chain(
        whole.item,
        whole.sha256,
        whole.size,
        (Act.SEALED, {"sha256": whole.sha256}),
        (Act.REDACTED, told),
        origin="redaction",
    )
    return with_chain(whole, raws)


def with_chain(whole: Exhibit, raws: tuple[bytes, ...]) -> Exhibit:
    """The exhibit with this chain, and a receipt over its first event."""
    house = make.house()
    raw = receipt.encode(
        item=whole.item,
        sha256=whole.sha256,
        size=whole.size,
        received_at=make.ARRIVED,
        event=event.leaf_data(raws[0]).hex(),
        claimed=False,
    )
    signed = Receipt(raw=raw, signature=receipt.sign(raw, house.log_key))
    return replace(whole, custody=raws, receipt=signed)


def redacted(copy: Exhibit | None = None) -> tuple[PackageContent, str]:
    """The sample case with that copy as B-2, and the digest of what it was made from."""
    whole, made = make.content(), copy or copied()
    exhibits = tuple(made if each.number == "B-2" else each for each in whole.exhibits)
    return replace(whole, exhibits=exhibits), sha256_hex(ORIGINAL)
