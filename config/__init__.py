"""Where we run: settings, keys, paths, problems, logs, the served client."""

from .celery import app as celery_app

__all__ = ["celery_app"]
