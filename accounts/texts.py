"""The legal texts that are shown before sign-up, from `docs/legal/`, with the operator's name."""

from __future__ import annotations

from enum import StrEnum
from string import Template

from django.conf import settings

VERSION = "2026-11-29"  # of all texts together; a new one asks for consent again


class Text(StrEnum):
    """The texts that there are, by the name of their file."""

    PRIVACY = "privacy"
    TERMS = "terms"
    RESPONSIBLE = "responsible"


NOT_NAMED = {
    "zh-CN": "（本站运行者尚未填写；在其填写之前，请不要在此存放真实资料）",
    "en": "(not yet named by the operator of this server; store nothing real here until it is)",
}


def read(name: Text, language: str) -> str:
    """Give one text in Markdown; `$OPERATOR_NAME` and its like filled in from the settings."""
    template = Template((settings.LEGAL_DIR / language / f"{name}.md").read_text("utf-8"))
    missing = NOT_NAMED[language]
    return template.substitute(
        OPERATOR_NAME=settings.OPERATOR_NAME or missing,
        OPERATOR_CONTACT=settings.OPERATOR_CONTACT or missing,
        OPERATOR_ADDRESS=settings.OPERATOR_ADDRESS or missing,
        SITE_ORIGIN=settings.SITE_ORIGIN,
        VERSION=VERSION,
        UPLOAD_LIFETIME_DAYS=settings.UPLOAD_LIFETIME_DAYS,
        ERASURE_GRACE_DAYS=settings.ERASURE_GRACE_DAYS,
    )
