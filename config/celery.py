"""The Celery application: `celery -A config worker` and `celery -A config beat` find it here."""

from __future__ import annotations

import os

from celery import Celery
from django.conf import settings

from .celery_options import make_folders

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("liuzheng")
app.config_from_object(settings.CELERY)
make_folders(settings.CELERY)
app.autodiscover_tasks()
