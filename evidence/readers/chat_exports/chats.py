"""What chat exports share: the owner among the senders, one record."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from evidence.readers.limits import TEXT_FIELD
from evidence.readers.reading import Context
from evidence.readers.record import NO_FACTS, Record
from evidence.readers.values.clock import Moment
from evidence.readers.values.phone_numbers import e164

_MARKS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NUMBER: Final = re.compile(r"^\+?[0-9][0-9 \u00a0\u202f()\-]{4,24}$")


def unmarked(text: str) -> str:
    """The text without the invisible marks of writing direction."""
    return text if text.isascii() else _MARKS.sub("", text)


@lru_cache(maxsize=4096)
def peer_of(sender: str | None) -> tuple[str | None, str | None, str | None]:
    """A sender as raw number, E.164 form, name: who is not in the contacts is a number."""
    if not sender:
        return None, None, None
    if _NUMBER.match(sender):
        return sender, e164(sender), None
    return None, None, sender


def attached(
    path: str,
    context: Context,
    content_type: str | None = None,
    *,
    name: str | None = None,
    size: int | None = None,
) -> dict[str, Any]:
    """A file that a message names; in an archive it leads to its member.

    Args:
        path: as written, relative to the export's own folder; a label, never followed on a disk.
        context: of the reader; knows the members around its file.
        content_type: as the export declares it.
        name: the sender's name for it, where the file tells that, too.
        size: in bytes, as the export says.
    """
    path = path.replace("\\", "/")
    base = path.rsplit("/", 1)[-1]
    beside = posixpath.normpath(context.folder + path)
    member = context.members.get(beside) or context.members.get(base)
    return {
        "name": name or base,
        "content_type": content_type,
        "format": None,
        "size": size,
        "sha256": None,
        "locator": {"member": member} if member else None,
    }


def chat(
    context: Context,
    place: Mapping[str, Any],
    moment: Moment,
    *,
    sender: str | None,
    text: str | None,
    kind: str = "chat",
    direction: str | None = None,
    conversation: str | None = None,
    private: bool = False,
    attachments: tuple[Mapping[str, Any], ...] = (),
    duration_s: float | None = None,
    warnings: tuple[str, ...] = (),
    facts: Mapping[str, Any] = NO_FACTS,
) -> Record:
    """One message of a chat, its parts as in `Record`.

    Where the file gives no `direction`, the owner's name decides, if it was told. The `sender` is
    as the file names them; the owner is nobody's peer. A `private` conversation is named after its
    one other side: the peer of what the owner wrote.
    """
    owner = context.options.owner
    if kind == "system":
        direction = "system"
    elif direction is None and owner is not None and sender is not None:
        direction = "out" if owner in (sender, facts.get("sender_id")) else "in"
    peer = sender if direction != "out" else conversation if private else None
    number, subscriber, name = peer_of(peer)
    if text is not None and len(text) > TEXT_FIELD:
        text, warnings = text[:TEXT_FIELD], (*warnings, "text_cut")
    warnings = (*warnings, *moment.doubts)
    if sender:
        facts = {"sender": sender, **facts}
    return Record(
        kind,
        context.name,
        place,
        moment.utc,
        moment.raw,
        moment.precision,
        moment.zone_source,
        direction,
        number,
        subscriber,
        name,
        None,
        text,
        duration_s,
        attachments,
        conversation,
        warnings,
        facts,
    )
