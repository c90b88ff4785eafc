"""The folders of an installation, each private to the user that runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def make(settings: Any) -> None:
    """Make what is missing; a folder that exists keeps its mode (`manage.py check` looks at it)."""
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    names = ("data_folder_in", "data_folder_out", "control_folder")
    queue = [Path(options[name]) for name in names if name in options]
    for folder in (
        settings.VAR_DIR,
        settings.VAULT_DIR,
        settings.UPLOADS_DIR,
        settings.SCRATCH_DIR,
        *queue,
    ):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
