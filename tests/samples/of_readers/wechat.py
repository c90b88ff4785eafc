"""Exports of tools for WeChat: JSON, pages, texts, tables."""

from __future__ import annotations

import json
from typing import Any

from tests.samples import wechat


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


SAMPLES = {
    "weflow": _json(wechat.WEFLOW),
    "echotrace": _json({name: part for name, part in wechat.WEFLOW.items() if name != "weflow"}),
    "chatlab": _json(wechat.CHATLAB),
    "chatlog": _json(wechat.CHATLOG),
    "keeper": _json(wechat.KEEPER),
    "pywxdump": _json(wechat.PYWXDUMP),
    "memotrace": _json(wechat.MEMOTRACE),
    "wechatmsg": _json(
        [{"localId": 1, "TalkerId": 2, "Type": 1, "IsSender": 0, "CreateTime": 1709593689,
          "StrContent": "还钱", "Remark": "李雷"}]
    ),
    "pywxdump_table": wechat.PYWXDUMP_CSV.encode(),
    "pywxdump_content": (
        "MsgSvrID,type_name,is_sender,talker,content,CreateTime\n"
        '1,文本,0,甲,"{""src"": """", ""msg"": ""好""}",2024-03-05 07:08:09\n'
    ).encode(),
    "exporter_text": wechat.EXPORTER_TEXT.encode(),
    "memotrace_text": wechat.MEMOTRACE_TEXT.encode(),
    "weflow_text": wechat.WEFLOW_TEXT.encode(),
    "shared_text": wechat.SHARED_TEXT.encode(),
    "copied_text": wechat.COPIED_TEXT.encode(),
    "chatlog_text": wechat.CHATLOG_TEXT.encode(),
    "forwarded_text": wechat.FORWARDED_TEXT.encode(),
    "dump_text": wechat.DUMP_TEXT.encode(),
    "mail": wechat.chat_mail(),
    "exporter_page": wechat.exporter_page().encode(),
    "dump_page": wechat.dump_page().encode(),
    "exporter_script": wechat.exporter_script().encode(),
    "memotrace_page": wechat.memotrace_page().encode(),
    "weflow_page": wechat.weflow_page().encode(),
}  # fmt: skip
