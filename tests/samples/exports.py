"""Message exports as phones write them, with invented content; each returns the file's bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

NUMBER = "+8613700000001"
NOON = 1730000000123  # 2024-10-27T03:33:20.123Z


def sms(body: str = "你好", *, date: int = NOON, kind: int = 1, **more: str) -> str:
    """One `<sms>`; `body` is written as given, so references stay references."""
    values = {"address": NUMBER, "date": str(date), "type": str(kind), "subject": "null", **more}
    written = " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())
    return f'<sms protocol="0" {written} body="{body}" read="1" contact_name="(Unknown)" />'


def call(*, number: str = NUMBER, kind: int = 1, duration: int = 35, **more: str) -> str:
    """One `<call>`."""
    values = {"number": number, "duration": str(duration), "date": str(NOON), "type": str(kind)}
    values = {**values, "presentation": "1", **more}
    return "<call " + " ".join(f"{n}={quoteattr(v)}" for n, v in values.items()) + " />"


def mms(
    parts: str, *, msg_box: int = 1, address: str = NUMBER, addrs: str = "", **more: str
) -> str:
    """One `<mms>` around parts as written."""
    rest = " ".join(f"{name}={quoteattr(value)}" for name, value in more.items())
    return (
        f'<mms date="{NOON}" msg_box="{msg_box}" address="{address}" sub="null" {rest}>'
        f"<parts>{parts}</parts><addrs>{addrs}</addrs></mms>"
    )


def backup(*elements: str, root: str = "smses", count: int | None = None) -> bytes:
    """A whole SMS Backup & Restore file."""
    number = len(elements) if count is None else count
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
        "<!--File Created By SMS Backup & Restore v10-->\n"
        '<?xml-stylesheet type="text/xsl" href="sms.xsl"?>\n'
        f'<{root} count="{number}" backup_date="1730000000000">\n  '
        + "\n  ".join(elements)
        + f"\n</{root}>\n"
    ).encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A deflated ZIP with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()
