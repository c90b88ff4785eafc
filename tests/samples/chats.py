"""Chat exports as QQ, Telegram, Signal and WeLink write them, with invented content."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

QQ_BANNER = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n"
RULE = "=" * 64 + "\n"
GUID = "{3D48C238-CD47-4d17-9C8F-3593C6D4738B}.dat"
BOUNDARY = "----=_NextPart_A240C18D"
AT = 1_709_593_689  # 2024-03-04T23:08:09Z


def qq_conversation(name: str, *messages: str, group: str = "我的好友") -> str:
    """A conversation in QQ's text export; each message is its head and its words."""
    labels = f"{RULE}消息分组:{group}\n{RULE}消息对象:{name}\n{RULE}\n"
    return labels + "".join(f"{message}\n\n" for message in messages)


def qq_row(
    who: str, clock: str, words: str, *, own: bool = False, style: str = "color:#%s;"
) -> str:
    """One message in QQ's MHT export."""
    colour = style % ("42B475" if own else "006EFE") if style else ""
    return (
        f"<tr><td><div style={colour}padding-left:10px;>"
        f"<div style=float:left;margin-right:6px;>{who}</div>{clock}</div>"
        f"<div style=padding-left:20px;>{words}</div></td></tr>"
    )


def qq_label(text: str) -> str:
    """A row that names the group or the conversation."""
    return f"<tr><td><div style=padding-left:10px;>{text}</div></td></tr>"


def qq_day(day: str) -> str:
    """The row above the messages of a day."""
    return f"<tr><td style=border-bottom-width:1px;color:#3568BB;>日期: {day}</td></tr>"


def qq_mht(*rows: str, encoding: str = "7bit", page: bytes | None = None) -> bytes:
    """The file with its broken MIME: no `;` behind the charset, no blank line before a boundary."""
    head = (
        "From: <Save by Tencent MsgMgr>\r\nSubject: Tencent IM Message\r\nMIME-Version: 1.0\r\n"
        'Content-Type:multipart/related;\r\n\tcharset="utf-8"\r\n\ttype="text/html";\r\n'
        f'\tboundary="{BOUNDARY}"\r\n\r\n--{BOUNDARY}\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding:{encoding}\r\n\r\n"
    )
    picture = (
        f"\r\n--{BOUNDARY}\r\nContent-Type:image/jpeg\r\nContent-Transfer-Encoding:base64\r\n"
        f"Content-Location:{GUID}\r\n\r\n{base64.b64encode(b'picture').decode()}\r\n\r\n"
        f"--{BOUNDARY}--\r\n"
    )
    return head.encode() + (page or qq_page(*rows).encode()) + picture.encode()


def qq_page(*rows: str) -> str:
    """The page inside, all on one line."""
    title = "<html><head><title>QQ Message</title></head><body><table width=100% cellspacing=0>"
    return title + "".join(rows) + "</table></body></html>"


def qq_exported(*messages: dict[str, Any], **info: Any) -> bytes:
    """A chat by qq-chat-exporter."""
    return as_json(
        {
            "metadata": {"name": "QQChatExporter V5", "version": "5.0.0"},
            "chatInfo": {"name": "小鹿", "type": "private", **info},
            "statistics": {"totalMessages": len(messages)},
            "messages": list(messages),
            "avatars": {"10001": "data:image/png;base64,AA=="},
        }
    )


def qq_exported_message(words: str = "你好", **more: Any) -> dict[str, Any]:
    """One message of it; `more` replaces or adds members."""
    return {
        "id": "7",
        "timestamp": AT * 1000,
        "sender": {"uid": "u_1", "uin": "10001", "name": "李雷"},
        "type": "text",
        "content": {"text": words, "elements": [], "resources": []},
        "recalled": False,
        "system": False,
        **more,
    }


def telegram_message(number: int, words: Any = "你好", **more: Any) -> dict[str, Any]:
    """One message as Telegram Desktop writes it; `more` replaces or adds members."""
    return {
        "id": number,
        "type": "message",
        "date": "2024-03-05T07:08:09",
        "date_unixtime": str(AT),
        "from": "李雷",
        "from_id": "user1",
        "text": words,
        "text_entities": [],
        **more,
    }


