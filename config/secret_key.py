"""Django's secret key: made per installation by `manage.py make_keys`, read from its file."""

from __future__ import annotations

from pathlib import Path

FILE_NAME = "secret_key"


def read(keys_dir: Path) -> str:
    """Read the key; empty when `make_keys` has not run, so that `make_keys` itself can start.

    Django refuses an empty key at first use, and `config.keys.refuse_start` does so in words.
    """
    try:
        return (keys_dir / FILE_NAME).read_text("ascii").strip()
    except FileNotFoundError:
        return ""
