"""What a text holds that only one side can give out: where to pay, and whom to call back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidence.abuse.naming import lists
from evidence.readers.values.phone_numbers import e164

_LINK = re.compile(
    r"(?<![\w@.-])(?:https?://)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12})(?::\d+)?"
    r"(/[\w\-./?%&=#~+]*)?",
    re.IGNORECASE | re.ASCII,
)
_PAY = (
    r"(?:收款|对公|[账帐][户号]|卡号|户头|汇[到至入款]|转[到至入账]|打[到至款]|存[入到]|支付宝|"
    r"微信支付)"
)
_ACCOUNT = re.compile(
    rf"([^，,。；;！!\n]{{0,8}}){_PAY}[^，,。；;！!\n\d@]{{0,12}}?"
    r"((?:\d[ -]?){9,22}\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?![\d*xX])",
    re.ASCII,
)
# Not ASCII for the words before, which are Chinese: `[^…]` takes them in either mode.
_YOURS = re.compile(r"[您你](?:的|名下|本人)?[^，,]{0,4}$|身份证")
_CALL = re.compile(
    r"(?:回电|回拨|致电|来电|拨打|联系电话|咨询电话|客服电话|服务电话|热线|电话[:：]|请联系|速联系|"
    r"请速联|联系[:：])[^，,。；;！!\n\d+]{0,10}(\+?\d[\d -]{4,18}\d)"
)
_THIRD = re.compile(
    r"家[人里属]|亲|[父母爸妈]|单位|同事|朋友|联系人|[村老]|孩子|[儿女]|领导|同学|邻居"
)
_BEFORE = 12  # characters before the words in which a third person is looked for
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Sort(StrEnum):
    """What sort of thing two lines have in common."""

    LINK = "payment_link"
    ACCOUNT = "payment_account"


@dataclass(frozen=True)
class Trace:
    """A thing that ties the lines whose texts hold it: a whole link, a domain, an account."""

    sort: Sort
    value: str


def traces_in(text: str) -> list[Trace]:
    """The links and accounts of a text, each once."""
    text = unicodedata.normalize("NFKC", text)
    return list(dict.fromkeys([*_links(text), *_accounts(text)]))


def call_backs_in(text: str) -> list[str]:
    """The numbers that a text asks to call, as `number_key` writes them; no public lines.

    A number that it says it will call (a relative's, the employer's) is none of those.
    """
    text = unicodedata.normalize("NFKC", text)
    found = []
    for match in _CALL.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        key = number_key(match[1])
        if key and key not in lists()["numbers"]["public"] and not _THIRD.search(before + match[0]):
            found.append(key)
    return list(dict.fromkeys(found))


def number_key(number: str) -> str:
    """A number to compare: E.164 where it has such a form, else its figures."""
    return e164(number) or re.sub(r"\D", "", number)


def _links(text: str) -> Iterator[Trace]:
    known = lists()["links"]
    for match in _LINK.finditer(text):
        host, path = match[1].lower(), (match[2] or "").rstrip("/.?&")
        if not path and "://" not in match[0] and host.split(".")[-1] in known["file_endings"]:
            continue
        if _is_under(host, known["state_hosts"]):
            continue
        if not _is_under(host, known["public_hosts"]):
            yield Trace(Sort.LINK, _domain(host, known["second_level"]))
        elif len(path) > 3:
            yield Trace(Sort.LINK, f"{host}{path}")


def _is_under(host: str, hosts: list[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _domain(host: str, second_level: list[str]) -> str:
    """The part of a host that somebody registered: `pay.mmdai.com.cn` -> `mmdai.com.cn`."""
    labels = host.split(".")
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in second_level else 2
    return ".".join(labels[-size:])


def _accounts(text: str) -> Iterator[Trace]:
    for match in _ACCOUNT.finditer(text):
        account = match[2].lower() if "@" in match[2] else re.sub(r"\D", "", match[2])
        if not _YOURS.search(match[1]) and not _is_identity_number(account):
            yield Trace(Sort.ACCOUNT, account)


def _is_identity_number(account: str) -> bool:
    """Whether 18 figures bear the check figure of a citizen's number (GB 11643)."""
    if len(account) != 18 or not account.isdigit():
        return False
    total = sum(int(figure) * weight for figure, weight in zip(account, _ID_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == account[-1]
