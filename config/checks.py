"""System checks: mistakes in settings and keys, each with a hint, before they cost anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's own name

from accounts import quotas
from evidence import tsa_sources

from . import keys

Apps = Sequence[AppConfig] | None


def check_keys(app_configs: Apps = None, **_: Any) -> list[CheckMessage]:
    """Missing keys only warn here: web and worker refuse, while `migrate` may come first."""
    messages: list[CheckMessage] = []
    for fault in keys.faults(settings.KEYS_DIR):
        text = f"Key file {fault.file}: {fault.says}."
        if fault.is_missing:
            messages.append(Warning(text, hint="Run `manage.py make_keys`.", id="config.W001"))
        else:
            hint = "Close it with chmod 600 (folder 700); replace it if it was ever public."
            messages.append(Error(text, hint=hint, id="config.E001"))
    return messages


def check_settings(app_configs: Apps = None, **_: Any) -> list[CheckMessage]:
    """Settings that each are well formed but do not go together."""
    messages: list[CheckMessage] = []
    if settings.COMPLAINT_REVIEW not in {"offered", "required"}:
        messages.append(
            Error(
                "COMPLAINT_REVIEW is neither `offered` nor `required`.",
                hint="offered: a borrower may finish alone. required: two persons approve first.",
                id="config.E002",
            )
        )
    for number, tsa in enumerate(settings.TSA_URLS):
        if not isinstance(tsa, dict) or not str(tsa.get("url", "")).startswith("http"):
            messages.append(
                Error(
                    f"TSA_URLS entry {number} has no url.",
                    hint='Write [{"name": "…", "url": "https://…", "roots": "/path/roots.pem"}].',
                    id="config.E003",
                )
            )
    if not messages:  # of entries that are none, nothing can be counted
        messages += _check_quorum()
    if "*" in settings.ALLOWED_HOSTS:
        messages.append(
            Error(
                "ALLOWED_HOSTS allows every name: a forged Host header would be believed.",
                hint="List the names by which this server is reached.",
                id="config.E004",
            )
        )
    if not (settings.OPERATOR_NAME and settings.OPERATOR_CONTACT):
        messages.append(
            Warning(
                "The privacy notice does not say who is responsible.",
                hint="Set OPERATOR_NAME and OPERATOR_CONTACT before anybody stores something real.",
                id="config.W002",
            )
        )
    return messages


def _check_quorum() -> list[CheckMessage]:
    """More authorities than there are would be waited for, for ever."""
    if settings.TSA_QUORUM < 1:
        return [Error("TSA_QUORUM is below 1.", hint="Leave it out, or set 1.", id="config.E006")]
    if not settings.TSA_URLS:
        return []
    try:
        found = tsa_sources.authorities()
    except tsa_sources.StampSourceError as problem:
        hint = "Each TSA needs a name, an url and a PEM file of roots that can be read."
        return [Error(f"TSA_URLS cannot be used: {problem}.", hint=hint, id="config.E007")]
    if found >= settings.TSA_QUORUM:
        return []
    return [
        Error(
            f"TSA_QUORUM asks for {settings.TSA_QUORUM} different authorities; "
            f"TSA_URLS names {found}.",
            hint="Authorities that share a root count once. Name more, or ask for fewer.",
            id="config.E008",
        )
    ]


def check_quotas(app_configs: Apps = None, **_: Any) -> list[CheckMessage]:
    """A quota that no room counts would never be spent."""
    return [
        Error(f"No room counts the quota `{quota}`.", id="config.E005")
        for quota in quotas.uncounted()
    ]
