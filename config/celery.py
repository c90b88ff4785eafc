"""The Celery application: `celery -A config worker` finds it here, and so does every `.delay()`.

A message is only a bell (evidence/jobs.py keeps the work): a lost one costs a sweep, no work.
"""

from __future__ import annotations

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init, worker_process_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("liuzheng")
app.config_from_object("django.conf:settings", namespace="CELERY")  # read at first use
app.autodiscover_tasks()


@setup_logging.connect
def use_our_logs(**_: Any) -> None:
    """Keep Celery from setting up logs of its own, which would name arguments."""
    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def refuse_bad_keys(**_: Any) -> None:
    """Stop a worker whose keys are missing, readable by others, or known to the world."""
    from .keys import refuse_start  # noqa: PLC0415 - the settings import this package first

    refuse_start(settings.KEYS_DIR)


@worker_process_init.connect
def keep_temporary_files_in_scratch(**_: Any) -> None:
    """Let what a stage or a library puts into a file lie where it is emptied."""
    from evidence import scratch  # noqa: PLC0415 - as above

    scratch.use_for_temporary_files()
