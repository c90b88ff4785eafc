"""Words of headers and cells in traditional characters, as phones of Taiwan and Hong Kong write."""

from __future__ import annotations

import unicodedata
from typing import Final

# Only the characters of the words that we know: the texts of messages are never respelled.
_SIMPLE: Final = str.maketrans(
    "號碼時間內類電話機聯絡稱對發訊長狀態撥來運單錄備註達資標誌詳細區攔轉語郵傳別結項據無費簡響鈴掛斷應務讀覆題會編輯刪",
    "号码时间内类电话机联络称对发讯长状态拨来运单录备注达资标志详细区拦转语邮传别结项据无费简响铃挂断应务读复题会编辑删",
)
_WORDS: Final = (("简讯", "短信"), ("联络人", "联系人"), ("讯息", "信息"))


def simplified(text: str) -> str:
    """The text in the characters and words of the mainland, full-width forms as ASCII."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIMPLE)
    for theirs, ours in _WORDS:
        plain = plain.replace(theirs, ours)
    return plain
