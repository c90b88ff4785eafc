"""evidence/readers/chat_exports/imazing_names.py."""

from __future__ import annotations

import pytest

from .reads import reading

IMAZING_IN_CHINESE = (
    "聊天会话,消息日期,送达日期,已读日期,服务,类型,发件人 ID,发件人姓名,状态,回复,主题,文本,"
    "附件,附件类型\n"
    "李雷,2024-03-05 07:08:09,,,SMS,接收,+8613700000001,李雷,已读,,,还钱,,\n"
    "李雷,2024-03-05 07:09:09,,,iMessage,发送,,,未送达,,,好,a.jpg,图像\n"
    "李雷,2024-03-05 07:11:09,,,iMessage,通知,,,,,,改了群名,,\n"
)


@pytest.mark.parametrize(
    "header",
    [
        IMAZING_IN_CHINESE.split("\n", 1)[0],
        "對話,訊息日期,已送達日期,讀取日期,服務,類型,傳送者 ID,傳送者名稱,狀態,回覆,主題,內容,"
        "附件,附件類型",
        "会话,日期,送达时间,已读时间,服务,类型,发送者ID,发送者,状态,回复给,标题,正文,附件,附件种类",
    ],
)
def test_imazing_speaks_the_language_of_its_computer(header):
    table = header + "\n" + IMAZING_IN_CHINESE.split("\n", 1)[1]

    got = reading(table.encode(), name="x.csv")
    first, second, notice = got

    assert got.format == "imazing"
    assert (first.kind, first.direction, first.text) == ("sms", "in", "还钱")
    assert (first.peer_number_e164, first.peer_name) == ("+8613700000001", "李雷")
    assert (second.direction, second.peer_name) == ("failed", "李雷")
    assert second.attachments[0]["name"] == "a.jpg"
    assert (notice.kind, notice.text) == ("system", "改了群名")
    assert "format_unverified" in {each["code"] for each in got.summary.warnings}


def test_a_chat_table_of_another_program_is_not_taken_for_imazing():
    table = "会话,日期,类型,发送者,文本\n李雷,2024-03-05 07:08:09,接收,李雷,还钱\n"

    assert reading(table.encode(), name="x.csv").format != "imazing"
