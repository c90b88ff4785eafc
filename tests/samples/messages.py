"""Messages of one sender for exports made in tests: two of six are meant to be shown."""

from __future__ import annotations

BODIES = (
    "你好，快递已放在门口",
    "再不还钱，就让你全家都不得安宁，小心你孩子上学的路",
    "晚上想吃什么，我去买菜",
    "妈妈说这个周末回家",
    "你欠的8000元已逾期，今天不处理就联系你单位和所有亲友",
    "明天下午三点开家长会",
)
SHOWN = (1, 4)
