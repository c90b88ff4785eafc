"""Lines that begin a message in the text exports of WeChat tools, and in shared chats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

LONGEST: Final = 256  # characters of a line that begins a message
_DAY: Final = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK: Final = r"\d{1,2}:\d{2}(?::\d{2})?"
_EXPORTER: Final = re.compile(rf"(?P<who>\S.{{0,80}}?) \((?P<when>{_DAY} {_CLOCK})\):(?P<text>.*)")
_SYSTEM: Final = re.compile(r"(?:系统消息|System Message)[：:]\s?(?P<text>.*)")
_NOTICE: Final = re.compile(
    r"(?P<text>.{0,60}?(?:撤回了一条消息|加入了?群聊|移出了?群聊|退出了?群聊|拍了拍.{1,40}"
    r"|领取了.{0,40}红包|修改群名为.{1,60}|现在可以开始聊天了|以上是打招呼的内容).{0,20})"
)
_TITLE: Final = re.compile(r"(?P<name>.{1,80}?) - 微信聊天记录\s*")
_STAMPED: Final = re.compile(
    r"(?P<when>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) (?P<quote>')?(?P<who>\S.{0,120}?)(?(quote)')"
)
_RULE: Final = re.compile(rf"[—\-─–]{{3,10}}\s*(?P<when>{_DAY})\s*[—\-─–]{{3,10}}")
_SHARED: Final = re.compile(r"(?P<who>\S.{0,80}?)[ \u00a0\u3000]{2,}(?P<when>\d{1,2}:\d{2})")
_SHARE: Final = re.compile(
    r"(?:(?P<pair>.{1,80}? 和 .{1,80}?) ?在微信上的"
    r"|[\"“]?(?P<group>.{1,60}?)[\"”]? ?微信群(?:上|里|中)?的"
    r"|微信群[\"“](?P<named>.{1,60}?)[\"”]的)聊天记录如下.{0,10}"
)
_NAMED: Final = re.compile(rf"(?P<who>\S.{{0,60}}?)[ \u3000]+(?P<when>{_DAY}[ T]+{_CLOCK})")
_CHATLOG: Final = re.compile(
    r"(?!> )(?P<who>\S.{0,80}?)\((?P<id>我|[\w\-]{3,40}(?:@\w+)?)\) (?:\[.{1,80}\] )?"
    r"(?P<when>(?:\d{4}-)?(?:\d{2}-\d{2} )?\d{2}:\d{2}:\d{2})"
)
_DUMP: Final = re.compile(
    r"(?P<type>-?\d{1,10})\|(?P<who>[^:|]{1,80}):(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d):"
    r"(?P<text>.*)"
)
_FORWARDED: Final = re.compile(
    r"·(?P<who>.{0,79}\S)\s*\n(?P<when>\d{4}年\d{1,2}月\d{1,2}日 \d{1,2}:\d{2})\s*"
)
_LOOKED_AT: Final = 400  # lines


class Begin(NamedTuple):
    """The first line of a message.

    Attributes:
        when: as written; None for a notice that has no time.
        who: None for a notice.
        text: what of the message stands on the same line.
        own: whether the line says that it is the owner's.
        number: the type, where the line has one.
    """

    when: str | None
    who: str | None
    text: str | None = None
    own: bool | None = None
    number: str | None = None
    identity: str | None = None


class Dialect(NamedTuple):
    """One kind of text: how its messages begin, and whether a blank line stands before each.

    Attributes:
        head: how many lines it takes to begin a message; `begins` is given them together.
    """

    name: str
    begins: Callable[[str], Begin | None]
    after_blank: bool
    verified: bool
    head: int = 1

    def begun(self, lines: Sequence[str], index: int) -> Begin | None:
        """The message that begins on this line, or None."""
        some = lines[index : index + self.head]
        if any(len(line) > LONGEST for line in some):
            return None
        return self.begins("\n".join(some).rstrip())


def exporter(line: str) -> Begin | None:
    """WechatExporter: `NAME (TIME):TEXT`, `系统消息：TEXT`, or a known notice alone."""
    if found := _EXPORTER.fullmatch(line):
        return Begin(found["when"], found["who"], found["text"])
    if found := _SYSTEM.fullmatch(line) or _NOTICE.fullmatch(line):
        return Begin(None, None, found["text"])
    return None


def stamped(line: str) -> Begin | None:
    """Memotrace `TIME NAME`, WeFlow `TIME 'NAME'`; a notice stands in the name's place."""
    found = _STAMPED.fullmatch(line)
    if found is None:
        return None
    own = True if found["quote"] and found["who"] == "我" else None  # so WeFlow names the owner
    return Begin(found["when"], found["who"], own=own)


