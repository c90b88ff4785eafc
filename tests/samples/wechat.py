"""Invented chats as WeChat tools export them."""

from __future__ import annotations

import json
from email.message import EmailMessage
from typing import Any

RECALLED = "“李雷”撤回了一条消息"
WEFLOW: dict[str, Any] = {
    "weflow": {"version": "1.0.3", "exportedAt": 1709600000, "generator": "WeFlow"},
    "session": {
        "wxid": "wxid_a",
        "nickname": "雷子",
        "remark": "李雷",
        "displayName": "李雷",
        "type": "私聊",
        "lastTimestamp": 1709593700,
        "messageCount": 6,
    },
    "messages": [
        {
            "localId": number,
            "createTime": 1709593688 + number,
            "formattedTime": "2024-03-05 07:08:09",
            "type": kind,
            "localType": 1,
            "content": content,
            "isSend": own,
            "senderUsername": "wxid_me" if own else "wxid_a",
            "senderDisplayName": "我" if own else "李雷",
            "source": "",
        }
        for number, (kind, content, own) in enumerate(
            (
                ("文本消息", "还钱", 0),
                ("文本消息", "好", 1),
                ("系统消息", RECALLED, None),
                ("通话消息", "[语音通话] 通话时长 01:05", 0),
                ("图片消息", "media/images/a.jpg", 0),
                ("转账消息", "[转账] ￥100.00", 0),
            ),
            1,
        )
    ],
}
CHATLAB: dict[str, Any] = {
    "chatlab": {"version": "0.0.2", "exportedAt": 1709600000, "generator": "WeFlow"},
    "meta": {"name": "李雷", "platform": "wechat", "type": "private", "ownerId": "wxid_me"},
    "members": [
        {"platformId": "wxid_a", "accountName": "李雷"},
        {"platformId": "wxid_me", "accountName": "我"},
    ],
    "messages": [
        {"sender": "wxid_a", "timestamp": 1709593689, "type": 0, "content": "还钱"},
        {"sender": "wxid_me", "timestamp": 1709593690, "type": 0, "content": "好"},
        {"sender": "wxid_a", "timestamp": 1709593691, "type": 81, "content": RECALLED},
    ],
}
CHATLOG: list[dict[str, Any]] = [
    {
        "seq": 1709593689000 + number,
        "time": f"2024-03-05T07:08:{9 + number:02}+08:00",
        "talker": "wxid_a",
        "talkerName": "李雷",
        "isChatRoom": False,
        "sender": sender,
        "senderName": name,
        "isSelf": own,
        "type": kind,
        "subType": 0,
        "content": content,
    }
    for number, (sender, name, own, kind, content) in enumerate(
        (
            ("wxid_a", "李雷", False, 1, "还钱"),
            ("wxid_me", "我", True, 1, "好"),
            ("系统消息", "", False, 10000, RECALLED),
        )
    )
]
KEEPER: list[dict[str, Any]] = [
    {
        "ts": 1709593689.0 + number,
        "account_id": "wxid_me",
        "conversation_id": "wxid_a",
        "sender_wxid": sender,
        "sender_name": name,
        "is_self": own,
        "msg_type": kind,
        "content": content,
    }
    for number, (sender, name, own, kind, content) in enumerate(
        (
            ("wxid_a", "李雷", False, 1, "还钱"),
            ("wxid_me", "我", True, 1, "好"),
            ("wxid_a", "", False, 10000, RECALLED),
        )
    )
]
PYWXDUMP: list[dict[str, Any]] = [
    {
        "id": number,
        "MsgSvrID": f"462133545187212914{number}",
        "type_name": kind,
        "is_sender": own,
        "talker": "我" if own else "李雷",
        "room_name": "李雷",
        "msg": content,
        "src": "",
        "extra": {},
        "CreateTime": f"2024-03-05 07:08:{9 + number:02}",
    }
    for number, (kind, content, own) in enumerate(
        (("文本", "还钱", 0), ("文本", "好", 1), ("系统通知", RECALLED, 0))
    )
]
MEMOTRACE: list[dict[str, Any]] = [
    {"type": 0, "text": "2024-03-05 07:08:09", "is_send": 0, "timestamp": 1709593689},
    *(
        {
            "type": kind,
            "text": content,
            "is_send": own,
            "avatar_path": "./avatar/a.png",
            "timestamp": 1709593689 + number,
            "is_chatroom": 0,
            "displayname": "" if kind == 0 else "我" if own else "李雷",
        }
        for number, (kind, content, own) in enumerate(
            ((1, "还钱", 0), (1, "好", 1), (0, RECALLED, 0))
        )
    ),
]

