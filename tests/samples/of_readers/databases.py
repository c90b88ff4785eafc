"""Databases of phones."""

from __future__ import annotations

from tests.samples.databases import (
    APPLE_S,
    CALLS,
    CHATS,
    IPHONE,
    IPHONE_CALLS,
    MMS,
    NUMBER,
    SMS,
    database,
    inserts,
    typedstream,
)
from tests.samples.exports import NOON

SAMPLES = {
    "android": database(
        SMS,
        *MMS,
        CALLS,
        rows=[
            *inserts("sms", "address, date, type, body", (NUMBER, NOON, 1, "你好")),
            *inserts("pdu", "_id, thread_id, date, msg_box, m_type", (1, 1, NOON // 1000, 1, 132)),
            *inserts("part", "mid, ct, text", (1, "text/plain", "好")),
            *inserts("addr", "msg_id, address, type", (1, NUMBER, 137)),
            *inserts("calls", "number, date, duration, type", (NUMBER, NOON, 35, 1)),
        ],
    ),
    "iphone": database(
        *IPHONE,
        *CHATS,
        rows=[
            *inserts("handle", "id", (NUMBER,)),
            *inserts(
                "message",
                "attributedBody, handle_id, date, is_from_me, service",
                (typedstream("你好"), 1, APPLE_S, 0, "SMS"),
            ),
            *inserts("chat", "style, chat_identifier", (45, NUMBER)),
            *inserts("chat_message_join", "chat_id, message_id", (1, 1)),
        ],
    ),
    "iphone_calls": database(
        IPHONE_CALLS,
        "CREATE TABLE call (ROWID INTEGER PRIMARY KEY, address TEXT, date INTEGER, "
        "duration INTEGER, flags INTEGER)",
        rows=[
            *inserts(
                "ZCALLRECORD", "ZDATE, ZDURATION, ZADDRESS, ZORIGINATED", (APPLE_S, 35.0, NUMBER, 0)
            ),
            *inserts("call", "address, date, duration, flags", (NUMBER, NOON // 1000, 35, 4)),
        ],
    ),
}
