"""Notices, placeholders and attachments of WhatsApp exports, in the languages that phones write."""

from __future__ import annotations

import re
from typing import Final

_ENCRYPTED: Final = re.compile(
    r"^(?:(?:Messages|Your messages|Your chats|This chat|This business|Messages you send)\b"
    r".{0,120}end-to-end encrypt"
    r"|.{0,60}(?:消息|讯息|訊息|对话|對話|聊天|通话|通話).{0,60}"
    r"(?:端到端|端对端|端對端|點對點|点对点)(?:加密|的?加密).{0,200}(?:WhatsApp|只有|点|點|按|触|觸|了解|外)"
    r"|Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt"
    r"|Los mensajes y las llamadas están cifrados|Les messages et les appels sont chiffrés"
    r"|As mensagens e as (?:chamadas|ligações) são protegidas"
    r"|I messaggi e le chiamate sono crittografati|Сообщения и звонки защищены"
    r"|Berichten en oproepen (?:zijn|worden) end-to-end"
    r"|メッセージと通話はエンドツーエンド|الرسائل والمكالمات مشف|Mesajlar ve aramalar uçtan uca)",
    re.S,
)
_EVENT: Final = re.compile(
    r"created (?:this )?group|added you\b| added .| left$| left the group|joined (?:using|from|via)"
    r"|changed (?:the|this|their) |changed to \+|security code|(?:now|no longer) an admin"
    r"| removed |disappearing messages|(?:You|you) (?:un)?blocked this|pinned a message"
    r"|创建了(?:此|本|该)?群|建立了(?:此|本|該)?群|已?(?:添加|新增|加入)了|將.{1,60}加入|将.{1,60}(?:添加|加入)"
    r"|(?:退出|離開|离开)了|已(?:退出|離開|离开)|(?:更改|變更|修改)了|安全(?:代码|代碼|碼|码).{0,20}(?:更改|变更|變更)"
    r"|(?:移除|删除|刪除)了.{1,60}(?:群|成员|成員)|(?:管理员|管理員)$|限时消息|限時訊息|自动消失|自動銷毀"
    # the notice on encryption, in whatever words
    r"|end-to-end|Ende-zu-Ende|bout en bout|extremo a extremo|ponta a ponta|uçtan uca|сквозн"
    r"|端到端|端对端|端對端|エンドツーエンド|종단간|ujung-ke-ujung|od początku do końca"
)
_OMITTED: Final = re.compile(
    r"^(?:<(?:Media omitted|省略影音内容|省略多媒体文件|媒体省略"
    r"|已省略多媒體檔案|省略多媒體檔案|已忽略多媒体文件|媒體已略去|省略媒体文件"
    r"|Medien ausgeschlossen|Multimedia omitido|Médias omis|Media omessi"
    r"|Mídia (?:oculta|omitida)|Arquivo de mídia oculto"
    r"|Без медиафайлов|Media weggelaten|Media tidak disertakan|Medya dahil edilmedi"
    r"|メディアは含まれていません|미디어 파일을 생략한 대화내용|تم استبعاد الوسائط)>"
    r"|<[^<>\n]{0,80}?(?:omitted|省略|略去|忽略|ausgeschlossen|weggelassen|omitid[oa]s?|omise?s?"
    r"|omess[oaie]|oculta|omitida|weggelaten|dahil edilmedi|含まれていません|省略されました"
    r"|생략|пропущено|не добавлено|tidak disertakan|استبعاد)[^<>\n]{0,20}>"
    r"|(?:View once )?(?:image|photo|video|audio|GIF|sticker|document|Contact card|video note"
    r"|(?:video |voice )?message) omitted"
    r"|(?:一次性|仅可|僅可|阅后即焚|單次)?(?:查看|檢視|检视)?(?:一次)?的?"
    r"(?:语音消息|語音訊息|视频消息|影片訊息|視訊訊息)已?(?:略去|忽略|省略)"
    r"|(?:图片|圖片|图像|圖像|照片|视频|影片|視訊|音频|音訊|语音消息|語音訊息|贴图|貼圖|动图|GIF"
    r"|文档|文件|檔案|联系人名片|联系人卡片|聯絡人資料)已?(?:略去|忽略|省略)"
    r"|(?:Bild|Video|Audio|GIF|Sticker|Dokument|Kontaktkarte) (?:weg|aus)gelassen"
    r"|(?:imagen|Tarjeta de contacto) omitida|(?:[Vv]ideo|audio|GIF|sticker|documento) omitido"
    r"|(?:imagem|GIF|vídeo|áudio|documento) ocultad[ao]|(?:figurinha|GIF) omitida"
    r"|(?:vídeo|documento|[Cc]artão do contato) omitido"
    r"|(?:image|vidéo) absente|(?:audio|sticker) omis|(?:document|Fiche contact) manquante?"
    r"|GIF retiré|(?:immagine|Scheda contatto) omessa|(?:video|audio|documento) omesso"
    r"|(?:изображение|видео|аудио|GIF|документ|карточка контакта) отсутствует|стикер не добавлен"
    r"|(?:afbeelding|video|audio|GIF|sticker|document) weggelaten"
    r"|(?:görüntü|video|ses|GIF|Çıkartma|belge) dahil edilmedi"
    r"|(?:이미지|사진|동영상|비디오|오디오|음성 메시지|스티커|문서|연락처 카드|GIF) ?생략됨"
    r"|(?:الصورة|الفيديو|الصوت|الملصق|المستند|المقطع الصوتي|GIF) غير مشمول(?:ة)?"
    r"|(?:התמונה|הסרטון|הקובץ|השמע|המדבקה|המסמך|GIF) הושמט(?:ה)?"
    r"|(?:画像|動画|音声|音声メッセージ|スタンプ|文書|GIF)は(?:省略されました|含まれていません))\.?$",
)
_ATTACHED: Final = re.compile(
    r"<(?:attached|附件|已附加|添付|Anhang|adjunto|pièce jointe|allegato|bijgevoegd|bijlage|anexado"
    r"|вложение|مرفق|첨부)"
    r"[:：]\s?"
    r"(?P<inside>[^<>\n]{1,255})>"
    # names that only WhatsApp gives to files are told in whatever language the phone speaks
    r"|<[^<>:：\n]{1,40}[:：]\s?(?P<numbered>\d{8}-[^<>\n]{1,200}\.[A-Za-z0-9]{1,8})>"
    r"|^(?P<before>[^\n]{1,255}?\.[A-Za-z0-9]{1,8}) "
    r"\((?:file attached|文件附件|檔案附件|附件|已附加檔案|Datei angehängt"
    r"|archivo adjunto|fichier joint"
    r"|arquivo anexado|file allegato|bestand bijgevoegd|файл добавлен|dosya ekli|file terlampir"
    r"|添付ファイル|附件檔案|파일 첨부됨|الملف مرفق)\)"
    r"|^(?P<named>(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d{4,6}\.[A-Za-z0-9]{1,8}) "
    r"\([^()\n]{2,40}\)(?=\n|\Z)",
)
_DELETED: Final = re.compile(
    r"^(?:This message was deleted|You deleted this message|这条消息已删除"
    r"|[您你]已?删除了?(?:这条|此)消息|此消息已删除"
    r"|此訊息已刪除|這則訊息已刪除|您已?刪除了?(?:這則|此)訊息|你已?刪除了?(?:這則|此)訊息"
    r"|Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht"
    r"|Se eliminó este mensaje|Eliminaste este mensaje"
    r"|Mensagem apagada|Esta mensagem foi apagada|(?:Você apagou|Apagou) esta mensagem"
    r"|Ce message a été supprimé|Vous avez supprimé ce message"
    r"|Questo messaggio è stato eliminato|Hai eliminato questo messaggio"
    r"|Данное сообщение удалено|Вы удалили данное сообщение|Bu mesaj silindi|Bu mesajı sildiniz"
    r"|Pesan ini (?:telah )?dihapus|このメッセージは削除されました|تم حذف هذه الرسالة)[.。]?$"
)
_EDITED: Final = re.compile(
    r"\s*<(?:This message was edited|(?:此|这条|這則|该|該)?(?:消息|讯息|訊息)?"
    r"已(?:被|经过|經過)?(?:编辑|編輯)(?:过|過)?"
    r"|已(?:编辑|編輯)(?:此|这条|這則)?(?:消息|訊息)?|Diese Nachricht wurde bearbeitet"
    r"|Se editó este mensaje|Mensagem editada|Ce message a été modifié"
    r"|Questo messaggio è stato modificato)[.。]?>\s*$"
)
_MISSED: Final = re.compile(
    r"^(?:(?:Missed|Silenced) (?:group )?(?:voice|video) call|未接(?:的)?(?:群组|群組)?"
    r"(?:语音|视频|語音|視訊|視像)"
    r"(?:通话|通話|来电|來電)"
    r"|已?(?:静音|靜音|消音)(?:了)?的?(?:群组|群組)?(?:语音|视频|語音|視訊|視像)(?:通话|通話|来电|來電)"
    r"|Stummgeschalteter? (?:Sprach|Video)anruf|Llamada (?:de voz|perdida|de video) silenciada"
    r"|Appel (?:vocal|vidéo) mis en sourdine|Chamada de (?:voz|vídeo) silenciada"
    r"|Chiamata vocale silenziata)"
)
_REST: Final = re.compile(  # of such a line: the hour, or how to call back
    r"[\s,，.。]*(?:at |于|於)?[\d:：\s\u202f.apmAPM上下午]*"
    r"(?:(?:[Tt]ap|[Cc]lick) to call back"
    r"|[点點]按?[击擊]?(?:以|即可)?回[拨撥]|[轻輕][触觸](?:以|即可)?回[拨撥])?[.。]?"
)
_CALL: Final = re.compile(
    r"^(?:(?:Voice|Video) call|(?:语音|视频|語音|視訊|視像)通[话話])"
    r"(?:[.。,，:：]?\s*(?:\d.{0,20}|No answer|Answered on other device"
    r"|无人接听|無人接聽|未接听|未接聽))?$"
)


