"""Lays what was claimed beside what the file carries, and notes where they agree or differ.

A note says what is there and never what it proves: every one has an innocent reading, which stands
beside it in words (`provenance-seen-…` of the catalogue).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from . import names
from .codes import EDITS, GENERATED
from .editors import is_editor
from .names import Name
from .said import (
    DAY,
    NEVER_SET,
    SEPARATOR,
    Claim,
    Fact,
    Found,
    Moment,
    Observation,
    Statement,
    unique,
)
from .screens import is_screen, is_shrunk, size

SLACK: Final = timedelta(minutes=5)  # between a recorder's name and its header
CLOCK_SLACK: Final = timedelta(minutes=10)  # between the phone's clock and ours
ZONES: Final = timedelta(hours=14)
HOUR: Final = timedelta(hours=1)
JUST_NOW: Final = timedelta(minutes=2)  # a browser that is given no date says "now"

MADE: Final = (
    "exif_taken", "apple_created", "container_created", "media_created", "broadcast_created",
    "png_created", "xmp_created", "pdf_created", "export_date",
)  # fmt: skip
CHANGED: Final = (
    "exif_changed", "container_modified", "xmp_modified", "png_time", "pdf_modified", "zip_last",
)  # fmt: skip
PROGRAMS: Final = ("software", "creator_tool", "encoder")
DATELESS: Final = frozenset({"amr", "amr_wb", "silk", "aac", "bmp", "gif"})
PHOTOS: Final = frozenset({"jpeg", "heic"})
CHATS: Final = frozenset({"wechat", "wechat_pc", "qq", "qq_pc", "whatsapp"})


def state(claim: Claim, found: Found) -> Statement:
    """All that is said of one file, claims first, and the notes on it."""
    name = names.read(claim.file_name)
    facts = unique([*_claims(claim, name), *found.facts])
    told = {fact.code: fact for fact in facts}
    notes = [*_times(claim, found, told), *_marks(name, found, told)]
    return Statement(facts, tuple(notes) or (Observation("nothing_to_say"),))


def _claims(claim: Claim, name: Name) -> Iterator[Fact]:
    yield from names.facts(name)
    if claim.modified_at is not None:
        yield Fact("phone_modified", time=Moment.of(claim.modified_at))
    if claim.captured_at is not None:
        yield Fact("phone_captured", time=Moment.of(claim.captured_at))
    if claim.has_digest:
        yield Fact("phone_digest", "yes")
    yield Fact("received", time=Moment.of(claim.received_at))


def _times(claim: Claim, found: Found, told: Mapping[str, Fact]) -> Iterator[Observation]:
    length = timedelta(seconds=found.length_s)
    usable = {code: f.time for code, f in told.items() if f.time and f.time.is_usable()}
    made: list[str] = [code for code in MADE if code in usable]
    # A picture saved from a chat is named by when it was saved: no time of its making.
    chat = told.get("name_kind", Fact("")).text.endswith("chat_media")
    first = "name_time" if "name_time" in usable and not chat else None
    anchor = first or (made[0] if made else None)
    for code in made:
        if anchor is not None and code != anchor:
            yield _compared(anchor, code, usable, length)
    yield from _on_the_phone(claim, anchor, usable, length)
    origin = made[0] if made else first
    for code in CHANGED:
        if code in usable and origin in usable:
            gap = usable[code].utc() - usable[origin].utc()
            if gap > SLACK + length and DAY not in (usable[code].state, usable[origin].state):
                yield Observation("changed_later", (origin, code), _seconds(gap))
    yield from _after_received(claim, usable)
    unset = tuple(c for c, f in told.items() if f.time is not None and f.time.state == NEVER_SET)
    if unset:
        yield Observation("never_set", unset)


def _on_the_phone(
    claim: Claim, anchor: str | None, usable: Mapping[str, Moment], length: timedelta
) -> Iterator[Observation]:
    """The phone's "last modified" beside when it was made; later is what copying does."""
    if anchor is None or "phone_modified" not in usable or claim.modified_at is None:
        return
    if claim.captured_at and abs(claim.captured_at - claim.modified_at) <= JUST_NOW:
        return
    note = _compared(anchor, "phone_modified", usable, length)
    is_later = claim.modified_at > usable[anchor].utc()
    if note.code == "differ" and is_later:
        yield Observation("later_on_phone", note.facts, note.seconds)
    else:
        yield note


