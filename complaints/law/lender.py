"""The lender: its type, how to find its legal name, and when a name looks like an app's."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from complaints.law.errors import UnknownLenderTypeError
from complaints.law.source import law


@dataclass(frozen=True)
class LenderType:
    """One lender type of routing.json."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True)
class NameWarning:
    """A doubt about a legal name: `code` is a key of the catalogue, `suggests` a lender type."""

    code: str
    suggests: str | None = None


# What the registered name of a lender in China carries; an app's name carries none of these.
_LEGAL_FORMS = ("公司", "银行", "信用社", "合作社", "典当行", "合伙企业", "互助社")
# The more special name first: a consumer finance company often has 银行 in its name as well.
_TYPE_BY_WORD = (
    ("消费金融", "consumer_finance_company"),
    ("小额贷款", "microloan_company"),
    ("汽车金融", "auto_finance"),
    ("融资担保", "financing_guarantee"),
    ("融资租赁", "pawn"),
    ("商业保理", "pawn"),
    ("典当", "pawn"),
    ("信托", "trust"),
    ("资产管理", "local_amc"),
    ("银行", "bank"),
    ("信用社", "bank"),
)
_SAME_FAMILY = {"bank_credit_card": {"bank"}}
# Lending through a platform: the name asked for is that of the licensed lender behind it.
_LICENSED = {"bank", "consumer_finance_company", "trust", "auto_finance"}
_NOT_A_FIRM = {"private_lender", "unknown"}


@functools.cache
def lender_types() -> Mapping[str, LenderType]:
    """All lender types by id, in the order in which they are offered."""
    english = law().english["lender_types"]
    return {
        type_id: LenderType(type_id, entry["zh"], english[type_id])
        for type_id, entry in law().lender_types.items()
    }


def name_checklist(lang: str = "zh") -> list[str]:
    """Where a borrower finds the lender's legal name, best place first; "zh" or "en"."""
    source = law().english if lang == "en" else law().routing
    return list(source["lender_name_checklist"])


def check_name(name: str, lender_type: str) -> list[NameWarning]:
    """What is doubtful about a lender's legal name. An empty list is no proof that it is right.

    Raises:
        UnknownLenderTypeError: the type is not in the data.
    """
    if lender_type not in law().lender_types:
        raise UnknownLenderTypeError(lender_type)
    plain = "".join(name.split())
    if not plain:
        return [NameWarning("law_lender_name_missing")]
    if lender_type in _NOT_A_FIRM:
        return []
    if not any(form in plain for form in _LEGAL_FORMS):
        return [NameWarning("law_lender_name_looks_like_app")]
    suggested = suggest_type(plain)
    if suggested is None or suggested in _fitting_types(lender_type):
        return []
    return [NameWarning("law_lender_type_contradicts_name", suggests=suggested)]


def suggest_type(name: str) -> str | None:
    """The lender type that a legal name speaks of, or None where it does not say."""
    return next((type_id for word, type_id in _TYPE_BY_WORD if word in name), None)


def _fitting_types(lender_type: str) -> set[str]:
    if lender_type == "loan_facilitation_of_licensed":
        return _LICENSED
    return {lender_type, *_SAME_FAMILY.get(lender_type, ())}
