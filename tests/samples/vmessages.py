"""vMessage files in the makers' dialects, with invented content; line ends are CRLF."""

from __future__ import annotations


def crlf(text: str) -> bytes:
    """The lines as written by a phone."""
    return text.strip("\n").replace("\n", "\r\n").encode() + b"\r\n"


def mediatek(
    subject: str = "=E5=A5=BD=E7=9A=\n=84",
    *,
    box: str = "SENDBOX",
    date: str = "2020/01/02 24:03:04",
    tel: str = "TEL:+8613700000001",
) -> str:
    """One message as MediaTek phones write it."""
    return f"""BEGIN:VMSG
VERSION:1.1
BEGIN:VCARD
{tel}
END:VCARD
BEGIN:VBODY
X-BOX:{box}
X-READ:READ
X-SIMID:0
X-LOCKED:UNLOCKED
X-TYPE:SMS
Date:{date}
Subject;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{subject}
END:VBODY
END:VMSG
"""


NOKIA = """BEGIN:VMSG
VERSION:1.1
X-IRMC-STATUS:READ
X-IRMC-BOX:SENT
X-NOK-DT:20200102T030405Z
X-MESSAGE-TYPE:DELIVER
BEGIN:VCARD
VERSION:3.0
N:
TEL:
END:VCARD
BEGIN:VENV
BEGIN:VCARD
VERSION:3.0
N:李雷
TEL:+8613700000001
END:VCARD
BEGIN:VENV
BEGIN:VBODY
Date:02.01.2020 11:04:05
第一行
第二行
END:VBODY
END:VENV
END:VENV
END:VMSG
"""

MOTOROLA = """BEGIN:VMSG
VERSION: 1.1
X-MESSAGE-TYPE: DELIVER
BEGIN:VCARD
TEL: 10086
END:VCARD
BEGIN:VBODY
X-MA-TYPE: SMS
Date: 1730000000123
您的话费余额
END:VBODY
END:VMSG
"""

IRMS = """BEGIN:VMSG
VERSION:1.1
X-IRMS-TYPE:MSG
X-MESSAGE-TYPE:SUBMIT
X-MESSAGE-SLOT:0
BEGIN:VCARD
TEL:13700000001
END:VCARD
BEGIN:VENV
BEGIN:VBODY
Date:2020/01/02 03:04:05 GMT
Subject;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=A5=BD
END:VBODY
END:VENV
END:VMSG
"""

FEATURE_PHONE = """BEGIN:VMSG
VERSION:1.1
BEGIN:VCARD
TEL;CELL;HOME;VOICE:13700000001
END:VCARD
BEGIN:VBODY
X-IRMC-BOX:INBOX
Date:2013.4.3.23.5.9
TEXT;ENCODING=QUOTED-PRINTABLE:=E5=A5=BD
END:VBODY
END:VMSG
"""


def nokia_backup(*messages: str, filler: int = 100, encoding: str = "utf-16-le") -> bytes:
    """An .nbu with these messages between other sections, and its table of contents at the end."""
    other = bytes(range(1, 256)) * filler
    body = other.join(b"\x10\x00\x00\x00" + text.encode(encoding) for text in messages) + other
    serial = "350000000000000"
    contents = bytes(0x14 + 8) + len(serial).to_bytes(2, "little") + serial.encode("utf-16-le")
    head = bytes(range(200, 220)) + (28 + len(body)).to_bytes(8, "little")
    return head + body + contents + bytes(64)