PYWXDUMP_CSV = (
    "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n"
    "1,4621,文本,0,李雷,李雷,还钱,,2024-03-05 07:08:09\n"
    "2,4622,文本,1,我,李雷,好,,2024-03-05 07:08:10\n"
    "3,4623,图片,0,李雷,李雷,图片,FileStorage\\MsgAttach\\a.dat,2024-03-05 07:08:11\n"
    f"4,4624,系统通知,0,李雷,李雷,{RECALLED},,2024-03-05 07:08:12\n"
)
EXPORTER_TEXT = (
    "李雷 - 微信聊天记录\n\n"
    "李雷 (2024-03-05 07:08:09):还钱\n第二行\n\n还有\n\n"
    "我 (2024-03-05 07:08:10):好\n\n"
    f"系统消息：{RECALLED}\n\n"
)
MEMOTRACE_TEXT = (
    "2024-03-05 07:08:09 李雷\n还钱\n第二行\n\n还有\n\n"
    "2024-03-05 07:08:10 韩梅梅\n好\n\n"
    f"2024-03-05 07:08:11 {RECALLED}\n\n"
    "2024-03-05 07:08:12 李雷\n[图片]\n\n"
)
WEFLOW_TEXT = (
    "2024-03-05 07:08:09 '李雷'\n还钱\n第二行\n\n还有\n\n"
    "2024-03-05 07:08:10 '我'\n好\n\n"
    "2024-03-05 07:08:11 '李雷'\n[语音通话] 通话时长 01:05\n\n"
)
SHARED_TEXT = (
    "李雷 和 韩梅梅 在微信上的聊天记录如下，请查收。\n\n—————  2024-03-05  —————\n\n\n"
    "李雷  07:08\n\n还钱\n第二行\n\n韩梅梅  07:09\n\n好\n\n"
    "—————  2024-03-06  —————\n\n\n"
    "李雷  00:10\n\n[图片: a.jpg(请在附件中查看)]\n\n"
)
COPIED_TEXT = "李雷 2024-03-05 07:08\n还钱\n第二行\n\n韩梅梅 2024/3/5 7:09\n好\n"
CHATLOG_TEXT = (
    "李雷(wxid_a) 2024-03-05 07:08:09\n还钱\n第二行\n\n韩梅梅(我) 2024-03-05 07:08:10\n好\n\n"
)
FORWARDED_TEXT = (
    "·李雷\n2024年3月5日 07:08\n还钱\n第二行\n\n·韩梅梅\n2024年3月5日 07:09\n好\n\n"
    "·李雷\n2024年3月5日 07:10\n[图片] a.jpg\nimages/b.jpg\n\n"
)
DUMP_TEXT = (
    "1|李雷:2024-03-05 07:08:09:还钱\n第二行\n1|me:2024-03-05 07:08:10:好\n"
    f"10000|李雷:2024-03-05 07:08:11:{RECALLED}\n"
)


def exporter_page(version: int = 2) -> str:
    """WechatExporter's page; the class names of its blocks changed once."""
    sides = {"left": "chat left", "right": "chat right", "media": "media left"}
    if version == 1:
        sides = {"left": "chat-left", "right": "chat-right", "media": "media left"}
    rows = (
        ("left", "李雷", "2024-03-05 07:08:09", "1", "还钱<br />第二行 &lt;b&gt;"),
        ("right", "我", "2024-03-05 07:08:10", "1", "好"),
        ("media", "李雷", "2024-03-05 07:08:11", "34",
         '<audio controls><source src="李雷_files/1.mp3" type="audio/mpeg">'
         '<a href="李雷_files/1.mp3">播放</a></audio>'),
    )  # fmt: skip
    blocks = "".join(
        f'\t<div class="msg {sides[side]} x" msgid="{number}" msgtype="{kind}">\n'
        '\t\t<div class="avatar-box">\n\t\t\t<img src="a_files/a.jpg" class="avatar" /></div>\n'
        f'\t\t<div class="nt-box"><span class="dspname {side}" wxId="wxid_{number}">{name}</span> '
        f'{at}</div>\n\t\t<div class="content-box">\n\t\t\t<div class="triangle"></div>\n'
        f'\t\t\t<span class="dont-break-out msg-text">{body}</span>\n\t\t</div>\n\t</div>\n'
        for number, (side, name, at, kind, body) in enumerate(rows, 1)
    )
    notice = (
        '<div class="msg chat-notice" msgid="4"><span class="dont-break-out">'
        f"系统消息：{RECALLED}</span></div>\n"
    )
    return (
        "<!doctype html>\n<html><head><style type=text/css>.chat-left { clear: both }</style>\n"
        f"<title>李雷 - 微信聊天记录</title></head>\n<body>\n{blocks}{notice}</body></html>"
    )


