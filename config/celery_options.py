"""How tasks travel: through folders on this machine, or through Redis when one is named.

A message is only a bell (evidence/jobs.py keeps the work), so a lost one costs a sweep, no work.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

POLL_EVERY_S = 0.1


def configured(redis_url: str, folder: Path) -> dict[str, Any]:
    """Give Celery its options; job rows are the only result we keep."""
    options: dict[str, Any] = {
        "broker_url": redis_url or "filesystem://",
        "broker_connection_retry_on_startup": True,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "timezone": "UTC",
        "worker_hijack_root_logger": False,
        "worker_prefetch_multiplier": 1,
        # Readers and the typesetter keep memory: a worker starts afresh now and then.
        "worker_max_tasks_per_child": 200,
    }
    if not redis_url:
        options["broker_transport_options"] = {
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
            "polling_interval": POLL_EVERY_S,
        }
    return options


def make_folders(options: dict[str, Any]) -> None:
    """Make the broker's folders, private to this user; nothing to do for Redis."""
    for name, value in options.get("broker_transport_options", {}).items():
        if name.endswith(("folder", "folder_in", "folder_out")):
            Path(value).mkdir(mode=0o700, parents=True, exist_ok=True)
