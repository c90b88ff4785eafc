"""The sentence by which a document brings a provision up. It suspects, it never finds guilty."""

from __future__ import annotations

from dataclasses import dataclass

from complaints.law import catalogue
from complaints.law.catalogue import Provision
from complaints.law.facts import Facts


@dataclass(frozen=True)
class Phrase:
    """One sentence in Chinese, for the document, and in English, for the person's own screen."""

    zh: str
    en: str


# Who decides, by the kind of the agency addressed (agencies.json "kind").
_JUDGE = {
    "public_security": ("由公安机关依法判断", "for the police to decide"),
    "procuratorate": ("由检察机关依法判断", "for the procuratorate to decide"),
    "court": ("由人民法院依法认定", "for the court to decide"),
    "institution": ("请贵单位核查并答复", "for you to check and answer"),
}
_REGULATOR = ("请贵机关依法核查认定", "for the authority to examine")


def phrase(of: Provision, kind: str, *, desk_kind: str, facts: Facts) -> Phrase:
    """How to bring up one provision at one desk.

    Args:
        of: in force on the day of the act and allowed by the rulings.
        kind: of the act; a document nobody has confirmed as forged is only "not verifiable".
        desk_kind: `Agency.kind` of the addressee.
        facts: what the person told.
    """
    name_zh, name_en = catalogue.cite_name(of, kind=kind), catalogue.cite_name(of, "en")
    judge_zh, judge_en = _JUDGE.get(desk_kind, _REGULATOR)
    if not of.level.binding:
        return Phrase(
            f"可供参考的行业规范：{name_zh}。",
            f"For reference, a norm of the trade and not a law: {name_en}.",
        )
    if of.authority_level in ("judicial_interpretation", "normative_opinion"):
        return Phrase(
            f"判断时可参照{name_zh}，{judge_zh}。",
            f"To be read with {name_en}; {judge_en}.",
        )
    if catalogue.is_ground(of):
        return Phrase(f"请求的依据：{name_zh}。", f"Ground of the request: {name_en}.")
    if kind == "FORGED_DOCUMENT" and not facts.forgery_confirmed:
        return Phrase(
            f"该文书的真实性无法核实；如经核查不实，涉嫌违反{name_zh}，{judge_zh}。",
            f"The document could not be verified; if it proves untrue, it may breach {name_en}; "
            f"{judge_en}.",
        )
    if of.crime is not None:
        return Phrase(
            f"涉嫌触犯{name_zh}（{of.crime}），是否构成犯罪{judge_zh}。",
            f"May fall under {name_en}; whether it is a crime is {judge_en}.",
        )
    return Phrase(f"涉嫌违反{name_zh}，{judge_zh}。", f"May breach {name_en}; {judge_en}.")
