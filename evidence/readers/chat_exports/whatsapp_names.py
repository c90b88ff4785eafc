"""What WhatsApp calls the file of an export, in the languages of phones: whose chat it is."""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = "{}"
_TITLES: Final = """
WhatsApp Chat with {}|WhatsApp Chat mit {}|WhatsApp-Chat mit {}|WhatsApp Chat - {}
Chat de WhatsApp con {}|Chat WhatsApp con {}|Conversa do WhatsApp com {}
Conversa no WhatsApp com {}|Discussion WhatsApp avec {}|Чат WhatsApp с {}|WhatsApp Чат с {}
WhatsApp Gesprek met {}|WhatsApp-chat met {}|دردشة واتساب مع {}|{} ilə WhatsApp Söhbəti
{} এর সাথে WhatsApp চ্যাট|Xat de WhatsApp amb {}|Chat WhatsApp s uživatelem {}
WhatsApp chat med {}|Συνομιλία WhatsApp με {}|WhatsApp'i vestlus kontaktiga {}
گفتگوی WhatsApp با {}|WhatsApp-keskustelu henkilön {} kanssa|{} સાથેની WhatsApp વાત
צ'אט WhatsApp עם {}|{} के साथ WhatsApp चैट|WhatsApp razgovor s {}|WhatsApp csevegés vele: {}
WhatsApp csevegés vele_ {}|Chat WhatsApp dengan {}|{}とのWhatsAppチャット|WhatsApp чат: {}
WhatsApp чат_ {}|{} ಜೊತೆ WhatsApp ಸಂಭಾಷಣೆ|{}님과의 WhatsApp 대화|{}님과 WhatsApp 대화
WhatsApp pokalbis su {}|WhatsApp sarakste ar {}|WhatsApp разговор со {}
{} മായുള്ള WhatsApp ചാറ്റുകൾ|{} सोबतच्या WhatsApp गप्पा|Sembang WhatsApp dengan {}
WhatsApp-samtale med {}|{} ਨਾਲ WhatsApp ਗੱਲਬਾਤ|Czat WhatsApp z {}|Conversație WhatsApp cu {}
WhatsApp chat s používateľom {}|WhatsApp klepet z {}|Biseda me {} në WhatsApp
WhatsApp Ћаскање са {}|WhatsApp-chatt med {}|Soga za WhatsApp na {}|{} உடன் WhatsApp உரையாடல்
{} తో WhatsApp సంభాషణ|แชท WhatsApp กับ {}|WhatsApp Chat kay {}|{} ile WhatsApp Sohbeti
Бесіда WhatsApp з {}|{} کے ساتھ WhatsApp بات چیت|{} bilan WhatsApp chati
Trò chuyện WhatsApp với {}|WhatsApp 与 {} 的对话|WhatsApp 與 {} 的對話
"""
_WESTERN: Final = "|".join(
    "(.+)".join(re.escape(part) for part in title.split(_NAME))
    for line in _TITLES.split("\n")
    for title in line.split("|")
    if title
)
_CHINESE: Final = (
    r"[与與](.+?)的 ?WhatsApp ?(?:聊天|对话|對話)(?:记录|記錄|紀錄)?"
    r"|WhatsApp ?(?:聊天|对话|對話)(?:记录|記錄|紀錄)? ?- ?(.+)"
)
_NAMES: Final = re.compile(f"(?:{_CHINESE}|{_WESTERN})")
_SUFFIX: Final = re.compile(r"\.(?:txt|zip)$", re.I)
_COPY: Final = re.compile(r" ?\(\d{1,3}\)$")


def chat_of(name: str) -> str | None:
    """The name of the chat in that of a file, without its marks of direction, or None."""
    found = _NAMES.fullmatch(_COPY.sub("", _SUFFIX.sub("", name).strip()))
    return next(part.strip() for part in found.groups() if part) if found else None
