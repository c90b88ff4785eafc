"""Invented conversations: who said what when, from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NAMES = ("催收小刘", "法务部-陈经理", "客服9527", "妈妈", "小额贷03号", "Amy贷后")
NUMBER = "13800001234"
SENTENCES = (
    "您好，请问是本人吗？",
    "你的借款已经逾期23天，请于今天17:00之前处理。",
    "我说过了，我已经和平台协商分期，请不要再打给我的家人。",
    "如果今天不还，我们会联系你通讯录里的所有人。",
    "你们昨天给我妈妈打了14个电话，她有高血压。",
    "别装了，我知道你在哪里上班。",
    "请你提供工号和公司全称。",
    "没有工号，你先把3,860.50元还了再说。",
    "根据自律公约，你们不能骚扰无关的第三人。",
    "少跟我讲法律，欠钱还有理了？",
    "我会保留全部聊天记录和通话录音，向12378投诉。",
    "随便你投诉，投诉了也要还钱😀",
    "现在把你的照片发到你们公司群里，让大家都看看😡😡",
    "这是侵犯个人信息的行为，请立即停止。",
    "最后通知：19:30上门，请家里留人。",
    "订单号2026110800317745，应还金额12,904.33元",
    "收到，明天上午再联系你。",
    "请查收本期账单，年化利率为35.9%，服务费另计。",
    "可以申请减免吗？我每个月最多能还800元。",
    "不行，必须一次性结清。",
    "你这个态度我没法跟你谈，叫你们领导来。",
    "领导不在，你爱还不还。",
    "好",
    "？",
    "嗯嗯",
    "OK",
    "在吗",
    "你先加我微信zhaiwu_8837，我把减免方案发给你。",
    "这是你们昨晚22:47打来的第9个电话，已经超过规定时间。",
    "麻烦把债权转让通知书发给我看一下。",
    "扣款失败，余额不足，请及时存入足额资金。",
    "我会把这段录音交给公安机关。",
    "姐，刚才又有人打电话到店里骂人，怎么办啊",
    "别怕，你把通话录下来发给我，我一起交上去。",
    "截图我也存好了，一共17张。",
    "原图不要压缩，也不要在上面涂画🙏",
    "我再说一遍，我没有拒绝还款，我只是请求分期。你们每天从早上七点打到晚上十点，我母亲今年六十八岁，"
    "心脏不好，她不是借款人，也不是担保人。请你们从今天起不要再联系她，也不要联系我单位的同事。",
    "Please stop calling my office. I will pay 500 on Friday.",
    "Hello, this is the legal department",
)
NOTICES = ("对方撤回了一条消息", "以下为新消息", "你已添加了对方，现在可以开始聊天了")


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance; `side` is left, right, or centre for a notice of the app."""

    side: str
    text: str
    at: datetime


def conversation(seed: int, *, length: int, ends: datetime) -> list[Said]:
    """So many utterances, oldest first, minutes to a day apart, the last one before `ends`."""
    chance = random.Random(seed)
    said: list[Said] = []
    at = ends - timedelta(minutes=chance.randint(1, 40))
    for _ in range(length):
        if chance.random() < 0.05:
            said.append(Said("centre", chance.choice(NOTICES), at))
        else:
            side = "right" if chance.random() < 0.42 else "left"
            said.append(Said(side, chance.choice(SENTENCES), at))
        far = chance.random() < 0.15
        at -= timedelta(minutes=chance.randint(300, 2000) if far else chance.randint(0, 4))
    return said[::-1]


def changed(said: Sequence[Said], place: int, text: str) -> list[Said]:
    """The same conversation with other words at one place."""
    there = said[place]
    return [*said[:place], Said(there.side, text, there.at), *said[place + 1 :]]