def shared(line: str) -> Begin | None:
    """The app's own "send by mail": `NAME  HH:MM` below a line with the day."""
    found = _SHARED.fullmatch(line)
    return Begin(found["when"], found["who"]) if found else None


def named(line: str) -> Begin | None:
    """Copied messages: `NAME DAY HH:MM`."""
    found = _NAMED.fullmatch(line)
    return Begin(found["when"], found["who"]) if found else None


def chatlog(line: str) -> Begin | None:
    """Chatlog's text: `NAME(id) TIME`; the owner's id is `我`."""
    found = _CHATLOG.fullmatch(line)
    if found is None:
        return None
    own = found["id"] == "我"
    return Begin(found["when"], found["who"], own=own, identity=None if own else found["id"])


def forwarded(lines: str) -> Begin | None:
    """The app's own ZIP of forwarded messages: `·NAME`, below it the day and the clock."""
    found = _FORWARDED.fullmatch(lines)
    return Begin(found["when"], found["who"].strip()) if found else None


def dump(line: str) -> Begin | None:
    """wechat-dump: `TYPE|NAME:TIME:TEXT`; the owner is `me`."""
    found = _DUMP.fullmatch(line)
    if found is None:
        return None
    own = found["who"] == "me"
    return Begin(found["when"], found["who"], found["text"], own=own, number=found["type"])


EXPORTER: Final = Dialect("wechat_exporter_text", exporter, after_blank=True, verified=True)
STAMPED: Final = Dialect("memotrace_text", stamped, after_blank=True, verified=False)
SHARED: Final = Dialect("wechat_shared_text", shared, after_blank=False, verified=False)
NAMED: Final = Dialect("wechat_copied_text", named, after_blank=False, verified=False)
CHATLOG: Final = Dialect("chatlog_text", chatlog, after_blank=False, verified=False)
DUMP: Final = Dialect("wechat_dump_text", dump, after_blank=False, verified=False)
FORWARDED: Final = Dialect(
    "wechat_forwarded_text", forwarded, after_blank=False, verified=True, head=2
)
DIALECTS: Final = (EXPORTER, DUMP, FORWARDED, CHATLOG, STAMPED, SHARED, NAMED)


def title_of(line: str) -> str | None:
    """The conversation that a title names."""
    if found := _TITLE.fullmatch(line) or _SHARE.fullmatch(line.strip()):
        return next((name.strip() for name in found.groups() if name), None)
    return None


def day_of(line: str) -> str | None:
    """The day of a rule such as `—————  2024-03-05  —————`."""
    found = _RULE.fullmatch(line.strip())
    return found["when"] if found else None


def dialect_of(lines: Sequence[str]) -> Dialect | None:
    """How the messages of a text begin, by its first lines; None: it is no such chat."""
    some = [line for line in lines[:_LOOKED_AT] if line.strip()]
    if not some:
        return None
    titled = title_of(some[0]) is not None
    for dialect in DIALECTS:
        if _fits(dialect, lines[:_LOOKED_AT], some, titled):
            return dialect
    return None


def _fits(dialect: Dialect, lines: Sequence[str], some: Sequence[str], titled: bool) -> bool:
    begins = list(_begun(dialect, lines))
    if not begins:
        return False
    if dialect is EXPORTER:
        if _TITLE.fullmatch(some[0]) or (begins[0] == 0 and len(begins) > 1):
            return True
        # whatever the title: nothing else stands before the first message
        return lines[begins[0]] == some[min(1, len(some) - 1)] and any(
            _EXPORTER.fullmatch(lines[at].rstrip()) for at in begins
        )
    if dialect is SHARED:
        rules = [index for index, line in enumerate(lines) if day_of(line)]
        return bool(rules) and rules[0] < begins[0] and (titled or rules[0] < 3)
    if titled and dialect is NAMED:
        return True
    if begins[0] != next(index for index, line in enumerate(lines) if line.strip()):
        return False
    if dialect is STAMPED:  # a log has lines like these without blank ones between
        followed = sum(bool(lines[at + 1].strip()) for at in begins if at + 1 < len(lines))
        apart = all(not lines[at - 1].strip() for at in begins[1:])
        alone = len(begins) == 1 and not lines[begins[0]].rstrip().endswith("'")
        return apart and followed * 2 >= len(begins) and not alone
    return len(begins) > 1 or dialect in (DUMP, FORWARDED)


def _begun(dialect: Dialect, lines: Sequence[str]) -> Iterator[int]:
    for index in range(len(lines)):
        if dialect.begun(lines, index):
            yield index
