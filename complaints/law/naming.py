"""Laws that a person names in their own words: whether any text of that name binds these days."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from complaints.law import catalogue
from complaints.law.catalogue import Provision

_NAMED = re.compile(
    r"《(?P<title>[^《》]{2,60})》"
    r"(?:（(?P<version>[^（）]{2,20})）)?"
    r"(?P<article>第[一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十]+)?)?"
)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


def not_in_force(text: str, days: Collection[date]) -> list[str]:
    """The laws and articles named in a text of which no known version was in force on any day.

    What the catalogue does not know is not judged. An article that only a repealed version has
    is named until the writer says which version is meant.

    Args:
        text: free text, Chinese.
        days: the days on which a law may be leaned on: those of the acts and of the filing.

    Returns:
        Each as it stands in the text, once, in order.
    """
    found = []
    for match in _NAMED.finditer(text):
        known = _known(match["title"], match["version"], match["article"])
        if known and not any(one.was_in_force(day) for one in known for day in days):
            found.append(match[0])
    return list(dict.fromkeys(found))


def _known(title: str, version: str | None, article: str | None) -> Sequence[Provision]:
    versions = version or "".join(_IN_BRACKETS.findall(title))
    year = re.search(r"\d{4}", versions)
    return [
        each
        for each in catalogue.provisions().values()
        if _plain(each.law_zh) == _plain(title)
        and (year is None or year[0] in each.law_zh)
        and (article is None or each.article == article)
    ]


def _plain(name: str) -> str:
    """A law's name without brackets, marks and the country's name before it."""
    bare = _IN_BRACKETS.sub("", name).replace("《", "").replace("》", "")
    return bare.removeprefix("中华人民共和国").strip()