def _compared(
    first: str, second: str, usable: Mapping[str, Moment], length: timedelta
) -> Observation:
    """`agree`, `differ_by_hours` or `differ`; a recorder may note its beginning or its end."""
    one, two = usable[first], usable[second]
    pair = (first, second)
    if DAY in (one.state, two.state):
        if one.day() == two.day():
            return Observation("agree", pair)
        days = abs(two.utc() - one.utc())
        return Observation("differ", pair, _seconds(days))
    gap = abs(two.utc() - one.utc())
    if gap <= SLACK + length:
        return Observation("agree", pair, _seconds(gap))
    hours = HOUR * round(gap / HOUR)
    if hours and hours <= ZONES and abs(gap - hours) <= SLACK:
        return Observation("differ_by_hours", pair, _seconds(gap))
    return Observation("differ", pair, _seconds(gap))


def _after_received(claim: Claim, usable: Mapping[str, Moment]) -> Iterator[Observation]:
    for code, moment in usable.items():
        if code == "received":
            continue
        gap = moment.utc() - claim.received_at
        # Without a zone, the clock may have stood in any.
        if gap > (CLOCK_SLACK if moment.zone else ZONES + CLOCK_SLACK):
            yield Observation("after_received", (code, "received"), _seconds(gap))


def _marks(name: Name, found: Found, told: Mapping[str, Fact]) -> Iterator[Observation]:
    if "unreadable" in told:
        yield Observation("unreadable")
    if found.format in DATELESS:
        yield Observation("holds_no_dates")
    edited = tuple(code for code in PROGRAMS if code in told and is_editor(told[code].text))
    if edited:
        yield Observation("edited_by_software", edited)
    yield from _picture_marks(name, found, told)
    yield from _credentials(told)


def _credentials(told: Mapping[str, Fact]) -> Iterator[Observation]:
    """What a signed statement says, whatever its signature is worth; nothing of it is judged."""
    if "c2pa_state" in told:
        yield Observation(f"c2pa_{told['c2pa_state'].text}", ("c2pa_state",))
    generated = tuple(c for c in ("c2pa_source", "c2pa_part_source") if GENERATED & _words(c, told))
    if generated:
        yield Observation("c2pa_generated", generated)
    if EDITS & _words("c2pa_actions", told):
        yield Observation("c2pa_edited", ("c2pa_actions",))


def _words(code: str, told: Mapping[str, Fact]) -> set[str]:
    return set(told[code].text.split(SEPARATOR)) if code in told else set()


def _picture_marks(name: Name, found: Found, told: Mapping[str, Fact]) -> Iterator[Observation]:
    wide = size(told["picture_size"].text) if "picture_size" in told else None
    on_screen = wide is not None and is_screen(*wide)
    is_shot = name.kind == "screenshot" or (on_screen and found.format == "png")
    is_bare = "unreadable" not in told and not (
        {"camera_make", "camera_model", "exif_taken", "exif_digitized"} & told.keys()
    )
    is_shrunk_copy = found.format == "jpeg" and "jfif" in told and name.kind == "unknown"
    if name.app in CHATS and name.kind == "chat_media":
        yield Observation("looks_forwarded", ("name_kind",))
    elif is_bare and is_shrunk_copy and wide is not None and is_shrunk(*wide):
        yield Observation("looks_forwarded", ("jfif", "picture_size"))
    # A chat app's own camera writes no marks.
    is_photo = found.format in PHOTOS and name.kind == "camera" and name.app not in CHATS
    if is_bare and is_photo:
        yield Observation("looks_stripped", ("name_kind",))
    if is_shot and is_bare and wide is not None:
        yield Observation("screenshot_plain")
    if on_screen:
        yield Observation("screen_size", ("picture_size",))


def _seconds(gap: timedelta) -> int:
    return int(abs(gap).total_seconds())
