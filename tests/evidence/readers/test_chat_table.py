"""evidence/readers/{chat_table,wechat_content}.py."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.samples.wechat import PYWXDUMP_CSV, RECALLED
from tests.samples.workbooks import xls, xlsx

from .reads import reading, records

IMAZING = (
    "Chat Session,Message Date,Delivered Date,Read Date,Edited Date,Deleted Date,Service,Type,"
    "Sender ID,Sender Name,Status,Replying to,Subject,Text,Reactions,Attachment,Attachment type\r\n"
    '李雷,2024-03-05 07:08:09,,,,,SMS,Incoming,+8613700000001,李雷,Received,,,"还,\r\n钱",,,\r\n'
    "李雷,2024-03-05 07:09:09,,,,,iMessage,Outgoing,,,Read,,,好,,a.jpg,Image\r\n"
    "李雷,2024-03-05 07:10:09,,,,,iMessage,Outgoing,,,Not Delivered,,,喂,,,\r\n"
    "李雷,2024-03-05 07:11:09,,,,,iMessage,Notification,,,,,,改了群名,,,\r\n"
)
WECHATMSG = (
    "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,"
    "Sender\n"
    "1,2,1,0,0,1709593689,,还钱,2024-03-05 15:08:09,李雷,雷子,wxid_a\n"
    "2,2,1,0,1,1709593690,,好,2024-03-05 15:08:10,我,我,wxid_me\n"
    "3,2,10000,0,0,1709593691,,李雷撤回了一条消息,,李雷,雷子,wxid_a\n"
    "4,2,50,0,0,1709593692,,通话时长 01:05,,李雷,雷子,wxid_a\n"
    '5,2,34,0,0,1709593693,,"<msg><voicemsg voicelength=""2500"" /></msg>",,李雷,雷子,wxid_a\n'
)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_imazing_messages_by_the_names_of_their_columns(mark):
    got = reading((mark + IMAZING).encode(), name="x.csv")
    first, second, failed, notice = got

    assert got.format == "imazing"
    assert (first.kind, first.direction, first.text) == ("sms", "in", "还,\n钱")
    assert first.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert (first.peer_number_e164, first.peer_name) == ("+8613700000001", "李雷")
    assert (second.kind, second.direction, second.peer_name) == ("chat", "out", "李雷")
    assert second.attachments[0]["name"] == "a.jpg"
    assert (failed.direction, notice.kind, notice.direction) == ("failed", "system", "system")
    assert [record.source_locator["line"] for record in got_again()] == [2, 4, 5, 6]


def got_again():
    return records(IMAZING.encode(), name="x.csv")


def test_imazing_whatsapp_has_other_columns():
    text = (
        "Chat Session,Message Date,Sent Date,Type,Sender ID,Sender Name,Status,Forwarded,Text,"
        "Attachment,Attachment info\n"
        "李雷,2024-03-05T07:08:09Z,,Incoming,8613700000001,李雷,,,早,,\n"
    )

    [record] = records(text.encode())

    assert (record.kind, record.when_utc.hour, record.zone_source) == ("chat", 7, "offset")
    assert record.peer_number_e164 == "+8613700000001"


def test_wechatmsg_takes_the_epoch_and_the_type_number():
    got = reading(WECHATMSG.encode(), name="x.csv")
    first, own, notice, call, voice = got

    assert got.format == "wechatmsg"
    assert (first.direction, first.peer_name, first.text) == ("in", "李雷", "还钱")
    assert first.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert first.zone_source == "epoch"
    assert (own.direction, own.peer_name) == ("out", "李雷")
    assert (notice.kind, notice.direction) == ("system", "system")
    assert {record.conversation for record in got_wechatmsg()} == {"李雷"}
    assert (call.kind, call.duration_s) == ("call", 65)
    assert (voice.text, voice.duration_s) == (None, 2.5)


def got_wechatmsg():
    return records(WECHATMSG.encode(), name="x.csv")


def test_a_conversation_of_several_senders_has_no_one_s_name():
    more = "6,2,1,0,0,1709593694,,在,,韩梅梅,梅,wxid_b\n"

    assert {record.conversation for record in records((WECHATMSG + more).encode())} == {"2"}


def test_wechatmsg_before_0_2_7_wrote_a_name_less_than_values():
    text = (
        "TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark\n"
        "1,2,1,0,1,1709593689,,还钱,2024-03-05 15:08:09,李雷\n"
    )
    shifted = text.replace("TalkerId,Type", "localId,Type", 1)

    [record] = records(shifted.encode())

    assert (record.direction, record.text) == ("out", "还钱")
    assert record.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<msg><appmsg><title>合同.pdf</title><type>6</type></appmsg></msg>", "合同.pdf"),
        (
            "<msg><appmsg><title>微信转账</title><des>100元</des><type>2000</type></appmsg></msg>",
            "微信转账\n100元",
        ),
        (
            "<!DOCTYPE x [<!ENTITY a 'b'>]><msg>&a;</msg>",
            "<!DOCTYPE x [<!ENTITY a 'b'>]><msg>&a;</msg>",
        ),
        ("<msg", "<msg"),
    ],
)
def test_xml_of_the_other_side_is_read_without_entities_or_stays_as_written(content, text):
    row = f'1,2,49,0,0,1709593689,,"{content}",,李雷,雷子,wxid_a\n'

    [record] = records((WECHATMSG.split("\n", 1)[0] + "\n" + row).encode())

    assert record.text == text


def test_a_group_s_sender_before_the_text_is_taken_off():
    row = '1,9@chatroom,1,0,0,1709593689,,"wxid_abcd:\n还钱",,,,\n'

    [record] = records((WECHATMSG.split("\n", 1)[0] + "\n" + row).encode())

    assert (record.text, record.peer_name) == ("还钱", "wxid_abcd")
    assert record.conversation == "9@chatroom"


@pytest.mark.parametrize("more", ["", ",备注,昵称,更多信息"])
def test_memotrace_has_local_times_and_no_direction(more):
    text = (
        f"\ufeff消息ID,类型,发送人,时间,内容{more}\r\n"
        "1,文本,李雷,2024-03-05 07:08:09,还钱\r\n"
        "2,系统消息,李雷,2024-03-05 07:09:09,撤回\r\n"
    )

    got = reading(text.encode(), name="李雷.csv")
    first, notice = got

    assert got.format == "memotrace"
    assert (first.direction, first.peer_name, first.conversation) == (None, "李雷", "李雷")
    assert first.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert (notice.kind, notice.peer_name) == ("system", None)


def test_chatlog_tells_the_owner_in_a_private_chat_only():
    text = (
        "Time,SenderName,Sender,TalkerName,Talker,Content\n"
        "2024-03-05 07:08:09,李雷,wxid_a,李雷,wxid_a,还钱\n"
        "2024-03-05 07:08:10,我,wxid_me,李雷,wxid_a,好\n"
        "2024-03-05 07:08:11,我,wxid_me,群,1@chatroom,好\n"
        "2024-03-05 07:08:12,我,self,群,1@chatroom,好\n"
    )

    got = reading(text.encode())

    assert [record.direction for record in got] == ["in", "out", None, "out"]
    assert got.format == "chatlog"


def test_pywxdump_has_words_for_types_and_paths_of_files():
    got = reading(PYWXDUMP_CSV.encode(), name="wxid_a_0_5000.csv")
    first, own, picture, notice = got

    assert got.format == "pywxdump"
    assert (first.direction, first.text, first.peer_name) == ("in", "还钱", "李雷")
    assert first.when_utc == datetime(2024, 3, 4, 23, 8, 9, tzinfo=UTC)
    assert (own.direction, own.peer_name) == ("out", None)
    assert (picture.attachments[0]["name"], picture.facts["message_type"]) == ("a.dat", "image")
    assert (notice.kind, notice.text) == ("system", RECALLED)


def test_chatlog_names_the_other_side_of_what_the_owner_wrote():
    text = (
        "Time,SenderName,Sender,TalkerName,Talker,Content\n"
        "2024-03-05 07:08:10,我,wxid_me,李雷,wxid_a,嗯\n"
        "2024-03-05 07:08:11,我,self,群,1@chatroom,嗯\n"
    )

    private, group = records(text.encode())

    assert (private.direction, private.peer_name) == ("out", "李雷")
    assert (group.direction, group.peer_name) == ("out", None)


def test_the_other_order_of_chatlog_says_who_is_the_owner():
    text = (
        "Time,Talker,TalkerName,Sender,SenderName,IsSelf,Type,TypeDesc,Content\n"
        "2024-03-05 07:08:09,1@chatroom,群,wxid_a,李雷,false,1,文本消息,还钱\n"
        "2024-03-05 07:08:10,1@chatroom,群,wxid_me,我,true,1,文本消息,好\n"
        "2024-03-05 07:08:11,1@chatroom,群,系统消息,,false,10000,系统消息,撤回\n"
    )

    got = records(text.encode())

    assert [record.direction for record in got] == ["in", "out", "system"]
    assert {record.conversation for record in got} == {"群"}


WEFLOW_SHEET = [
    ("会话信息",),
    ("微信ID", "wxid_a", "", "昵称", "李雷"),
    ("导出工具", "WeFlow", "导出版本", "1.0", "平台", "wechat", "导出时间", "2024-03-06 00:00:00"),
    ("序号", "时间", "发送者昵称", "发送者微信ID", "发送者备注", "发送者身份", "消息类型", "内容"),
    (1, "2024-03-05 07:08:09", "雷子", "wxid_a", "李雷", "李雷", "文本消息", "还钱"),
    (2, "2024-03-05 07:08:10", "梅", "wxid_me", "", "我", "文本消息", "好"),
]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_chat_tool_s_sheet_below_its_own_lines(make):
    first, own = records(make({"聊天记录": WEFLOW_SHEET}), name="李雷.xlsx")

    assert (first.kind, first.direction, first.peer_name) == ("chat", "in", "李雷")
    assert (own.direction, own.text, own.conversation) == ("out", "好", "李雷")
    assert first.source_locator == {"row": 5, "table": "聊天记录"}


@pytest.mark.parametrize(
    ("content", "facts", "text"),
    [
        (
            "<msg><appmsg><title>微信转账</title><type>2000</type><wcpayinfo><paysubtype>3"
            "</paysubtype><feedesc>￥100.00</feedesc><pay_memo>还你</pay_memo></wcpayinfo></appmsg></msg>",
            {"message_type": "transfer", "amount": "￥100.00", "transfer": "received"},
            "微信转账\n￥100.00\n还你",
        ),
        (
            "<msg><appmsg><title>好的</title><type>57</type><refermsg><content>还钱</content>"
            "</refermsg></appmsg></msg>",
            {"message_type": "quote", "quoted": "还钱"},
            "好的",
        ),
    ],
)
def test_transfers_tell_the_sum_and_quotes_what_they_answer(content, facts, text):
    row = f'1,2,49,0,0,1709593689,,"{content}",,李雷,雷子,wxid_a\n'

    [record] = records((WECHATMSG.split("\n", 1)[0] + "\n" + row).encode())

    assert record.text == text
    assert {name: record.facts[name] for name in facts} == facts


@pytest.mark.parametrize(
    ("number", "content", "text"),
    [
        ("10000", '<![CDATA[你撤回了一条消息 <a href=""weixin://revoke_edit_click"">重新编辑</a>]]>',
         "你撤回了一条消息"),
        ("10002", '<sysmsg type=""revokemsg""><revokemsg><replacemsg><![CDATA[""李雷"" 撤回了]]>'
         "</replacemsg></revokemsg></sysmsg>", '"李雷" 撤回了'),
        ("10000", '红包，<_wc_custom_link_ href=""x"">请查看</_wc_custom_link_>', "红包，请查看"),
    ],
)  # fmt: skip
def test_notices_are_told_without_their_markup(number, content, text):
    row = f'1,2,{number},0,0,1709593689,,"{content}",,李雷,雷子,wxid_a\n'

    [record] = records((WECHATMSG.split("\n", 1)[0] + "\n" + row).encode())

    assert (record.kind, record.text) == ("system", text)
