"""How we speak of a rule: its rank decides the words, its name stands in 《》."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One rank of authority. `binding` is false for what may be offered for reference only."""

    rank: int  # 0 is the highest; citations are sorted by it
    zh: str
    binding: bool


LEVELS = {
    "law": Level(0, "法律", True),
    "judicial_interpretation": Level(1, "司法解释", True),
    "administrative_regulation": Level(2, "行政法规", True),
    "party_state_regulation": Level(3, "党政机关规定", True),
    "department_rule": Level(4, "部门规章", True),
    "normative_document": Level(5, "规范性文件", True),
    "normative_opinion": Level(6, "司法规范性文件", True),
    "national_standard_recommended": Level(7, "推荐性国家标准（可供参考的行业规范）", False),
    "self_regulation": Level(8, "行业自律规范（可供参考的行业规范）", False),
    "platform_rule": Level(9, "举报平台规则（供参考）", False),
}

_NUMERALS = "一二三四五六七八九十"


def parts_of(point: str) -> tuple[list[str], list[int]]:
    """The items and paragraphs a clause names: 第一款第（五）项 -> (["（五）"], [1])."""
    items = re.findall(r"第(（[一二三四五六七八九十]+）)项", point)
    paragraphs = [
        _NUMERALS.index(n) + 1 for n in re.findall(r"第([一二三四五六七八九十])款", point)
    ]
    return items, paragraphs


def title(law_zh: str) -> str:
    """A law's name as a Chinese document writes it, in 《》 with its version behind.

    某某法（2025年修订） becomes 《某某法》（2025年修订）;
    a name that already carries its own 《》 up to the end is left alone.
    """
    found = re.fullmatch(r"(.+?)(（[^（）]*）)?", law_zh)
    if found is None:
        return f"《{law_zh}》"
    name, version = found[1], found[2] or ""
    if name.endswith("》"):
        return law_zh
    # （试行） belongs to the name, not to the version.
    if version == "（试行）":
        name, version = name + version, ""
    inner = name.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》{version}"
