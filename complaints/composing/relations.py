"""How a third person is related, without a name: one word of a closed list."""

from __future__ import annotations

from accounts.language import text

# What people call each other here. Longer words first: "前同事" before "同事".
WORDS = (
    "岳父", "岳母", "公公", "婆婆", "爷爷", "奶奶", "外公", "外婆", "姥姥", "姥爷", "父母", "父亲",
    "母亲", "爸爸", "妈妈", "丈夫", "妻子", "老公", "老婆", "配偶", "前夫", "前妻", "男友", "女友",
    "儿子", "女儿", "孩子", "哥哥", "弟弟", "姐姐", "妹妹", "表哥", "表弟", "表姐", "表妹", "堂哥",
    "堂弟", "堂姐", "堂妹", "叔叔", "伯父", "姑姑", "姑妈", "小姨", "阿姨", "姨妈", "舅舅", "舅妈",
    "亲戚", "前同事", "同事", "领导", "老板", "经理", "人事", "客户", "同学", "老师", "朋友",
    "邻居", "室友", "房东", "村委", "居委", "物业",
)  # fmt: skip


def masked(told: str, *, agreed: bool) -> str:
    """The relation as it is printed.

    Args:
        told: the person's own words, which may hold a name.
        agreed: whether the third persons let their information be handed over.
    """
    if agreed and told:
        return told
    return next((word for word in WORDS if word in told), text("draft-relation-other"))


def masked_number(number: str) -> str:
    """138****0001; of a short number its end alone."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else f"****{number[-2:]}"
