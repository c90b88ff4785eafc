"""The outside TSAs of the settings: names, addresses, and the roots that we trust them by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from django.conf import settings

from evidence.errors import EvidenceError

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


class StampSourceError(EvidenceError):
    """A TSA that the settings do not name, or name badly."""

    code = "stamp_source_unknown"


@dataclass(frozen=True)
class Source:
    """One TSA of the settings; its roots come from a file of the operator's, never from it."""

    name: str
    url: str
    roots: tuple[x509.Certificate, ...]
    policies: tuple[str, ...] | None


def names() -> list[str]:
    """The names of the outside TSAs that are asked. A retired one judges old stamps only."""
    return [str(entry["name"]) for entry in settings.TSA_URLS if not entry.get("retired")]


def all_names() -> list[str]:
    """The names of the outside TSAs whose roots are known here, retired ones too."""
    return [str(entry["name"]) for entry in settings.TSA_URLS]


def authorities() -> int:
    """How many of them are different: two whose roots share a certificate are one."""
    groups: list[set[x509.Certificate]] = []
    for name in names():
        merged = set(source(name).roots)
        apart = [group for group in groups if group.isdisjoint(merged)]
        groups = [*apart, merged.union(*(g for g in groups if not g.isdisjoint(merged)))]
    return len(groups)


def roots() -> list[x509.Certificate]:
    """Of every outside TSA of the settings, retired ones too: a renewal chain may need several."""
    return [root for entry in settings.TSA_URLS for root in source(str(entry["name"])).roots]


def source(name: str) -> Source:
    """One TSA by its name in TSA_URLS.

    Raises:
        StampSourceError: it is not there any more, or its entry is unusable.
    """
    for entry in settings.TSA_URLS:
        if entry.get("name") == name:
            break
    else:
        raise StampSourceError("not in TSA_URLS")
    try:
        if not NAME.fullmatch(name) or not str(entry["url"]).startswith(("https://", "http://")):
            raise StampSourceError("a name of a-z 0-9 _ . - and an http(s) address are needed")
        pem = Path(entry["roots"]).read_bytes()
        roots = tuple(x509.load_pem_x509_certificates(pem))
    except (KeyError, OSError, ValueError) as cause:
        raise StampSourceError("TSA_URLS needs name, url and roots (a PEM file)") from cause
    policies = entry.get("policies")
    return Source(name, entry["url"], roots, tuple(policies) if policies else None)