def exporter_script(version: int = 2) -> str:
    """What WechatExporter's page loads later: its blocks as strings."""
    body = exporter_page(version).partition("<body>\n")[2].removesuffix("</body></html>")
    blocks = body.replace('\t<div class="msg', '\0\t<div class="msg').split("\0")[1:]
    return (
        f"    (function() {{\n        var msgArray = {json.dumps(blocks)};\n"
        "        for (var i in msgArray) window.moreWechatMsgs.push(msgArray[i]);\n"
        "    })();\n"
    )


def dump_page() -> str:
    """A page of wechat-dump, one of its messages a picture in the page itself."""

    def item(sender: str, at: str, body: str) -> str:
        return (
            f'<div class="chatItem {sender}">\n  <div class="chatItemContent">\n'
            '    <span class="avatar"></span>\n    <div class="cloud cloudText">\n'
            f'       <div class="cloudPannel" title="{at}"  >\n        <div class="cloudBody">\n'
            f'          <div class="cloudContent">\n            {body}\n          </div>\n'
            "        </div>\n      </div>\n    </div>\n  </div>\n</div>\n"
        )

    pre = '<pre style="white-space:pre-wrap">'
    items = (
        item("you wxid_a", "2024-03-05 07:08:09", f"{pre}还钱\n第二行 &lt;b&gt;</pre>"),
        item("me", "2024-03-05 07:08:10", f"{pre}好</pre>"),
        item("you wxid_a", "2024-03-05 07:08:11", '<img src="data:image/jpeg;base64,/9j/">'),
    )
    return (
        "<html>\n<head>\n  <title>Chat with 李雷</title>\n"
        '<style type="text/css">.chatItem{clear:both}</style></head>\n<body>\n'
        '<div class="time">\n <span class="timeBg left"> </span>\n 03/05 07:08:09\n</div>\n'
        f"{''.join(items)}</body>\n</html>\n"
    )


def memotrace_page() -> str:
    """A page of WeChatMsg: its messages are objects in a script."""
    rows = (
        "{ type:0, text: '2024-03-05 07:08:09',is_send:0,avatar_path:'',timestamp:1709593689},",
        "{ type:1, text: '还钱\\n第二行 &lt;b&gt;',is_send:0,avatar_path:'./avatar/a.png',"
        "timestamp:1709593689,is_chatroom:0,displayname:'李雷'},",
        "{ type:1, text: '好',is_send:1,avatar_path:'',timestamp:1709593690,displayname:'我'},",
        "{ type:34, text:'./voice/1.mp3',is_send:0,voice_to_text:'',timestamp:1709593691,"
        "displayname:'李雷'},",
        f"{{ type:0, text: '{RECALLED}',is_send:0,avatar_path:'',timestamp:1709593692}},",
    )
    return (
        "<!DOCTYPE html>\n<html lang='zh-CN'><head><title>李雷</title></head><body><script>\n"
        "const chatMessages = [\n" + "".join(rows) + "\n];\nrender();</script></body></html>"
    )


def weflow_page() -> str:
    """A page of WeFlow: the bubbles are HTML within JSON."""
    rows = (
        (0, '<div class="message-text">还钱<br />第二行 &lt;b&gt;</div>'),
        (1, '<div class="message-text">好</div>'),
        (0, '<audio class="message-media audio" controls src="media/voices/1.mp3"></audio>'),
        (0, '<div class="message-text">[语音通话] 通话时长 01:05</div>'),
    )
    data = ",\n".join(
        json.dumps(
            {
                "i": number,
                "t": 1709593688 + number,
                "s": own,
                "a": "<span>李</span>",
                "b": f'<div class="message-time">1</div><div class="message-content">{body}</div>',
            },
            ensure_ascii=False,
        )
        for number, (own, body) in enumerate(rows, 1)
    )
    return (
        "<!DOCTYPE html>\n<html><head><title>李雷 - 聊天记录</title></head><body><script>\n"
        f"      window.WEFLOW_DATA = [\n{data}\n];\n    </script></body></html>"
    )


def chat_mail() -> bytes:
    """A mail into which the app put a chat."""
    message = EmailMessage()
    message["From"] = "a@example.org"
    message["Subject"] = "李雷和韩梅梅的聊天记录"
    message.set_content(SHARED_TEXT, charset="utf-8", cte="base64")
    return message.as_bytes()
