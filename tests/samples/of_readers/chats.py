"""Exports of chats: WhatsApp's text, tables of iMazing and of tools for WeChat."""

from __future__ import annotations

WHATSAPP = "2024/3/5 07:08 - 李雷: 早\n第二行\n2024/3/5 下午1:54 - 我: <省略影音内容>\n"
WHATSAPP_IPHONE = (
    "[15/03/2024, 07:08:09] 李雷: 早\n\u200e[15/03/2024, 07:09:09] 我: \u200e图像已省略\n"
)
IMAZING = (
    "Chat Session,Message Date,Delivered Date,Read Date,Edited Date,Deleted Date,Service,Type,"
    "Sender ID,Sender Name,Status,Replying to,Subject,Text,Reactions,Attachment,Attachment type\r\n"
    '李雷,2024-03-05 07:08:09,,,,,SMS,Incoming,+8613700000001,李雷,Received,,,"还,\r\n钱",,,\r\n'
    "李雷,2024-03-05 07:09:09,,,,,iMessage,Outgoing,,,Read,,,好,,a.jpg,Image\r\n"
)
IMAZING_WHATSAPP = (
    "Chat Session,Message Date,Sent Date,Type,Sender ID,Sender Name,Status,Forwarded,Text,"
    "Attachment,Attachment info\n李雷,2024-03-05T07:08:09Z,,Incoming,8613700000001,李雷,,,早,,\n"
)
WECHATMSG = (
    "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,"
    "Sender\n1,2,1,0,0,1709593689,,还钱,2024-03-05 15:08:09,李雷,雷子,wxid_a\n"
    "3,2,10000,0,0,1709593691,,李雷撤回了一条消息,,李雷,雷子,wxid_a\n"
    "4,2,50,0,0,1709593692,,通话时长 01:05,,李雷,雷子,wxid_a\n"
    '5,2,34,0,0,1709593693,,"<msg><voicemsg voicelength=""2500"" /></msg>",,李雷,雷子,wxid_a\n'
)
MEMOTRACE = "\ufeff消息ID,类型,发送人,时间,内容\r\n1,文本,李雷,2024-03-05 07:08:09,还钱\r\n"
CHATLOG = (
    "Time,SenderName,Sender,TalkerName,Talker,Content\n"
    "2024-03-05 07:08:09,李雷,wxid_a,李雷,wxid_a,还钱\n"
    "2024-03-05 07:08:10,我,wxid_me,李雷,wxid_a,好\n"
)
PYWXDUMP = (
    "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n"
    "1,9,文本,0,wxid_a,wxid_a,还钱,,2024-03-05 07:08:09\n"
)
WEFLOW = "序号,时间,发送者身份,消息类型,内容\n1,2024-03-05 07:08:09,李雷,文本消息,还钱\n"

SAMPLES = {
    "whatsapp": WHATSAPP.encode(),
    "whatsapp_iphone": WHATSAPP_IPHONE.encode(),
    "imazing": IMAZING.encode(),
    "imazing_whatsapp": IMAZING_WHATSAPP.encode(),
    "wechatmsg": WECHATMSG.encode(),
    "memotrace": MEMOTRACE.encode(),
    "chatlog": CHATLOG.encode(),
    "pywxdump": PYWXDUMP.encode(),
    "weflow": WEFLOW.encode(),
}