def telegram_chat(*messages: Any, name: str | None = "李雷", **more: Any) -> dict[str, Any]:
    """One chat, as in `result.json` of one or of all."""
    return {"name": name, "type": "personal_chat", "id": 1, **more, "messages": list(messages)}


def telegram_account(owner: int, *chats: dict[str, Any], left: Iterable[Any] = ()) -> bytes:
    """`result.json` of a whole account."""
    return as_json(
        {
            "about": "Here is the data you requested.",
            "personal_information": {"user_id": owner, "first_name": "我", "phone_number": "+86 1"},
            "contacts": {"about": "…", "list": [{"first_name": "李", "date": "2020-01-01"}]},
            "chats": {"about": "…", "list": list(chats)},
            "left_chats": {"about": "…", "list": list(left)},
        }
    )


def as_json(value: Any) -> bytes:
    """The JSON with an indent of one, as Telegram Desktop writes it."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def telegram_page(*messages: str, name: str = "李雷") -> bytes:
    """One `messages.html`."""
    return (
        '<!DOCTYPE html>\n<html>\n\n <head>\n\n  <meta charset="utf-8"/>\n<title>Exported Data'
        '</title>\n </head>\n\n <body onload="CheckLocation();">\n\n  <div class="page_wrap">\n\n'
        '   <div class="page_header">\n\n    <div class="content">\n\n'
        f'     <div class="text bold">\n{name} \n     </div>\n\n    </div>\n\n'
        '   </div>\n\n   <div class="page_body chat_page">\n'
        '\n    <div class="history">\n' + "".join(messages) + "\n    </div>\n\n   </div>\n\n"
        "  </div>\n\n </body>\n\n</html>\n"
    ).encode()


def telegram_notice(number: int, words: str) -> str:
    """A notice, or with a number below zero the line of a day."""
    return (
        f'\n     <div class="message service" id="message{number}">\n\n'
        f'      <div class="body details">\n{words}\n      </div>\n\n     </div>\n'
    )


def telegram_box(
    number: int,
    words: str,
    *,
    who: str | None = "李雷",
    at: str = "05.03.2024 07:08:09 UTC+08:00",
    inside: str = "",
) -> str:
    """One message; without a `who` it is joined to the one before. `inside` stands above words."""
    joined = "" if who else " joined"
    name = f'\n       <div class="from_name">\n{who} \n       </div>\n' if who else ""
    text = f'\n       <div class="text">\n{words}\n       </div>\n' if words else ""
    face = (
        '\n      <div class="pull_left userpic_wrap">\n\n       <div class="userpic userpic1">\n\n'
        '        <div class="initials" style="line-height: 42px">\n李\n        </div>\n\n'
        "       </div>\n\n      </div>\n"
    )
    return (
        f'\n     <div class="message default clearfix{joined}" id="message{number}">\n'
        f'{face if who else ""}\n      <div class="body">\n\n'
        f'       <div class="pull_right date details" title="{at}">\n07:08\n       </div>\n'
        f"{name}{inside}{text}\n      </div>\n\n     </div>\n"
    )


def telegram_media(
    classes: str, *, title: str = "", status: str = "", description: str = "", href: str = ""
) -> str:
    """The box of a file, a call, a contact or a place inside a message."""
    element = f'a class="media clearfix pull_left block_link {classes}" href="{href}"'
    if not href:
        element = f'div class="media clearfix pull_left {classes}"'
    lines = "".join(
        f'\n         <div class="{name}">\n{words}\n         </div>\n'
        for name, words in (
            ("title bold", title),
            ("description", description),
            ("status details", status),
        )
        if words
    )
    return (
        f'\n       <div class="media_wrap clearfix">\n\n        <{element}>\n\n'
        '         <div class="fill pull_left">\n\n         </div>\n\n         <div class="body">\n'
        f"{lines}\n         </div>\n\n        </{element.split(' ', 1)[0]}>\n\n       </div>\n"
    )