def is_notice(text: str) -> bool:
    """Whether this is the notice on encryption, which some phones write as if a person said it."""
    return _ENCRYPTED.search(text[:600]) is not None


def is_event(text: str) -> bool:
    """Whether a line that the app itself wrote tells of a group, a block or a security code."""
    return _EVENT.search(text[:600]) is not None


def is_omitted(text: str) -> bool:
    """Whether the text only stands for media that were left out."""
    return _OMITTED.match(text) is not None


def is_deleted(text: str) -> bool:
    """Whether the text only says that a message was deleted."""
    return _DELETED.match(text) is not None


def attached_name(text: str) -> str | None:
    """The name of the file that the text stands for, as in the archive."""
    found = _ATTACHED.search(text[:1024])
    return next(name.strip() for name in found.groups() if name) if found else None


def unedited(text: str) -> tuple[str, bool]:
    """The text without the remark that it was edited, and whether there was one."""
    tail = text[-80:]
    found = _EDITED.search(tail)
    return (text[: len(text) - len(tail) + found.start()], True) if found else (text, False)


def call_of(text: str, *, by_program: bool) -> str | None:
    """`missed`, or `call` for one that says nothing more, or None: no call at all.

    Args:
        text: without its mark.
        by_program: whether the line's mark shows that no person typed it; where it does not, words
            that go on after those for a missed call are a person's.
    """
    if missed := _MISSED.match(text):
        return "missed" if by_program or _REST.fullmatch(text, missed.end()) else None
    return "call" if _CALL.match(text) else None
