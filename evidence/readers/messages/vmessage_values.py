"""Values of vMessage files: properties, quoted-printable that may not be, five forms of dates."""

from __future__ import annotations

import quopri
import re
from typing import Final, NamedTuple

from evidence.readers.limits import TEXT_FIELD
from evidence.readers.reading import Options
from evidence.readers.syntax.encodings import canonical_name
from evidence.readers.values.clock import Moment, from_epoch, from_wall

_PROPERTY: Final = re.compile(rb"^\s*([A-Za-z][A-Za-z0-9\-]{0,40})((?:;[^:;]{0,80}){0,8}):")
_NOT_QUOTED: Final = re.compile(rb"=(?![0-9A-Fa-f]{2})|[\x80-\xff]")
# A writer that quotes letters or digits quotes everything; beside plain ones `=41` is a URL's own.
_QUOTED_LETTER: Final = re.compile(rb"=(?:3[0-9]|[46][1-9A-F]|[57][0-9A])")
_PLAIN_LETTER: Final = re.compile(rb"(?<![=])(?<!=[0-9A-Fa-f])[A-Za-z0-9]")
# Every character beyond ASCII takes two bytes or more: a single one is a URL's `?id=AB12`.
_QUOTED_HIGH: Final = re.compile(rb"=[89A-Fa-f][0-9A-Fa-f]")
_QUOTED_PAIR: Final = re.compile(rb"=[89A-Fa-f][0-9A-Fa-f]=[0-9A-Fa-f]{2}")
_SOFT_BREAK: Final = re.compile(rb"=\r?\n|=\r?\Z")
_HARD_BREAK: Final = re.compile(r"\r\n?")

_BASIC: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)$")
_YEAR_FIRST: Final = re.compile(
    r"^(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})[ .T]+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?( GMT)?$"
)
_DAY_FIRST: Final = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4}) (\d{1,2}):(\d{2}):(\d{2})$")


class Property(NamedTuple):
    """One property: upper-case name, upper-case parameters, value bytes as written."""

    name: str
    parameters: tuple[str, ...]
    value: bytes

    def with_line(self, line: bytes) -> Property:
        """The same property with one more line of value."""
        return self._replace(value=self.value + b"\n" + line)


def split(line: bytes) -> Property | None:
    """A line as a property, or None when it is none."""
    found = _PROPERTY.match(line)
    if found is None:
        return None
    name, parameters = found.groups()
    return Property(
        name.decode("ascii").upper(),
        tuple(parameters.decode("ascii", "replace").upper().split(";")[1:]),
        line[found.end() :],
    )


def text_of(found: Property) -> str:
    """The value as text.

    Quoted-printable is undone on bytes, for soft breaks cut characters and even `=E5` in half; a
    value with any byte beyond ASCII, or with an `=` that quotes nothing once the lines are joined,
    was never quoted, whatever its label.
    """
    raw = found.value
    quoted = any("QUOTED-PRINTABLE" in parameter for parameter in found.parameters)
    joined = _SOFT_BREAK.sub(b"", raw) if quoted else raw
    if quoted and not _NOT_QUOTED.search(joined):
        joined = joined.lstrip(b" \t")  # as behind the colon of any other property
        if not _is_plain(joined):
            raw = quopri.decodestring(joined)
    charset = next(
        (p.removeprefix("CHARSET=") for p in found.parameters if p.startswith("CHARSET=")), "UTF-8"
    )
    text = _decoded(raw, canonical_name(charset) or "utf-8")
    return _HARD_BREAK.sub("\n", text).strip("\n").strip("\0")[:TEXT_FIELD]


def _is_plain(joined: bytes) -> bool:
    """Whether the value, though every `=` in it might quote something, is a text as it stands."""
    if not _PLAIN_LETTER.search(joined):
        return False
    lone = _QUOTED_HIGH.search(joined) and not _QUOTED_PAIR.search(joined)
    return bool(lone or _QUOTED_LETTER.search(joined))


def _decoded(raw: bytes, charset: str) -> str:
    """The text in its stated charset; another one only where every byte fits it."""
    for encoding in dict.fromkeys((charset, "utf-8")):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as damage:
            if damage.reason == "unexpected end of data" and damage.start > 0:
                return raw.decode(encoding, "replace")  # the last character was cut
    try:  # emoji in two halves (CESU-8), as Java writes them
        halves = raw.decode("utf-8", "surrogatepass")
        return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode(charset, "replace")


def moment(network: str | None, written: str, options: Options) -> Moment:
    """The time of a message: Nokia's UTC time unless the phone had no clock, else `Date`."""
    if network and not network.startswith("1970") and (found := _BASIC.match(network)):
        return _basic(found.groups(), network, options)
    written = written.strip()
    if written.isdigit():
        return from_epoch(written, options.now)
    if found := _BASIC.match(written):
        return _basic(found.groups(), written, options)
    if found := _YEAR_FIRST.match(written):
        *parts, gmt = found.groups()
        precision = "s" if parts[5] else "min"
        zone = "UTC" if gmt else options.tz
        return _wall(tuple(part or "0" for part in parts), written, zone, options, precision)
    if found := _DAY_FIRST.match(written):
        day, month, year, *clock = found.groups()
        return _wall((year, month, day, *clock), written, options.tz, options)
    return Moment(None, written)


def _basic(parts: tuple[str, ...], raw: str, options: Options) -> Moment:
    """`20200102T030405Z` is UTC; without the letter it is the phone's clock."""
    *clock, utc = parts
    return _wall(tuple(clock), raw, "UTC" if utc else options.tz, options)


def _wall(
    parts: tuple[str, ...], raw: str, zone: str, options: Options, precision: str = "s"
) -> Moment:
    year, month, day, hour, minute, second = (int(part) for part in parts)
    clock = (year, month, day, hour, minute, second)
    found = from_wall(clock, raw=raw, zone=zone, precision=precision, now=options.now)
    return found._replace(zone_source="offset") if zone == "UTC" and found.utc else found
