"""Which bytes are packed, and how the short parts of something are looked at together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

MOST_BYTES = 64 * 1024 * 1024  # of one thing that is unpacked: more is an exhibit's own bomb
ALONE_BYTES = 64  # of what was unwrapped: it may be a whole file
# Between short parts that stand together: no letter of any spelling, no white space, and long
# enough for every decoder to find its step again.
BETWEEN = b"\x01" * 8
DEFLATED = (b"\x1f\x8b", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


def is_archive(data: bytes) -> bool:
    """Whether a ZIP begins here, or hardly later."""
    return b"PK\x03\x04" in data[:64]


def is_pdf(data: bytes) -> bool:
    """Whether a PDF begins here; some have a few lines before it."""
    return b"%PDF-" in data[:1024]


def is_packed(data: bytes) -> bool:
    """Whether these bytes are opened as a whole: an archive, a PDF, a packed stream."""
    return data[:2] in DEFLATED or is_archive(data) or is_pdf(data) or b"<~" in data


def parted(name: str, parts: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Each part with a name.

    Long ones and packed ones by themselves; short ones, of which there are thousands, together.
    """
    short: list[bytes] = []
    for place, part in enumerate(parts):
        if len(part) >= ALONE_BYTES or is_packed(part):
            yield f"{name}-{place}", part
        else:
            short.append(part)
    if short:
        yield name, BETWEEN.join(short)
