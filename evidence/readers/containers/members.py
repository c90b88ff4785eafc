"""One member of an archive: a message export is read in place, anything else told as an attachment.

A member's name is a label. What a member cannot be read for costs that member only; what must be
refused ends the whole archive.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final, cast

from evidence.readers import limits
from evidence.readers.errors import EncryptedError, OverLimitError, UnreadableError
from evidence.readers.magic import PICTURES, RECORDINGS
from evidence.readers.reading import Companion, Context, Notes, alone
from evidence.readers.record import Record
from evidence.readers.registry import has_reader, records_of
from evidence.readers.sniff import WINDOW, sniff, sniff_head
from evidence.readers.unpacking import Counted

ARCHIVES: Final = frozenset({"zip", "gzip", "7z", "rar"})
_STREAMED: Final = frozenset(
    {
        "sms_backup",
        "super_backup",
        "xml_entities",
        "android_backup",
        "miui_backup",
        "nokia_backup",
        "qq_json",
        "telegram",
    }
)
# may hold something else than messages: then it is told as an attachment
_PERHAPS: Final = frozenset(
    {"sqlite", "android_backup", "miui_backup", "huawei_backup", "samsung_backup"}
    | {"sqlite_log", "nokia_backup"}
    | {"xlsx", "ods", "xls", "ole", "html_table", "xml_table"}
)
_FURTHER: Final = frozenset({"zip", "ole"})  # what they are may stand behind their beginning
_LOGS: Final = ("-wal", "-shm", "-journal")


def records(
    member: Counted,
    name: str,
    size: int | None,
    context: Context,
    *,
    companion: Companion = alone,
    open_archives: bool = True,
) -> Iterator[Record]:
    """Yield what a member holds.

    Args:
        member: stands at its beginning.
        name: with its folders, already judged.
        size: unpacked, in bytes, as the archive says; None where it does not.
        context: of the archive; its depth counts the archives around the member.
        companion: as `Context.companion`, for a database.
        open_archives: whether an archive inside is opened or told.
    """
    format_id = sniff_head(member.peek(WINDOW))
    closed = format_id in ARCHIVES and not open_archives
    media = format_id in PICTURES or format_id in RECORDINGS
    if media or closed or not has_reader(format_id):
        yield attachment(name, format_id, size, context)
        return
    file: Any = member
    if format_id not in _STREAMED:
        file = io.BytesIO(whole(member, format_id))
        if format_id in _FURTHER:
            format_id = sniff(file)
    inside = replace(
        context,
        name=label(name),
        notes=Notes(),
        container=context.name,
        folder=name.removesuffix(label(name)),
        companion=companion,
    )
    found = records_of(cast(BinaryIO, file), format_id, inside)
    yield from told(found, name, format_id, size, context, inside.notes)


def told(
    found: Iterator[Record],
    name: str,
    format_id: str,
    size: int | None,
    context: Context,
    notes: Notes,
) -> Iterator[Record]:
    """A reader's records with the member in their places; what cannot be read becomes a file."""
    doubts: tuple[str, ...] = ()
    any_told = False
    try:
        for record in found:
            any_told = True
            yield record._replace(
                source_file=context.name,
                source_locator=within(name, record.source_locator),
                attachments=_leading(record, name) if record.attachments else (),
            )
    except EncryptedError:
        doubts = ("member_encrypted",)
    except UnreadableError:
        doubts = ("member_unreadable",)
    finally:
        _pass_on(notes, name, context.notes)
    if doubts or (not any_told and format_id in _PERHAPS):
        yield attachment(name, format_id, size, context, doubts)


def whole(member: Counted, format_id: str) -> bytes:
    """A member that needs random access, in memory.

    Raises:
        OverLimitError: 64 MiB, or 1 GiB for a database.
    """
    allowed = limits.DATABASE_BYTES if format_id == "sqlite" else limits.MEMBER_IN_MEMORY
    content = member.read(allowed + 1)
    if len(content) > allowed:
        raise OverLimitError("member_bytes", allowed)
    return content


def attachment(
    name: str,
    format_id: str,
    size: int | None,
    context: Context,
    doubts: tuple[str, ...] = (),
) -> Record:
    """A member that stays in the archive until somebody chooses it."""
    facts = {"name": label(name), "format": format_id, "size": size}
    return Record(
        kind="attachment",
        source_file=context.name,
        source_locator={"member": name},
        attachments=({**facts, "locator": {"member": name}},),
        warnings=doubts,
    )


def titled(record: Record, title: str) -> Record:
    """A file told as an attachment, under the name that it bears on its phone."""
    if record.kind != "attachment":
        return record
    told = tuple({**file, "name": title} for file in record.attachments)
    return record._replace(attachments=told)


def database_of(name: str) -> str | None:
    """The name of the database whose log a member of this name would be."""
    for suffix in _LOGS:
        if name.endswith(suffix) and len(name) > len(suffix):
            return name.removesuffix(suffix)
    return None


def within(name: str, locator: Any) -> dict[str, Any]:
    """A place inside a member; nested archives read from outside to inside, joined by `!`."""
    if "member" in locator:
        return {**locator, "member": f"{name}!{locator['member']}"}
    return {"member": name, **locator}


def by_name(names: Iterable[str]) -> dict[str, str]:
    """Names by themselves, and by their base names where these lead to one file only."""
    names = list(names)
    often = Counter(label(name) for name in names)
    bases = {label(name): name for name in names if often[label(name)] == 1}
    return {**bases, **{name: name for name in names}}


def label(name: str) -> str:
    """The last part of a name with folders."""
    return name.rsplit("/", 1)[-1]


def _leading(record: Record, name: str) -> tuple[Mapping[str, Any], ...]:
    """A record's attachments: bytes lead into this member, and so does what an archive inside has.

    Other members of this archive have their place already.
    """
    inner = "member" in record.source_locator
    return tuple(
        {**file, "locator": within(name, file["locator"])}
        if file.get("locator") and ("member" not in file["locator"] or inner)
        else file
        for file in record.attachments
    )


def _pass_on(inner: Notes, name: str, notes: Notes) -> None:
    """What a member's reader noted, with the member in its places."""
    notes.encoding = notes.encoding or inner.encoding
    if inner.announced is not None:
        notes.announced = (notes.announced or 0) + inner.announced
    for code, count in inner.warnings.items():
        notes.warn(code, within(name, inner.places.get(code, {})), count)
    notes.duplicates.extend((first, within(name, place)) for first, place in inner.duplicates)
