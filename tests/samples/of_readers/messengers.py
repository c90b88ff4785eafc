"""Chats as QQ, Telegram, Signal and WeLink write them."""

from __future__ import annotations

from tests.samples.chats import (
    QQ_BANNER,
    qq_conversation,
    qq_day,
    qq_exported,
    qq_exported_message,
    qq_label,
    qq_mht,
    qq_row,
    telegram_account,
    telegram_box,
    telegram_chat,
    telegram_message,
    telegram_notice,
    telegram_page,
)

SAMPLES = {
    "qq_text": (QQ_BANNER + qq_conversation("甲", "2024-03-05 7:08:09 乙(10001)\n好")).encode(),
    "qq_mht": qq_mht(
        qq_label("消息对象:甲"), qq_day("2024/3/5"), qq_row("乙(10001)", "7:08:09", "好")
    ),
    "qq_json": qq_exported(qq_exported_message(), selfUin="10002"),
    "qq_exporter_text": (
        "[QQChatExporter V5 / x]\n\n聊天名称: 甲\n聊天类型: 群聊\n消息总数: 2\n\n[1]\n[群主] 甲:\n"
        "时间: 2024-03-05 07:08:09\n内容: 好\n资源: 1 个文件\n  - image: a.jpg\n\n\n[2]\n乙:\n"
        "时间: 2024-03-05 07:08:10\n内容: 好\n回复: 甲 - 好\n\n"
    ).encode(),
    "signal_text": b"[2024-03-05, 07:08] Me: x\n(- A: y -)\n[2024-03-05, 07:09] A: y\n",
    "imessage_text": (
        b"May 17, 2022  5:29:42 PM\nMe\nx\nTapbacks:\nLoved by A\n\n"
        b"May 17, 2022  5:30:42 PM (Read by you)\nA\n/tmp/a.jpg\n\n"
    ),
    "telegram": telegram_account(9, telegram_chat(telegram_message(1, ["a", {"text": "好"}]))),
    "telegram_html": telegram_page(telegram_notice(-1, "5 March 2024"), telegram_box(1, "好<br>")),
    "welink_text": "甲(z001)\t2024-03-05 07:08:09\n好\n".encode(),
}
