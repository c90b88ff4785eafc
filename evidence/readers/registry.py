"""Which module reads which format. A reader's module is loaded when its first file comes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import BinaryIO, Final, cast

from .chat_exports import wechat_lines, wechat_shapes
from .errors import OverLimitError, ReaderFailedError, ReadingError
from .limits import EXPORT_BYTES
from .magic import PICTURES, RECORDINGS
from .reading import Companion, Context, Notes, Options, Reader, Reading, alone
from .record import Record
from .sniff import sniff

_CHAT_TABLES: Final = (
    "imazing", "wechatmsg", "memotrace", "chatlog", "pywxdump", "weflow_table",
)  # fmt: skip
_WECHAT_PAGES: Final = ("weflow_page", "memotrace_page", "wechat_exporter_page")

# The heavy engines (character recognition, sound) stand behind the modules named here, so that a
# message export never pays for them.
_MODULES: Final[dict[str, str]] = {
    "sms_backup": "messages.sms_backup",
    "super_backup": "messages.sms_backup",
    "vmessage": "messages.vmessage",
    "nokia_backup": "messages.nokia_backup",
    "sqlite": "databases.sqlite",
    **dict.fromkeys(("android_backup", "miui_backup"), "containers.android_backup"),
    "android_messages": "containers.android_messages",
    **dict.fromkeys(("huawei_backup", "samsung_backup", "sqlite_log"), "containers.closed_backup"),
    **dict.fromkeys(("zip", "gzip", "7z", "rar"), "containers.archive"),
    **dict.fromkeys(("wechat_mail", "mail_table"), "containers.mail_parts"),
    "whatsapp": "chat_exports.whatsapp",
    "telegram": "chat_exports.telegram",
    "telegram_html": "chat_exports.telegram_html",
    "signal_text": "chat_exports.signal_text",
    "imessage_text": "chat_exports.imessage_text",
    "welink_text": "chat_exports.welink_text",
    "qq_text": "chat_exports.qq_text",
    "qq_mht": "chat_exports.qq_mht",
    "qq_json": "chat_exports.qq_json",
    "qq_exporter_text": "chat_exports.qq_exporter_text",
    **dict.fromkeys(_CHAT_TABLES, "chat_exports.chat_table"),
    "wechat_dump_page": "chat_exports.wechat_dump_page",
    **dict.fromkeys(_WECHAT_PAGES, "chat_exports.wechat_page"),
    **dict.fromkeys((name for name, _ in wechat_shapes.FORMATS), "chat_exports.wechat_json"),
    **dict.fromkeys((one.name for one in wechat_lines.DIALECTS), "chat_exports.wechat_text"),
    **dict.fromkeys(("message_table", "call_table", "nokia_csv"), "tables.table"),
    **dict.fromkeys(("xlsx", "ods", "xls", "ole", "html_table", "xml_table"), "tables.workbook"),
    "recorder_sidecar": "recordings.recorder_sidecar",
    **dict.fromkeys(RECORDINGS, "recordings.recording"),
    **dict.fromkeys(PICTURES, "screens.picture"),
    "xml_entities": "syntax.refused_xml",
}

# Formats that one source or common knowledge tells of, mark [C] in docs/formats/reading.md: each
# file of one says so once. A reader of which only a dialect is of this kind calls
# `notes.unverified()` itself.
_UNVERIFIED: Final = frozenset(
    {"message_table", "call_table", "qq_json", "huawei_backup", "samsung_backup"}
)

DEFAULT_OPTIONS: Final = Options()


def read(
    file: BinaryIO,
    *,
    name: str,
    options: Options = DEFAULT_OPTIONS,
    companion: Companion = alone,
) -> Reading:
    """Recognise a file by content and begin to read it.

    Args:
        file: seekable, binary; read from its beginning while the reading is iterated.
        name: its file name, a label: recordings and pictures take number and time from it.
        options: what only the person can say.
        companion: finds the log beside a database (`-wal`, `-journal`); none by default.

    Returns:
        A reading to iterate once. An unknown file gives no records and is no error.

    Raises (also while iterating):
        UnreadableError: recognised but damaged or encrypted.
        RefusedError: beyond a limit, or asking for what a reader must not do.
    """
    context = Context(name, options, Notes(), companion=companion)
    return reading_of(file, sniff(file), context)


def reading_of(file: BinaryIO, format_id: str, context: Context) -> Reading:
    """As `read`, for a file whose format is known already."""
    module_name = _MODULES.get(format_id)
    if module_name is None:
        return Reading(
            format=format_id,
            reader="none",
            reader_version="1",
            records=iter(()),
            notes=context.notes,
            options=context.options,
        )
    module = import_module(f"{__package__}.{module_name}")
    return Reading(
        format=format_id,
        reader=module_name.rpartition(".")[2],
        reader_version=cast(str, module.VERSION),
        records=records_of(file, format_id, context),
        notes=context.notes,
        options=context.options,
    )


def records_of(file: BinaryIO, format_id: str, context: Context) -> Iterator[Record]:
    """The bare records of a format that has a reader."""
    module = import_module(f"{__package__}.{_MODULES[format_id]}")
    reader = cast(Reader, module.read)
    if format_id in _UNVERIFIED:
        context.notes.unverified()
    if not context.depth:  # members of an archive are metered while they unpack
        file.seek(0, io.SEEK_END)
        if file.tell() > EXPORT_BYTES:
            raise OverLimitError("export_bytes", EXPORT_BYTES)
    file.seek(0)
    yield from named(reader(file, context), context.notes)


def named(records: Iterator[Record], notes: Notes) -> Iterator[Record]:
    """The records; what nobody foresaw gets a name."""
    try:
        yield from records
    except ReadingError:
        raise
    except Exception as cause:
        # A reader met something that nobody foresaw: the item stays plain evidence, and says so.
        raise ReaderFailedError(f"{notes.encoding or 'binary'}: {type(cause).__name__}") from cause


def formats() -> Mapping[str, str]:
    """Every format that has a reader, and the name of its module."""
    return _MODULES


def has_reader(format_id: str) -> bool:
    """Whether records can be expected of this format."""
    return format_id in _MODULES
