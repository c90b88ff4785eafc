"""A smaller listening copy of a recording that no desk's page would take, for the parts.

Only where the original and its listening copy are both over the size of a desk that may be given
this package; the original itself is handed over as it is, on a medium.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from complaints.bundle import limits
from complaints.bundle.exhibits import Copy
from complaints.law import agencies
from evidence.cell import answers, usual
from evidence.cell import parent as cell
from evidence.media.bare_sound import is_bare_m4a
from evidence.media.small_sound import STEPS

BITS = frozenset(bits for bits, _ in STEPS)


def most_bytes(agency_id: str) -> int | None:
    """The smallest file that a desk takes which may be given a package for this agency."""
    own = agencies.agency(agency_id)
    given = (
        limits.most(desk.id, limits.What.FILE_BYTES)
        for desk in agencies.agencies().values()
        if agencies.may_be_given(desk, made_for=own)
    )
    return min((most for most in given if most is not None), default=None)


def of(
    playable: Callable[[], BinaryIO], *, size: int, original_bytes: int, most: int | None
) -> Iterator[Copy]:
    """The smaller copy, where one is needed and speech would still be understood.

    Args:
        playable: opens the listening copy of what is handed over.
        size: bytes in it.
        original_bytes: of what is handed over.
        most: as `most_bytes` says.
    """
    if most is None or min(original_bytes, size) <= most:
        return
    with playable() as file:
        made = cell.shrink(file, size=size, most_bytes=most, limits=usual.limits())
    m4a, bits = made.derived.get(answers.SMALL, b""), made.summary.get("bits_per_second")
    # A child that was taken over is not believed.
    is_sound = not made.problem and is_bare_m4a(m4a) and bits in BITS
    if not is_sound or len(m4a) > most:
        return  # it is listed for the medium: HANDOVER.txt says so
    yield Copy(
        name="small",
        extension="m4a",
        media_type="audio/mp4",
        open=partial(io.BytesIO, m4a),
        bits_per_second=bits,
    )
